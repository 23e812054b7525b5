//! VERROU-TRACE: what was unlocked, what was sent, stays written.

use super::Case;
use super::told::{site, undo};
use crate::diagnostic::{Code, Finding, Severity};
use crate::history::{Act, Breach, Change, Entry, Facts, Transition};
use crate::record::{Difference, Kind};
use crate::text::Date;

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

fn of_transition(act: &Act<'_>, one: &Transition) -> Vec<Breach> {
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
    let told = one.below(key).filter(|difference| is_altered(act, one, difference));
    let told = told.map(|difference| {
        let gone = difference.after.is_none() && difference.path.0.len() <= 2;
        let verb = if gone { "ne s’efface pas" } else { "ne se modifie pas" };
        let thing = [difference];
        let message = format!("{what} {verb} : c’est une trace");
        let help =
            format!("{} ; ce qui manque se dit dans un nouveau bloc [[{key}]]", undo(one, &thing));
        let finding = Finding::new(&CODE, site(one, &thing), message).help(help);
        Breach { lasting: true, ..Breach::of(finding, thing) }
    });
    told.collect()
}

/// Whether a change touches what was written with right. What never was may go again.
fn is_altered(act: &Act<'_>, one: &Transition, difference: &Difference) -> bool {
    let entry = match (&difference.before, difference.path.0.len()) {
        (None, 2) => return false,
        (Some(entry), 2) => Some(entry),
        _ => None,
    };
    let known: &[Entry] = match act.moment.facts(one.from.as_ref().unwrap_or(&one.file)) {
        Some(Facts::Review(review)) => &review.unlocks,
        Some(Facts::Grid(grid)) => &grid.unlocks,
        Some(Facts::Livret(sendings)) => sendings,
        _ => return true,
    };
    let text = |key: &str| entry?.get(key)?.text();
    let day = text("date").or_else(|| text("le")).and_then(|day| day.parse::<Date>().ok());
    match text("par").map(str::to_owned).zip(day) {
        Some(told) => known.contains(&told),
        // A word of an entry: any of them may be meant.
        None => !known.is_empty(),
    }
}
