//! SCEN-CODES: a scenario names each task and each criterion once.

use super::shared::twice::repeated;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "SCEN-CODES",
    severity: Severity::Warning,
    summary: "Une tâche ou un critère n’est cité qu’une fois dans un scénario",
    explanation: "Les nombres de tâches et de critères affichés comptent chaque code une fois (SCE-18, \
        SCE-20) ; l’évaluation créée à partir du scénario aurait deux fois la même colonne.",
    wrong: "criteres = [\"C1.2.a\", \"C1.3.a\", \"C1.2.a\"]",
    right: "criteres = [\"C1.2.a\", \"C1.3.a\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for scenario in school.scenarios.values() {
        let record = &scenario.record;
        for (key, what, codes) in
            [("taches", "la tâche", &record.taches), ("criteres", "le critère", &record.criteres)]
        {
            for (again, first) in repeated(codes) {
                let at = |n: usize| Site::value(&scenario.file, key_path![key, n]);
                let message = format!("{what} {} est déjà dans la liste", quoted(&codes[again]));
                findings.push(
                    Finding::new(&CODE, at(again), message)
                        .help("supprimez l’une des deux mentions")
                        .related(at(first), "première mention"),
                );
            }
        }
    }
    findings
}
