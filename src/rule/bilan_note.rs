//! BILAN-NOTE: a mark has two decimals at most.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "BILAN-NOTE",
    severity: Severity::Error,
    summary: "Une note a au plus deux décimales",
    explanation: "La note d’un bilan va de 0 à 20 (BIL-12). Le livret scolaire refuse plus de deux \
        décimales : une moyenne calculée s’arrondit avant d’être écrite.",
    wrong: "note = 13.333",
    right: "note = 13.33",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for review in school.reviews.values() {
        let Some(note) = review.record.note.map(|note| note.0) else { continue };
        let rounded = (note * 100.0).round() / 100.0;
        if (note - rounded).abs() < 1e-9 {
            continue;
        }
        let site = Site::value(&review.file, key_path!["note"]);
        let message = format!("la note {note} a plus de deux décimales");
        findings.push(
            Finding::new(&CODE, site, message)
                .help(format!("arrondissez-la, par exemple à {rounded}")),
        );
    }
    findings
}
