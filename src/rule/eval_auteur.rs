//! EVAL-AUTEUR: the author of an evaluation teaches the class.

use super::shared::team;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "EVAL-AUTEUR",
    severity: Severity::Warning,
    summary: "L’auteur d’une évaluation est un enseignant de la classe",
    explanation: "Les évaluations sont faites par l’équipe professionnelle de la classe ou par son \
        professeur principal. Un nom étranger à l’équipe est souvent une faute de recopie, ou une équipe qui \
        n’est plus à jour. On ne demande rien pour une personne partie depuis.",
    wrong: "auteur = \"leroy-jean\"   # n’enseigne pas dans cette classe",
    right: "auteur = \"mercier-paul\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let evaluations = school.evaluations.values().iter();
    evaluations
        .filter_map(|evaluation| {
            let site = Site::value(&evaluation.file, key_path!["auteur"]);
            let (author, date) = (evaluation.author?, evaluation.record.date);
            team::outsider(school, &CODE, site, author, evaluation.class, date)
        })
        .collect()
}
