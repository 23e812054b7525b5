//! RESP-COURRIEL: the addresses of guardians are addresses.

use super::shared::email;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "RESP-COURRIEL",
    severity: Severity::Warning,
    summary: "L’adresse électronique d’un responsable est bien écrite",
    explanation: "Les coordonnées des responsables viennent de SIECLE : c’est là qu’une adresse fausse se \
        corrige, avant de refaire l’import (IMP-07). Une adresse mal écrite ne reçoit aucun courrier.",
    wrong: "courriel = \"nadia.roux(at)exemple.fr\"",
    right: "courriel = \"nadia.roux@exemple.fr\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pupil in school.pupils.values() {
        for (n, guardian) in pupil.record.responsables.iter().enumerate() {
            if let Some(address) = guardian.courriel.as_deref().filter(|a| !email::is_address(a)) {
                let site = Site::value(&pupil.file, key_path!["responsables", n, "courriel"]);
                findings.push(email::malformed(&CODE, site, address));
            }
        }
    }
    findings
}
