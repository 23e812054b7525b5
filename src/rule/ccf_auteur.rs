//! CCF-AUTEUR: a grid is filled, locked and harmonised by teachers of the class.

use super::shared::team;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{FilledGrid, School};
use crate::text::Date;

pub(super) static CODE: Code = Code {
    name: "CCF-AUTEUR",
    severity: Severity::Warning,
    summary: "Une grille de certification est remplie par les enseignants de la classe",
    explanation: "Les enseignants professionnels de la classe sont en charge des grilles, de leur saisie et des \
        commentaires (CCF-18). Un nom étranger à l’équipe est souvent une faute de recopie, ou une équipe qui \
        n’est plus à jour. Les membres de la commission, eux, viennent d’où ils veulent. On ne demande rien \
        pour une personne partie depuis.",
    wrong: "auteur = \"leroy-jean\"   # n’enseigne pas dans cette classe",
    right: "auteur = \"mercier-paul\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    school.grids.values().iter().flat_map(|grid| of_grid(school, grid)).collect()
}

/// One finding a person: one stranger who does it all is one mistake.
fn of_grid(school: &School, grid: &FilledGrid) -> Vec<Finding> {
    let record = &grid.record;
    let first_day = school.classes[grid.class].year.first_day();
    let day = |known: Option<Date>| known.or(record.date).unwrap_or(first_day);
    let seal = record.verrouillage.as_ref();
    let made = record.harmonisation.as_ref();
    let named = [
        Some((record.auteur.0.as_str(), key_path!["auteur"], day(None))),
        seal.map(|seal| (seal.par.0.as_str(), key_path!["verrouillage", "par"], seal.le)),
        made.map(|made| (made.par.0.as_str(), key_path!["harmonisation", "par"], made.le)),
    ];
    let mut told = Vec::new();
    let mut findings = Vec::new();
    for (id, path, day) in named.into_iter().flatten() {
        let Some(person) = school.person(id).filter(|person| !told.contains(person)) else {
            continue;
        };
        let site = Site::value(&grid.file, path);
        if let Some(finding) = team::outsider(school, &CODE, site, person, grid.class, day) {
            told.push(person);
            findings.push(finding);
        }
    }
    findings
}
