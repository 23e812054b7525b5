//! EVAL-SCENARIO: an evaluation comes from a scenario of the class's diploma.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "EVAL-SCENARIO",
    severity: Severity::Warning,
    summary: "Une évaluation vient d’un scénario du diplôme de la classe",
    explanation: "Un scénario est lié à un seul diplôme (SCE-03). Un scénario d’un autre diplôme cité par \
        une évaluation est le plus souvent une erreur de recopie : ses tâches et ses critères ne sont pas \
        ceux de la classe.",
    wrong: "# evaluations/2026-2027/1mcva1/…\nscenario = \"melec/premiere/cabler-un-tableau\"",
    right: "# evaluations/2026-2027/1mcva1/…\nscenario = \"mcv-a/premiere/accueil-client\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for evaluation in school.evaluations.values() {
        let class = &school.classes[evaluation.class];
        let Some(scenario) = evaluation.scenario.map(|ix| &school.scenarios[ix]) else { continue };
        if scenario.diploma == class.diploma {
            continue;
        }
        let message = format!(
            "le scénario {} est du diplôme {}, la classe {} du diplôme {}",
            quoted(&scenario.id),
            school.referentials[scenario.diploma].record.sigle,
            class.record.nom,
            school.referentials[class.diploma].record.sigle
        );
        let site = Site::value(&evaluation.file, key_path!["scenario"]);
        findings.push(
            Finding::new(&CODE, site, message).help(
                "corrigez le scénario, ou supprimez la ligne si l’évaluation ne vient d’aucun",
            ),
        );
    }
    findings
}
