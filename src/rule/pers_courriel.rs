//! PERS-COURRIEL: each address is one, and belongs to one person.

use std::collections::BTreeMap;

use super::shared::email;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Person, School};
use crate::text::{elide_de, quoted};

pub(super) static CODE: Code = Code {
    name: "PERS-COURRIEL",
    severity: Severity::Error,
    summary: "Chaque adresse électronique est bien écrite et n’est qu’à une personne",
    explanation: "L’adresse électronique dit qui a fait chaque modification : c’est elle que la forge \
        inscrit dans l’historique. Deux personnes à la même adresse ne pourraient plus être distinguées, et \
        l’historique ne prouverait plus rien.",
    wrong: "courriels = [\"paul.mercier.ac-nancy-metz.fr\"]",
    right: "courriels = [\"paul.mercier@ac-nancy-metz.fr\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut owners: BTreeMap<String, (&Person, Site)> = BTreeMap::new();
    for person in school.people.values() {
        for (n, address) in person.record.courriels.iter().enumerate() {
            let site =
                || Site::value(&person.file, key_path!["personnes", &person.id, "courriels", n]);
            if !email::is_address(address) {
                findings.push(email::malformed(&CODE, site(), address));
                continue;
            }
            let owner = owners.entry(address.to_lowercase());
            let (owner, first) = owner.or_insert_with(|| (person, site()));
            if owner.id != person.id {
                let message = format!(
                    "l’adresse {} est aussi celle {}",
                    quoted(address),
                    elide_de(&owner.full_name())
                );
                findings.push(
                    Finding::new(&CODE, site(), message)
                        .help("donnez à chaque personne sa propre adresse")
                        .related(first.clone(), "la même adresse"),
                );
            }
        }
    }
    findings
}
