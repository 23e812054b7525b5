//! CCF-DOSSIER: a grid is in its candidate's folder.

use super::shared::folder;
use crate::diagnostic::{Code, Finding, Severity};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "CCF-DOSSIER",
    severity: Severity::Error,
    summary: "Une grille de certification est dans le dossier de son candidat",
    explanation: "Tout ce qui concerne un élève est dans un seul dossier, à son année d’entrée. Une grille rangée \
        sous une autre année d’entrée y serait oubliée le jour de la commission.",
    wrong: "students/2026/dupont-lea/certification/2028-e31.toml   (dossier de l’élève : students/2025/dupont-lea)",
    right: "students/2025/dupont-lea/certification/2028-e31.toml",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    let all = school.grids.values();
    for (n, grid) in all.iter().enumerate() {
        let key = |n: usize| all.get(n).map(|grid| (grid.pupil, grid.session, grid.grid));
        // A grid that is there twice has its own rule.
        if (n > 0 && key(n - 1) == key(n)) || key(n + 1) == key(n) {
            continue;
        }
        findings.extend(folder::misplaced(
            school,
            &CODE,
            &grid.file,
            grid.pupil,
            "cette grille",
            "certification",
        ));
    }
    findings
}
