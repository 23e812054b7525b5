//! BOOK-DATE: what a page of a book tells happened while the learner was in a class.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::{elide_de, long_date};

pub(super) static CODE: Code = Code {
    name: "BOOK-DATE",
    severity: Severity::Warning,
    summary: "Une page de book est datée d’après l’entrée de l’élève dans une classe",
    explanation: "La date dit quel référentiel l’élève suivait ce jour-là, et donc ce que veulent dire les codes de \
        ses compétences. Avant sa première classe, ces codes ne mènent nulle part.",
    wrong: "# dans une classe depuis la rentrée 2025\ndate = 2024-12-04",
    right: "date = 2026-12-04",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for page in school.book_pages.values() {
        let pupil = &school.pupils[page.pupil];
        // A class that is not known has its own message.
        if page.diploma.is_some() || pupil.stays.is_empty() || school.is_broken(&pupil.file) {
            continue;
        }
        let message = format!(
            "le {} est avant la première classe {}",
            long_date(page.record.header.date),
            elide_de(&pupil.full_name())
        );
        findings.push(
            Finding::new(&CODE, Site::value(&page.file, key_path!["date"]), message)
                .help("corrigez la date de l’activité")
                .related(Site::value(&pupil.file, key_path!["scolarite"]), "ses classes"),
        );
    }
    findings
}
