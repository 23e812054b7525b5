//! PERS-CLE: a key that signs can be read, and is one person's.

use std::collections::BTreeMap;

use super::shared::signing_key;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::history::key_name;
use crate::school::{Person, School};
use crate::text::elide_de;

pub(super) static CODE: Code = Code {
    name: "PERS-CLE",
    severity: Severity::Error,
    summary: "Une clé de signature est une clé publique lisible, à une seule personne",
    explanation: "« jalon audit » compare la signature de chaque modification aux clés de son auteur. Une \
        clé qui ne peut pas être lue ferait passer toutes ses signatures pour inconnues ; une clé à deux \
        personnes ne dirait plus qui a signé. Seule la clé publique s’écrit ici, jamais la clé secrète.",
    wrong: "cle = \"AAAAC3NzaC1lZDI1NTE5AAAA\"",
    right: "cle = \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK5OCO1iYBZt5Yc13pvv5OYgDj3Yc1PLYVSlqh1RRRW3\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut owners: BTreeMap<String, (&Person, Site)> = BTreeMap::new();
    for person in school.people.values() {
        for (n, key) in person.record.cles.iter().enumerate() {
            let at = key_path!["personnes", &person.id, "cles", n];
            findings.extend(signing_key::check(&CODE, &person.file, &at, key));
            let Ok(name) = key_name(&key.cle) else { continue };
            let site = Site::value(&person.file, at.child("cle"));
            let (owner, first) = owners.entry(name).or_insert_with(|| (person, site.clone()));
            if owner.id != person.id {
                let message = format!("cette clé est aussi celle {}", elide_de(&owner.full_name()));
                findings.push(
                    Finding::new(&CODE, site, message)
                        .help(
                            "chacun signe avec sa propre clé : enlevez-la de l’une des deux fiches",
                        )
                        .related(first.clone(), "la même clé"),
                );
            }
        }
    }
    findings
}
