//! BILAN-DOSSIER: a review is in its pupil's folder.

use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::school::School;
use crate::text::{elide_de, quoted};

pub(super) static CODE: Code = Code {
    name: "BILAN-DOSSIER",
    severity: Severity::Error,
    summary: "Un bilan est dans le dossier de son élève",
    explanation: "Tout ce qui concerne un élève est dans un seul dossier, à son année d’entrée : un \
        transfert ou une archive emporte ce dossier et rien d’autre. Un bilan rangé sous une autre année \
        d’entrée y serait oublié.",
    wrong: "students/2026/dupont-lea/reviews/2026-12-11.toml   (dossier de l’élève : students/2025/dupont-lea)",
    right: "students/2025/dupont-lea/reviews/2026-12-11.toml",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for review in school.reviews.values() {
        let pupil = &school.pupils[review.pupil];
        let folder = format!("students/{}/{}/", pupil.cohort, pupil.id);
        // Two folders of one name have their own rule.
        let twin = school.twins.iter().any(|twin| twin.kept == review.pupil);
        if review.file.starts_with(&folder) || twin {
            continue;
        }
        let message = format!(
            "ce bilan n’est pas dans le dossier {}, {}",
            elide_de(&pupil.full_name()),
            quoted(folder.trim_end_matches('/'))
        );
        findings.push(
            Finding::new(&CODE, Site::file(&review.file), message)
                .help(format!("déplacez-le dans {folder}reviews/"))
                .related(Site::file(&pupil.file), "la fiche de l’élève"),
        );
    }
    findings
}
