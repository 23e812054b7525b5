//! BOOK-DOSSIER: a page of a book is in its pupil's folder.

use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::school::School;
use crate::text::{elide_de, quoted};

pub(super) static CODE: Code = Code {
    name: "BOOK-DOSSIER",
    severity: Severity::Error,
    summary: "Une page de book est dans le dossier de son élève",
    explanation: "Tout ce qui concerne un élève est dans un seul dossier, à son année d’entrée : un transfert ou \
        une archive emporte ce dossier et rien d’autre. Une page rangée sous une autre année d’entrée y serait \
        oubliée, photographies comprises.",
    wrong: "students/2026/dupont-lea/book/vitrine.md   (dossier de l’élève : students/2025/dupont-lea)",
    right: "students/2025/dupont-lea/book/vitrine.md",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for page in school.book_pages.values() {
        let pupil = &school.pupils[page.pupil];
        let folder = format!("students/{}/{}/", pupil.cohort, pupil.id);
        // Two folders of one name have their own rule.
        let twin = school.twins.iter().any(|twin| twin.kept == page.pupil);
        if page.file.starts_with(&folder) || twin {
            continue;
        }
        let message = format!(
            "cette page n’est pas dans le dossier {}, {}",
            elide_de(&pupil.full_name()),
            quoted(folder.trim_end_matches('/'))
        );
        findings.push(
            Finding::new(&CODE, Site::file(&page.file), message)
                .help(format!("déplacez-la dans {folder}book/, avec ses photographies"))
                .related(Site::file(&pupil.file), "la fiche de l’élève"),
        );
    }
    findings
}
