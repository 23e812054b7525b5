//! REFERENTIEL-DESCRIPTEURS: a criterion describes its four levels or none; a grid has four.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::{count, quoted};

pub(super) static CODE: Code = Code {
    name: "REFERENTIEL-DESCRIPTEURS",
    severity: Severity::Error,
    summary: "Un critère décrit ses quatre niveaux, ou aucun ; une grille en a quatre",
    explanation: "Les descripteurs d’une grille nationale vont du niveau 1 au niveau 4, dans l’ordre \
        (CCF-01). S’il en manque un, les autres se décalent et ne décrivent plus leur niveau.",
    wrong: "descripteurs = [\"Ne salue pas\", \"Salue\", \"Salue et écoute\"]",
    right: "descripteurs = [\"Ne salue pas\", \"Salue\", \"Salue et écoute\", \"Salue, écoute et reformule\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for referential in school.referentials.values() {
        let file = &referential.file;
        for (g, group) in referential.record.groupes.iter().enumerate() {
            for (c, competence) in group.competences.iter().enumerate() {
                for (k, criterion) in competence.criteres.iter().enumerate() {
                    let number = criterion.descripteurs.len();
                    if matches!(number, 0 | 4) {
                        continue;
                    }
                    let path =
                        key_path!["groupes", g, "competences", c, "criteres", k, "descripteurs"];
                    let message = format!(
                        "le critère {} a {} au lieu de quatre",
                        quoted(&criterion.code),
                        count(number, "descripteur", "descripteurs")
                    );
                    findings.push(Finding::new(&CODE, Site::value(file, path), message).help(
                        "écrivez les quatre, du niveau 1 au niveau 4, ou supprimez la ligne",
                    ));
                }
            }
        }
        for (n, grid) in referential.record.grilles.iter().enumerate() {
            if grid.echelle.len() != 4 {
                let message = format!(
                    "la grille {} a {} au lieu de quatre",
                    quoted(&grid.code),
                    count(grid.echelle.len(), "niveau", "niveaux")
                );
                findings.push(
                    Finding::new(
                        &CODE,
                        Site::value(file, key_path!["grilles", n, "echelle"]),
                        message,
                    )
                    .help("écrivez les libellés des quatre niveaux, du plus bas au plus haut"),
                );
            }
        }
    }
    findings
}
