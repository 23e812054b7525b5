//! PERS-ROLE: everybody has a role.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "PERS-ROLE",
    severity: Severity::Error,
    summary: "Chaque personne a au moins un rôle",
    explanation: "Le rôle dit ce qu’une personne peut faire et voir (CNX-10). Sans rôle, rien ne lui \
        est permis. Pour une personne partie, gardez le rôle et ajoutez la date de départ : \
        `inactif_depuis`.",
    wrong: "roles = []",
    right: "roles = [\"enseignant\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let without = school.people.values().iter().filter(|person| person.record.roles.is_empty());
    without
        .map(|person| {
            let site = Site::value(&person.file, key_path!["personnes", &person.id, "roles"]);
            let message = format!("{} n’a aucun rôle", person.full_name());
            Finding::new(&CODE, site, message).help(
                "écrivez le rôle entre guillemets : [\"enseignant\"], [\"ddfpt\"], [\"chef-etablissement\"], [\"cpe\"] ou [\"administrateur\"]",
            )
        })
        .collect()
}
