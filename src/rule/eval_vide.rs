//! EVAL-VIDE: an evaluation concerns somebody.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "EVAL-VIDE",
    severity: Severity::Warning,
    summary: "Une évaluation a au moins un élève",
    explanation: "C’est le choix des élèves qui fait d’un scénario une évaluation (SCE-26). Les élèves \
        choisis sont les lignes du tableau `[resultats]` ; une ligne vide, `dupont-lea = []`, suffit tant que \
        l’élève n’est pas évalué.",
    wrong: "[resultats]",
    right: "[resultats]\ndupont-lea = []",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let evaluations = school.evaluations.values().iter();
    evaluations
        .filter(|evaluation| evaluation.record.resultats.is_empty())
        .filter(|evaluation| !school.is_broken(&evaluation.file))
        .map(|evaluation| {
            let site = Site::key(&evaluation.file, key_path!["resultats"]);
            Finding::new(&CODE, site, "cette évaluation ne concerne aucun élève").help(
                "ajoutez une ligne par élève sous le titre [resultats], par exemple dupont-lea = []",
            )
        })
        .collect()
}
