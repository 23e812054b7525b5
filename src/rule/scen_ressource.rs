//! SCEN-RESSOURCE: the documents and links of a scenario lead somewhere.

use super::shared::resource;
use crate::diagnostic::{Code, Finding, Severity};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "SCEN-RESSOURCE",
    severity: Severity::Error,
    summary: "Une ressource de scénario est un fichier présent ou un lien",
    explanation: "Les fichiers d’un scénario sont dans le dossier qui porte son nom, à côté de lui ; la \
        ressource en donne le nom seul. Un lien est l’adresse entière d’une page. Une ressource qui ne mène \
        nulle part arrête la publication (SCE-25).",
    wrong: "[[ressources]]\ntitre = \"Fiche client\"\nfichier = \"documents/fiche client.pdf\"",
    right: "[[ressources]]\ntitre = \"Fiche client\"\nfichier = \"fiche-client.pdf\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let scenarios = school.scenarios.values().iter();
    scenarios
        .flat_map(|scenario| {
            let folder = format!("scenarios/{}/", scenario.id);
            let resources = &scenario.record.ressources;
            resource::faults(school, &CODE, &scenario.file, resources, Some(&folder))
        })
        .collect()
}
