//! ATTESTATION-VIDE: an attestation attests something.

use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "ATTESTATION-VIDE",
    severity: Severity::Error,
    summary: "Une attestation a au moins une compétence validée",
    explanation: "L’attestation est la liste des compétences que les enseignants ont validées une à une : elle ne \
        peut être éditée qu’à partir d’une compétence (ATT-04).",
    wrong: "motif = \"sortie\"",
    right: "motif = \"sortie\"\n[competences]\n\"C1.2\" = { par = \"mercier-paul\", le = 2027-06-25 }",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let all = school.attestations.values().iter();
    let empty =
        all.filter(|made| made.record.competences.is_empty() && !school.is_broken(&made.file));
    empty
        .map(|made| {
            let message = "aucune compétence n’est validée dans cette attestation";
            let help = "ajoutez sous [competences] une ligne par compétence : \"C1.2\" = { par = \"…\", le = … }, ou supprimez ce fichier";
            Finding::new(&CODE, Site::file(&made.file), message).help(help)
        })
        .collect()
}
