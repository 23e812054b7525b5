//! PERS-DOUBLON: one person has one entry.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Person, School};
use crate::text::{quoted, slug};

pub(super) static CODE: Code = Code {
    name: "PERS-DOUBLON",
    severity: Severity::Warning,
    summary: "Une personne n’est inscrite qu’une fois",
    explanation: "Une personne créée à la main puis importée de STS serait là deux fois, et son travail \
        partagé entre deux noms (CNX-16). Deux vrais homonymes peuvent rester : distinguez-les par leur \
        prénom d’usage ou leur deuxième prénom.",
    wrong: "[personnes.mercier-paul]\n…\n[personnes.paul-mercier]\n…",
    right: "[personnes.mercier-paul]\n…",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut first: BTreeMap<String, &Person> = BTreeMap::new();
    let mut findings = Vec::new();
    let site = |person: &Person| Site::key(&person.file, key_path!["personnes", &person.id]);
    let present = school.people.values().iter().filter(|p| p.record.inactif_depuis.is_none());
    for person in present {
        let name = format!("{}/{}", slug(&person.record.nom), slug(&person.record.prenom));
        let known = *first.entry(name).or_insert(person);
        if known.id == person.id {
            continue;
        }
        let message = format!(
            "{} est inscrit deux fois dans l’équipe : {} et {}",
            person.full_name(),
            quoted(&known.id),
            quoted(&person.id)
        );
        findings.push(
            Finding::new(&CODE, site(person), message)
                .help("gardez une seule des deux entrées, avec toutes ses adresses électroniques ; si ce sont deux personnes, ajoutez un deuxième prénom")
                .related(site(known), "première inscription"),
        );
    }
    findings
}
