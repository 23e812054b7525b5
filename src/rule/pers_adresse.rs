//! PERS-ADRESSE: whoever works here has an address by which changes are told.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "PERS-ADRESSE",
    severity: Severity::Warning,
    summary: "Une personne présente a une adresse électronique",
    explanation: "L’adresse dit qui a fait chaque modification : sans elle, rien de ce que fait la personne ne serait \
        reconnu, et ses droits ne s’appliqueraient pas. STS ne donne pas d’adresse : après un import, le DDFPT les \
        complète.",
    wrong: "[personnes.leroy-jean]\ncourriels = []",
    right: "[personnes.leroy-jean]\ncourriels = [\"jean.leroy@ac-nancy-metz.fr\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let without = school.people.values().iter().filter(|person| {
        person.record.courriels.is_empty() && person.record.inactif_depuis.is_none()
    });
    without
        .map(|person| {
            let site = Site::value(&person.file, key_path!["personnes", &person.id, "courriels"]);
            let message = format!("{} n’a pas d’adresse électronique", person.full_name());
            Finding::new(&CODE, site, message).help(
                "écrivez son adresse professionnelle entre guillemets, ou inactif_depuis si la personne est partie",
            )
        })
        .collect()
}
