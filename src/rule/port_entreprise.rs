//! PORT-ENTREPRISE: who is received by a tutor, or assessed, is received by a company.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "PORT-ENTREPRISE",
    severity: Severity::Warning,
    summary: "Un portfolio avec un tuteur ou un bilan entreprise nomme l’entreprise",
    explanation: "L’entreprise est le début du portfolio (POR-04) : sans elle, le temps passé ne compte pas \
        dans la durée exigée, et le professeur référent ne sait pas où aller.",
    wrong: "[tuteur]\nnom = \"Perrin\"",
    right: "[entreprise]\nnom = \"Librairie du Marché\"\n\n[tuteur]\nnom = \"Perrin\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for portfolio in school.portfolios.values() {
        let record = &portfolio.record;
        if record.entreprise.is_some() || school.is_broken(&portfolio.file) {
            continue;
        }
        let (path, message) = if record.tuteur.is_some() {
            (key_path!["tuteur"], "ce portfolio nomme un tuteur, mais pas l’entreprise")
        } else if record.bilan_entreprise.is_some() {
            (
                key_path!["bilan_entreprise"],
                "ce portfolio a un bilan entreprise, mais pas d’entreprise",
            )
        } else {
            continue;
        };
        findings.push(
            Finding::new(&CODE, Site::key(&portfolio.file, path), message)
                .help("ajoutez au début du fichier [entreprise] puis la ligne nom = \"…\""),
        );
    }
    findings
}
