//! VERROU-TRACE: what was unlocked, what was sent, stays written.

use super::Case;
use super::told::{site, undo};
use crate::diagnostic::{Code, Finding, Severity};
use crate::history::{Act, Breach, Change, Transition};
use crate::record::Kind;

pub(super) static CODE: Code = Code {
    name: "VERROU-TRACE",
    severity: Severity::Error,
    summary: "Un déverrouillage ou un envoi inscrit ne se modifie ni ne s’efface",
    explanation: "Les déverrouillages d’un bilan ou d’une grille disent qui a rouvert, quand et pourquoi (LCK-03) ; les \
        envois d’un livret disent ce qui est parti, et quand (LSL-04). Ce sont des traces : personne n’y revient, \
        pas même qui les a écrites. Ce qui manque se dit dans un nouveau bloc.",
    wrong: "[[deverrouillage]]\npar = \"martin-anne\"\ndate = 2027-01-25\nmotif = \"autre motif, écrit après coup\"",
    right: "[[deverrouillage]]\npar = \"martin-anne\"\ndate = 2027-01-25\nmotif = \"erreur de saisie\"\n\n[[deverrouillage]]\npar = \"martin-anne\"\ndate = 2027-02-01\nmotif = \"seconde erreur, sur la note\"",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    case.judged().flat_map(|one| of_transition(case.act, one)).collect()
}

fn of_transition(_: &Act<'_>, one: &Transition) -> Vec<Breach> {
    let (key, what) = match &one.kind_before {
        Some(Kind::Review { .. } | Kind::FilledGrid { .. }) => {
            ("deverrouillage", "un déverrouillage inscrit")
        }
        Some(Kind::Livret { .. }) => ("envois", "un envoi inscrit"),
        _ => return Vec::new(),
    };
    // What is gone with its file has the lock of the file.
    if one.change == Change::Removed {
        return Vec::new();
    }
    let altered = one
        .below(key)
        .filter(|difference| !(difference.is_addition() && difference.path.0.len() == 2));
    let told = altered.map(|difference| {
        let gone = difference.after.is_none() && difference.path.0.len() <= 2;
        let verb = if gone { "ne s’efface pas" } else { "ne se modifie pas" };
        let thing = [difference];
        let message = format!("{what} {verb} : c’est une trace");
        let help =
            format!("{} ; ce qui manque se dit dans un nouveau bloc [[{key}]]", undo(one, &thing));
        Breach::of(Finding::new(&CODE, site(one, &thing), message).help(help), thing)
    });
    told.collect()
}
