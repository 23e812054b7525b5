//! SCEN-VIDE: a scenario has tasks and criteria.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Referential, Scenario, School};

pub(super) static CODE: Code = Code {
    name: "SCEN-VIDE",
    severity: Severity::Warning,
    summary: "Un scénario a au moins une tâche et un critère",
    explanation: "Un scénario est lié au référentiel par ses tâches et par les critères qu’il évalue \
        (SCE-17, SCE-21). Sans eux, il ne peut pas devenir une évaluation. Quand le référentiel ne donne \
        encore aucune tâche pour les activités concernées, seuls les critères sont demandés.",
    wrong: "taches = []\ncriteres = []",
    right: "taches = [\"A1-T2\"]\ncriteres = [\"C1.2.a\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for scenario in school.scenarios.values() {
        let record = &scenario.record;
        let no_task =
            record.taches.is_empty() && has_tasks(&school.referentials[scenario.diploma], scenario);
        let (key, lacking) = match (no_task, record.criteres.is_empty()) {
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

/// Whether the référentiel gives tasks for everything that the scenario assesses: for an activity of
/// each of its groups of competences, or any task where activities are tied to no group. Some
/// référentiels are still incomplete: nobody can be asked for a code that does not exist.
fn has_tasks(referential: &Referential, scenario: &Scenario) -> bool {
    let record = &referential.record;
    let given = |group: Option<&str>| {
        record.activites.iter().any(|activity| {
            let same =
                activity.groupe.is_none() || group.is_none() || activity.groupe.as_deref() == group;
            same && !activity.taches.is_empty()
        })
    };
    let group_of = |criterion| {
        let competence = referential.competence_of(criterion);
        record.groupes[referential.competences[competence.0 as usize].group].code.as_str()
    };
    if scenario.criteria.is_empty() {
        return given(None);
    }
    scenario.criteria.iter().all(|criterion| given(Some(group_of(*criterion))))
}
