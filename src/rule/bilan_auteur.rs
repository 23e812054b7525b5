//! BILAN-AUTEUR: a review is made and validated by teachers of the class.

use super::shared::team;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "BILAN-AUTEUR",
    severity: Severity::Warning,
    summary: "Un bilan est fait et validé par des enseignants de la classe",
    explanation: "Le bilan intermédiaire est l’affaire des enseignants professionnels de l’élève (BIL-19). \
        Un nom étranger à l’équipe est souvent une faute de recopie, ou une équipe qui n’est plus à jour. On \
        ne demande rien pour une personne partie depuis.",
    wrong: "auteur = \"leroy-jean\"   # n’enseigne pas dans cette classe",
    right: "auteur = \"mercier-paul\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for review in school.reviews.values() {
        let record = &review.record;
        let of = |key: &str| Site::value(&review.file, key_path![key]);
        let author = review.author.and_then(|person| {
            team::outsider(school, &CODE, of("auteur"), person, review.class, review.key.date)
        });
        // One stranger who does both is one mistake.
        let validator = review.validated_by.filter(|person| Some(*person) != review.author);
        let validator = validator.and_then(|person| {
            let day = record.valide_le.unwrap_or(review.key.date);
            team::outsider(school, &CODE, of("valide_par"), person, review.class, day)
        });
        findings.extend(author.into_iter().chain(validator));
    }
    findings
}
