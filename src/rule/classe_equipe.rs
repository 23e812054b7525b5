//! CLASSE-EQUIPE: each class has its team, in which nobody is twice.

use super::shared::twice::repeated;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "CLASSE-EQUIPE",
    severity: Severity::Warning,
    summary: "Chaque classe a une équipe d’enseignants professionnels",
    explanation: "Les évaluations et les bilans sont faits par les enseignants professionnels de la classe \
        (BIL-19). Sans équipe, personne ne peut être relancé, et l’auteur d’un bilan ne peut pas être \
        vérifié. L’import de STS remplit l’équipe.",
    wrong: "[classes.1mcva1]\nequipe = []",
    right: "[classes.1mcva1]\nequipe = [\"mercier-paul\", \"martin-anne\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for class in school.classes.values() {
        let path = key_path!["classes", &class.key, "equipe"];
        let team = &class.record.equipe;
        if team.is_empty() {
            let message = format!("la classe {} n’a aucun enseignant", class.record.nom);
            findings.push(
                Finding::new(&CODE, Site::value(&class.file, path), message).help(
                    "ajoutez les identifiants de ses enseignants professionnels, ou refaites l’import de STS",
                ),
            );
            continue;
        }
        for (again, first) in repeated(team) {
            let message = format!(
                "{} est deux fois dans l’équipe de la classe {}",
                quoted(&team[again]),
                class.record.nom
            );
            findings.push(
                Finding::new(&CODE, Site::value(&class.file, path.child(again)), message)
                    .help("supprimez l’un des deux")
                    .related(Site::value(&class.file, path.child(first)), "première mention"),
            );
        }
    }
    findings
}
