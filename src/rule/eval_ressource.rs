//! EVAL-RESSOURCE: the documents and links of an evaluation lead somewhere.

use super::shared::resource;
use crate::diagnostic::{Code, Finding, Severity};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "EVAL-RESSOURCE",
    severity: Severity::Error,
    summary: "Une ressource d’évaluation est un fichier de son scénario ou un lien",
    explanation: "Une évaluation garde la liste de ressources de son scénario (EVA-01) ; les fichiers \
        restent dans le dossier du scénario, même s’il est supprimé. Une évaluation sans scénario ne peut \
        citer que des liens.",
    wrong: "[[ressources]]\ntitre = \"Fiche client\"\nfichier = \"fiche-cilent.pdf\"",
    right: "[[ressources]]\ntitre = \"Fiche client\"\nfichier = \"fiche-client.pdf\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let evaluations = school.evaluations.values().iter();
    evaluations
        .flat_map(|evaluation| {
            let scenario = evaluation.record.scenario.as_ref();
            let folder = scenario.map(|id| format!("scenarios/{id}/"));
            let resources = &evaluation.record.ressources;
            resource::faults(school, &CODE, &evaluation.file, resources, folder.as_deref())
        })
        .collect()
}
