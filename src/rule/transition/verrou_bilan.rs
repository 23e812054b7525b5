//! VERROU-BILAN: a validated review does not change, and is never deleted.

use super::Case;
use super::told::{named, pupil, site, things, undo};
use crate::diagnostic::{Code, Finding, Severity};
use crate::history::{Act, Breach, Change, Facts, Transition};
use crate::record::{AnyRecord, Difference, Kind, Review, ReviewState};
use crate::text::{elide_de, long_date};

pub(super) static CODE: Code = Code {
    name: "VERROU-BILAN",
    severity: Severity::Error,
    summary: "Un bilan validé ne se modifie plus, et ne se supprime jamais",
    explanation: "Un bilan validé est archivé (BIL-02). Seul un DDFPT le rouvre, par un bloc `[[deverrouillage]]` avec son \
        nom, la date et le motif ; c’est tout ce qui peut alors s’y ajouter. Son auteur le corrige ensuite, et le \
        valide de nouveau, à une date plus tardive. Un bilan qui a été validé une fois ne se supprime pas, même \
        déverrouillé.",
    wrong: "etat = \"valide\"\nvalide_le = 2026-12-14\nnote = 15   # 13.5 le jour de la validation",
    right: "# par le DDFPT, d’abord\n[[deverrouillage]]\npar = \"martin-anne\"\ndate = 2027-01-25\nmotif = \"erreur de saisie\"",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    case.judged().flat_map(|one| of_transition(case.act, one)).collect()
}

fn of_transition(act: &Act<'_>, one: &Transition) -> Vec<Breach> {
    let Some(Kind::Review { student, key }) = &one.kind_before else { return Vec::new() };
    let before = match &one.before {
        Some(AnyRecord::Review(review)) => Some(review),
        _ => None,
    };
    let path = one.from.as_ref().unwrap_or(&one.file);
    let locked = match act.moment.facts(path) {
        Some(Facts::Review(review)) => review.locked,
        _ => before.is_some_and(Review::is_locked),
    };
    let once = before.is_some_and(|review| {
        review.etat == ReviewState::Valid || !review.deverrouillage.is_empty()
    });
    let of = format!("le bilan {} du {}", elide_de(pupil(act, student)), long_date(key.date));
    let signed = before.and_then(|review| {
        let by = named(act, review.valide_par.as_deref().unwrap_or(&review.auteur));
        let on = review.valide_le.map_or(String::new(), |day| format!(" le {}", long_date(day)));
        Some(format!("validé{on} par {by}")).filter(|_| locked)
    });
    let signed = signed.unwrap_or_else(|| "validé".to_owned());
    let ask = "demandez au DDFPT de déverrouiller ce bilan";
    let tell = |message: String, help: String, thing: Vec<&Difference>| {
        Breach::of(Finding::new(&CODE, site(one, &thing), message).help(help), thing)
    };
    match one.change {
        Change::Removed if locked || once => {
            let was = if locked { &signed } else { "déjà validé une fois" };
            let message = format!("{of} est {was} : il ne se supprime pas");
            vec![tell(message, undo(one, &[]), Vec::new())]
        }
        _ if !locked || one.is_silent() || one.change == Change::Added => Vec::new(),
        Change::Moved if super::actions::relocated(act, one).is_none() => {
            let message = format!("{of} est {signed} : il ne change pas de place");
            vec![tell(message, undo(one, &[]), Vec::new())]
        }
        _ if one.unreadable => {
            let message = format!("{of} est {signed}, et ne se lit plus");
            vec![tell(message, undo(one, &[]), Vec::new())]
        }
        _ => {
            let about: Vec<&Difference> =
                one.differences.iter().filter(|one| one.key() != "deverrouillage").collect();
            let told = things(&about, 2).into_iter().map(|thing| {
                let message = format!("{of} est {signed} : il ne se modifie plus");
                tell(message, format!("{ask}, ou {}", undo(one, &thing)), thing)
            });
            told.collect()
        }
    }
}
