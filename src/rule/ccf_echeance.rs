//! CCF-ECHEANCE: an entry made after the deadline of the exam is flagged, never lost.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "CCF-ECHEANCE",
    severity: Severity::Warning,
    summary: "Une grille est remplie avant la date limite de certification",
    explanation: "Le DDFPT fixe pour chaque épreuve une date limite (PER-04). Une grille datée ou verrouillée après \
        elle reste valable et n’est jamais perdue : elle est signalée. L’accord du DDFPT (LCK-06) est un \
        déverrouillage de sa main, daté de la date limite ou d’après ; la grille se verrouille ensuite de \
        nouveau, et le message disparaît.",
    wrong: "date = 2027-05-20   # date limite : 14 mai 2027",
    right: "date = 2027-05-12",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for grid in school.grids.values() {
        let Some(late) = grid.lateness(school).filter(|late| late.approval.is_none()) else {
            continue;
        };
        let sealed = grid.record.verrouillage.as_ref().is_some_and(|seal| seal.le == late.day);
        let (word, path) = match sealed {
            true => ("verrouillée le", key_path!["verrouillage", "le"]),
            false => ("datée du", key_path!["date"]),
        };
        let message = format!(
            "cette grille est {word} {}, après la date limite du {} fixée pour {}",
            long_date(late.day),
            long_date(late.limit),
            grid.form(school).epreuve
        );
        findings.push(Finding::new(&CODE, Site::value(&grid.file, path), message).help(
            "corrigez la date si elle est fausse ; sinon demandez son accord au DDFPT, qui ajoute [[deverrouillage]] avec le motif",
        ));
    }
    findings
}
