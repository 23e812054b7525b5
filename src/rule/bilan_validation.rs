//! BILAN-VALIDATION: a validated review says when and by whom; a draft does not.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Review, School};
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "BILAN-VALIDATION",
    severity: Severity::Error,
    summary: "Un bilan validé dit quand et par qui ; un brouillon ne le dit pas",
    explanation: "La validation fige le bilan et les évaluations qu’il prend en compte (EVA-12, BIL-13). Elle \
        porte une date, qui n’est pas avant celle du bilan, et un nom.",
    wrong: "etat = \"valide\"",
    right: "etat = \"valide\"\nvalide_le = 2026-12-14\nvalide_par = \"mercier-paul\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let reviews = school.reviews.values().iter();
    reviews.filter(|review| !school.is_broken(&review.file)).filter_map(of_review).collect()
}

fn of_review(review: &Review) -> Option<Finding> {
    let record = &review.record;
    let at = |key: &str| Site::value(&review.file, key_path![key]);
    if !review.is_valid() {
        let key = match (record.valide_le, &record.valide_par) {
            (None, None) => return None,
            (Some(_), _) => "valide_le",
            (None, Some(_)) => "valide_par",
        };
        let message = "ce bilan est un brouillon, et dit pourtant avoir été validé";
        return Some(
            Finding::new(&CODE, at(key), message)
                .help("écrivez etat = \"valide\", ou supprimez les lignes valide_le et valide_par")
                .related(at("etat"), "l’état du bilan"),
        );
    }
    let (message, help) = match (record.valide_le, &record.valide_par) {
        (None, None) => (
            "ce bilan est validé, mais ne dit ni quand ni par qui",
            "ajoutez les lignes valide_le = … (la date) et valide_par = \"…\"",
        ),
        (None, Some(_)) => (
            "ce bilan est validé, mais ne dit pas quand",
            "ajoutez la ligne valide_le = … (la date)",
        ),
        (Some(_), None) => (
            "ce bilan est validé, mais ne dit pas par qui",
            "ajoutez la ligne valide_par = \"…\" (l’identifiant de la personne)",
        ),
        // The name of the file counts: BILAN-DATE tells when the date differs.
        (Some(date), Some(_)) if date < review.key.date => {
            let message = format!(
                "ce bilan du {} serait validé avant d’être fait, le {}",
                long_date(review.key.date),
                long_date(date)
            );
            return Some(
                Finding::new(&CODE, at("valide_le"), message)
                    .help("corrigez la date de validation"),
            );
        }
        (Some(_), Some(_)) => return None,
    };
    Some(Finding::new(&CODE, at("etat"), message).help(help))
}
