//! SCEN-VIDE: a scenario has tasks and criteria.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "SCEN-VIDE",
    severity: Severity::Warning,
    summary: "Un scénario a au moins une tâche et un critère",
    explanation: "Un scénario est lié au référentiel par ses tâches et par les critères qu’il évalue \
        (SCE-17, SCE-21). Sans eux, il ne peut pas devenir une évaluation.",
    wrong: "taches = []\ncriteres = []",
    right: "taches = [\"A1-T2\"]\ncriteres = [\"C1.2.a\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for scenario in school.scenarios.values() {
        let record = &scenario.record;
        let (key, lacking) = match (record.taches.is_empty(), record.criteres.is_empty()) {
            (true, true) => ("taches", "ni tâche ni critère"),
            (true, false) => ("taches", "aucune tâche"),
            (false, true) => ("criteres", "aucun critère"),
            (false, false) => continue,
        };
        if school.is_broken(&scenario.file) {
            continue;
        }
        findings.push(
            Finding::new(
                &CODE,
                Site::key(&scenario.file, key_path![key]),
                format!("ce scénario n’a {lacking}"),
            )
            .help("ajoutez les codes du référentiel : taches = [\"…\"] et criteres = [\"…\"]"),
        );
    }
    findings
}
