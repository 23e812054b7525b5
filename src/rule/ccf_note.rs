//! CCF-NOTE: marks of a grid go by half-points.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "CCF-NOTE",
    severity: Severity::Error,
    summary: "La note d’une grille est au demi-point",
    explanation: "Les grilles nationales demandent une note sur 20, arrondie au demi-point supérieur (CCF-08). La \
        note harmonisée suit la même règle. Rien n’est arrondi à votre place : la note est celle que la \
        commission a décidée.",
    wrong: "note_proposee = 13.2",
    right: "note_proposee = 13.5",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for grid in school.grids.values() {
        let proposed = grid.record.note_proposee.map(|note| (note.0, key_path!["note_proposee"]));
        let made = grid.record.harmonisation.as_ref();
        let made = made.map(|made| (made.note.0, key_path!["harmonisation", "note"]));
        for (note, path) in proposed.into_iter().chain(made) {
            let halves = note * 2.0;
            if (halves - halves.round()).abs() < 1e-9 {
                continue;
            }
            let up = halves.ceil() / 2.0;
            let message = format!("la note {} n’est pas au demi-point", decimal(note));
            let help = format!(
                "la grille nationale arrondit au demi-point supérieur : écrivez {up} si la commission le confirme"
            );
            findings.push(Finding::new(&CODE, Site::value(&grid.file, path), message).help(help));
        }
    }
    findings
}

/// A number as French writes it.
fn decimal(number: f64) -> String {
    number.to_string().replace('.', ",")
}
