//! PORT-DOSSIER: a portfolio is in its learner's folder.

use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::school::School;
use crate::text::{elide_de, quoted};

pub(super) static CODE: Code = Code {
    name: "PORT-DOSSIER",
    severity: Severity::Error,
    summary: "Un portfolio est dans le dossier de son élève",
    explanation: "Tout ce qui concerne un élève est dans un seul dossier, à son année d’entrée : un \
        transfert ou une archive emporte ce dossier et rien d’autre. Un portfolio rangé sous une autre année \
        d’entrée y serait oublié, et deux dossiers auraient chacun le leur pour la même période.",
    wrong: "students/2026/dupont-lea/pfmp/2026-2027-pfmp-3.toml   (dossier de l’élève : students/2025/dupont-lea)",
    right: "students/2025/dupont-lea/pfmp/2026-2027-pfmp-3.toml",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for portfolio in school.portfolios.values() {
        let pupil = &school.pupils[portfolio.pupil];
        let folder = format!("students/{}/{}/", pupil.cohort, pupil.id);
        // Two folders of one name have their own rule.
        let twin = school.twins.iter().any(|twin| twin.kept == portfolio.pupil);
        if portfolio.file.starts_with(&folder) || twin {
            continue;
        }
        let message = format!(
            "ce portfolio n’est pas dans le dossier {}, {}",
            elide_de(&pupil.full_name()),
            quoted(folder.trim_end_matches('/'))
        );
        findings.push(
            Finding::new(&CODE, Site::file(&portfolio.file), message)
                .help(format!("déplacez-le dans {folder}pfmp/"))
                .related(Site::file(&pupil.file), "la fiche de l’élève"),
        );
    }
    findings
}
