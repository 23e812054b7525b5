//! ANNEXE-VIDE: an annex has objectives and planned tasks.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "ANNEXE-VIDE",
    severity: Severity::Warning,
    summary: "Une annexe pédagogique a des objectifs et des tâches prévues",
    explanation: "L’annexe dit à l’entreprise ce que l’apprenant vient apprendre : des objectifs (ANX-06) et les \
        tâches à lui confier (ANX-07). Les périodes déclarées à partir d’une annexe vide sont vides elles \
        aussi. Quand le référentiel ne donne encore aucune tâche, seuls les objectifs sont demandés.",
    wrong: "taches = []",
    right: "objectifs = \"Accueillir le client, conduire une vente simple.\"\ntaches = [\"A1-T2\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for annex in school.annexes.values() {
        let record = &annex.record;
        let no_goal = record.objectifs.as_ref().is_none_or(|text| text.0.trim().is_empty());
        let no_task =
            record.taches.is_empty() && !school.referentials[annex.diploma].tasks.is_empty();
        let (lacking, help) = match (no_goal, no_task) {
            (true, true) => (
                "ni objectifs ni tâches prévues",
                "ajoutez une ligne objectifs = \"…\" et les codes du référentiel : taches = [\"…\"]",
            ),
            (true, false) => ("pas d’objectifs", "ajoutez une ligne objectifs = \"…\""),
            (false, true) => {
                ("aucune tâche prévue", "ajoutez les codes du référentiel : taches = [\"…\"]")
            }
            (false, false) => continue,
        };
        if school.is_broken(&annex.file) {
            continue;
        }
        let site = Site::key(&annex.file, key_path!["titre"]);
        findings.push(Finding::new(&CODE, site, format!("cette annexe n’a {lacking}")).help(help));
    }
    findings
}
