//! DOSSIER-TAILLE: a folder can still be read by a person.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::school::School;
use crate::text::{count, quoted};

pub(super) static CODE: Code = Code {
    name: "DOSSIER-TAILLE",
    severity: Severity::Warning,
    summary: "Un dossier contient au plus mille éléments",
    explanation: "Au-delà de mille éléments, les forges n’affichent plus le dossier en entier et l’on ne \
        s’y retrouve plus. Même le plus grand établissement reste en dessous, une année d’entrée à la fois : \
        un dossier plus gros vient d’un import raté ou d’un dépôt au mauvais endroit.",
    wrong: "students/2025/   (1 204 dossiers d’élèves)",
    right: "students/2025/   (730 dossiers d’élèves)",
};

const LIMIT: usize = 1000;

pub(super) fn check(school: &School) -> Vec<Finding> {
    // Each folder counts as one entry of its own folder, the first time it is met.
    let mut entries: BTreeMap<&str, usize> = BTreeMap::new();
    let mut folders: BTreeSet<&str> = BTreeSet::new();
    for path in &school.files {
        let mut path: &str = path;
        while let Some((folder, _)) = path.rsplit_once('/') {
            *entries.entry(folder).or_default() += 1;
            if !folders.insert(folder) {
                break;
            }
            path = folder;
        }
    }
    let large = entries.into_iter().filter(|(_, number)| *number > LIMIT);
    large
        .map(|(folder, number)| {
            let message = format!(
                "le dossier {} contient {}",
                quoted(folder),
                count(number, "élément", "éléments")
            );
            Finding::new(&CODE, Site::file(&Arc::from(folder)), message)
                .help("vérifiez qu’il n’a pas été rempli par erreur, et répartissez son contenu")
        })
        .collect()
}
