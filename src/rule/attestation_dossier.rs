//! ATTESTATION-DOSSIER: an attestation is in its pupil's folder.

use super::shared::folder;
use crate::diagnostic::{Code, Finding, Severity};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "ATTESTATION-DOSSIER",
    severity: Severity::Error,
    summary: "Une attestation est dans le dossier de son élève",
    explanation: "Tout ce qui concerne un élève est dans un seul dossier, à son année d’entrée : une attestation \
        rangée ailleurs ne partirait pas avec lui.",
    wrong: "students/2026/dupont-lea/attestations/2027-06-30.toml   (dossier de l’élève : students/2025/dupont-lea)",
    right: "students/2025/dupont-lea/attestations/2027-06-30.toml",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let all = school.attestations.values().iter();
    all.filter_map(|made| {
        let what = "cette attestation";
        folder::misplaced(school, &CODE, &made.file, made.pupil, what, "attestations")
    })
    .collect()
}
