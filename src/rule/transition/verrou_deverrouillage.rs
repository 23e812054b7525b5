//! VERROU-DEVERROUILLAGE: an unlock is written by a DDFPT, in his or her own name.

use super::Case;
use super::told::{named, who};
use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::history::{Act, Breach, Transition};
use crate::record::{Kind, Plain, Role};
use crate::text::{elide_de, long_date};

pub(super) static CODE: Code = Code {
    name: "VERROU-DEVERROUILLAGE",
    severity: Severity::Error,
    summary: "Un déverrouillage est inscrit par un DDFPT, en son propre nom",
    explanation: "Le bloc `[[deverrouillage]]` d’un bilan ou d’une grille rouvre ce qui était figé : il ne vaut que si un \
        DDFPT l’écrit lui-même, depuis son compte (LCK-02), avec le motif. Écrire son nom à sa place ne suffit pas. \
        La date n’est pas dans l’avenir : le verrou suivant doit pouvoir être plus tardif.",
    wrong: "# écrit par mercier-paul, enseignant\n[[deverrouillage]]\npar = \"martin-anne\"",
    right: "# écrit par martin-anne, DDFPT\n[[deverrouillage]]\npar = \"martin-anne\"",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    case.judged().flat_map(|one| of_transition(case.act, one)).collect()
}

fn of_transition(act: &Act<'_>, one: &Transition) -> Vec<Breach> {
    let what = match one.any_kind() {
        Some(Kind::Review { .. }) => "ce bilan",
        Some(Kind::FilledGrid { .. }) => "cette grille",
        _ => return Vec::new(),
    };
    let ddfpt = act.author.person().is_some_and(|person| person.has(Role::Ddfpt));
    let mut breaches = Vec::new();
    for difference in one.below("deverrouillage").filter(|difference| difference.is_addition()) {
        let Some(entry) = difference.after.as_ref().filter(|_| difference.path.0.len() == 2) else {
            continue;
        };
        let at = |key: &str| Site::value(&one.file, difference.path.child(key));
        let par = entry.get("par").and_then(Plain::text);
        let finding = if !ddfpt {
            let message = format!(
                "{what} n’est déverrouillé{} que par un DDFPT ; {}",
                if what == "ce bilan" { "" } else { "e" },
                who(act)
            );
            Finding::new(&CODE, at("par"), message).help(format!(
                "demandez au DDFPT de déverrouiller {what} lui-même, et retirez ce bloc"
            ))
        } else if let Some(par) = par.filter(|par| !act.author.is(par)) {
            let message = format!(
                "ce déverrouillage porte le nom {}, et c’est {} qui l’écrit",
                elide_de(named(act, par)),
                act.author.called()
            );
            Finding::new(&CODE, at("par"), message).help("déverrouillez en votre propre nom")
        } else {
            let day = entry.get("date").and_then(Plain::text).and_then(|day| day.parse().ok());
            let Some(day) = day.filter(|day| *day > act.day) else { continue };
            let message = format!(
                "ce déverrouillage est daté du {}, et il est écrit le {}",
                long_date(day),
                long_date(act.day)
            );
            Finding::new(&CODE, at("date"), message).help(format!("écrivez {}", act.day))
        };
        breaches.push(Breach::of(finding, [difference]));
    }
    breaches
}
