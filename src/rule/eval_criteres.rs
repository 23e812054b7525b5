//! EVAL-CRITERES: an evaluation has criteria, each in one column.

use super::shared::twice::repeated;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "EVAL-CRITERES",
    severity: Severity::Error,
    summary: "Une évaluation porte sur au moins un critère, et chaque critère n’a qu’une colonne",
    explanation: "L’évaluation porte sur les critères du référentiel (EVA-06). Le même critère dans deux \
        colonnes donnerait deux résultats pour une seule question.",
    wrong: "criteres = [\"C1.2.a\", \"C1.2.a\"]",
    right: "criteres = [\"C1.2.a\", \"C1.2.c\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for evaluation in school.evaluations.values() {
        let codes = &evaluation.record.criteres;
        if codes.is_empty() {
            let site = Site::value(&evaluation.file, key_path!["criteres"]);
            findings.push(
                Finding::new(&CODE, site, "cette évaluation ne porte sur aucun critère").help(
                    "écrivez les codes des critères évalués, par exemple [\"C1.2.a\", \"C1.3.a\"]",
                ),
            );
        }
        for (again, first) in repeated(codes) {
            let at = |n: usize| Site::value(&evaluation.file, key_path!["criteres", n]);
            let message =
                format!("le critère {} a déjà une colonne dans le tableau", quoted(&codes[again]));
            findings.push(
                Finding::new(&CODE, at(again), message)
                    .help("corrigez le code, ou supprimez cette colonne dans chaque ligne")
                    .related(at(first), "première colonne de ce critère"),
            );
        }
    }
    findings
}
