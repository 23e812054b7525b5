//! ATTESTATION-AUTEUR: competences are validated by teachers of the class.

use super::shared::team;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Attestation, School};

pub(super) static CODE: Code = Code {
    name: "ATTESTATION-AUTEUR",
    severity: Severity::Warning,
    summary: "Une attestation est préparée, et ses compétences validées, par des enseignants de la classe",
    explanation: "Chaque compétence porte le nom de l’enseignant qui la valide (ATT-03) : quelqu’un de l’équipe \
        professionnelle de la classe. Un nom étranger à l’équipe est souvent une faute de recopie, ou une \
        équipe qui n’est plus à jour. On ne demande rien pour une personne partie depuis.",
    wrong: "\"C1.2\" = { par = \"leroy-jean\", le = 2027-06-25 }   # n’enseigne pas dans cette classe",
    right: "\"C1.2\" = { par = \"mercier-paul\", le = 2027-06-25 }",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    school.attestations.values().iter().flat_map(|made| of_attestation(school, made)).collect()
}

/// One finding a person.
fn of_attestation(school: &School, made: &Attestation) -> Vec<Finding> {
    let author = (made.record.auteur.0.as_str(), key_path!["auteur"], made.key.date);
    let ticks = made.record.competences.iter();
    let ticks = ticks
        .map(|(code, tick)| (tick.par.0.as_str(), key_path!["competences", code, "par"], tick.le));
    let mut told = Vec::new();
    let mut findings = Vec::new();
    for (id, path, day) in std::iter::once(author).chain(ticks) {
        let Some(person) = school.person(id).filter(|person| !told.contains(person)) else {
            continue;
        };
        let site = Site::value(&made.file, path);
        if let Some(finding) = team::outsider(school, &CODE, site, person, made.class, day) {
            told.push(person);
            findings.push(finding);
        }
    }
    findings
}
