//! ECOLE-DDFPT: somebody runs the school's records.

use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::record::Role;
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "ECOLE-DDFPT",
    severity: Severity::Error,
    summary: "L’établissement a un DDFPT ou un chef d’établissement",
    explanation: "Avant toute chose, un DDFPT ou un chef d’établissement est déclaré (CNX-11) : lui \
        seul importe SIECLE et STS, règle le calendrier, déverrouille un bilan. Une personne partie ne compte \
        plus.",
    wrong: "[personnes.martin-anne]\nroles = [\"enseignant\"]",
    right: "[personnes.martin-anne]\nroles = [\"enseignant\", \"ddfpt\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let file = Arc::from("staff.toml");
    // A file that is missing or faulty is already told of.
    if !school.files.contains(&file) || school.is_broken(&file) {
        return Vec::new();
    }
    let in_charge = school.people.values().iter().any(|person| {
        person.record.inactif_depuis.is_none()
            && (person.has_role(Role::Ddfpt) || person.has_role(Role::Head))
    });
    if in_charge {
        return Vec::new();
    }
    let message = "personne n’est DDFPT ni chef d’établissement";
    vec![Finding::new(&CODE, Site::file(&file), message).help(
        "ajoutez \"ddfpt\" ou \"chef-etablissement\" à la ligne roles de la personne qui l’est",
    )]
}
