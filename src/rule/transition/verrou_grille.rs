//! VERROU-GRILLE: a locked CCF grid does not change, and is never deleted.

use super::Case;
use super::actions::relocated;
use super::told::{named, pupil, site, things, undo};
use crate::diagnostic::{Code, Finding, Severity};
use crate::history::{Act, Breach, Change, Facts, Transition};
use crate::record::{AnyRecord, Difference, FilledGrid, Kind};
use crate::text::{elide_de, long_date};

pub(super) static CODE: Code = Code {
    name: "VERROU-GRILLE",
    severity: Severity::Error,
    summary: "Une grille verrouillée ne se modifie plus, et ne se supprime jamais",
    explanation: "La grille verrouillée est celle qui part au jury (LCK-04). Seule la note de la commission d’harmonisation \
        s’y ajoute ensuite, une fois (CCF-09), ou le déverrouillage par un DDFPT. Une grille qui a été verrouillée une \
        fois ne se supprime pas.",
    wrong: "note_proposee = 14   # 12.5 le jour du verrouillage",
    right: "# par le DDFPT, d’abord\n[[deverrouillage]]\npar = \"martin-anne\"\ndate = 2027-05-20\nmotif = \"note mal recopiée\"",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    case.judged().flat_map(|one| of_transition(case.act, one)).collect()
}

fn of_transition(act: &Act<'_>, one: &Transition) -> Vec<Breach> {
    let Some(Kind::FilledGrid { student, grid, .. }) = &one.kind_before else { return Vec::new() };
    let before = match &one.before {
        Some(AnyRecord::FilledGrid(grid)) => Some(grid),
        _ => None,
    };
    let path = one.from.as_ref().unwrap_or(&one.file);
    let locked = match act.moment.facts(path) {
        Some(Facts::Grid(grid)) => grid.locked,
        _ => before.is_some_and(FilledGrid::is_locked),
    };
    let once =
        before.is_some_and(|grid| grid.verrouillage.is_some() || !grid.deverrouillage.is_empty());
    let of = format!("la grille {} {}", grid.to_uppercase(), elide_de(pupil(act, student)));
    let seal = before.and_then(|grid| grid.verrouillage.as_ref());
    let sealed = seal.map_or("verrouillée".to_owned(), |seal| {
        format!("verrouillée le {} par {}", long_date(seal.le), named(act, &seal.par))
    });
    let ask = "demandez au DDFPT de déverrouiller cette grille";
    let tell = |message: String, help: String, thing: Vec<&Difference>| {
        Breach::of(Finding::new(&CODE, site(one, &thing), message).help(help), thing)
    };
    match one.change {
        Change::Removed if locked || once => {
            let was = if locked { &sealed } else { "déjà verrouillée une fois" };
            let message = format!("{of} est {was} : elle ne se supprime pas");
            vec![tell(message, undo(one, &[]), Vec::new())]
        }
        _ if !locked || one.is_silent() || one.change == Change::Added => Vec::new(),
        Change::Moved if relocated(act, one).is_none() => {
            let message = format!("{of} est {sealed} : elle ne change pas de place");
            vec![tell(message, undo(one, &[]), Vec::new())]
        }
        _ if one.unreadable => {
            let message = format!("{of} est {sealed}, et ne se lit plus");
            vec![tell(message, undo(one, &[]), Vec::new())]
        }
        _ => {
            let first = |one: &&Difference| one.is_addition() && one.path.0.len() == 1;
            let free = |one: &&Difference| match one.key() {
                "deverrouillage" => true,
                "harmonisation" => first(one),
                _ => false,
            };
            let about: Vec<&Difference> = one.differences.iter().filter(|one| !free(one)).collect();
            let told = things(&about, 2).into_iter().map(|thing| {
                let message = format!("{of} est {sealed} : elle ne se modifie plus");
                tell(message, format!("{ask}, ou {}", undo(one, &thing)), thing)
            });
            told.collect()
        }
    }
}
