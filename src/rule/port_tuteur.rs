//! PORT-TUTEUR: a valid company review was made with the tutor, or says why not (POR-12).

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::ReviewState;
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "PORT-TUTEUR",
    severity: Severity::Error,
    summary: "Un bilan entreprise est fait avec le tuteur, ou dit pourquoi il ne l’a pas été",
    explanation: "Enseignants et tuteur évaluent ensemble les compétences développées en entreprise (POR-12). \
        Un bilan validé porte donc deux noms ; s’il a fallu évaluer sans le tuteur, il en dit le motif, qui se \
        lit sur la page. Il ne porte pas les deux.",
    wrong: "[bilan_entreprise]\nenseignant = \"mercier-paul\"\netat = \"valide\"",
    right: "[bilan_entreprise]\nenseignant = \"mercier-paul\"\ntuteur = \"Claire Perrin\"\netat = \"valide\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for portfolio in school.portfolios.values() {
        let Some(review) = &portfolio.record.bilan_entreprise else { continue };
        let at = |key: &str| Site::value(&portfolio.file, key_path!["bilan_entreprise", key]);
        match (&review.tuteur, &review.sans_tuteur) {
            (Some(_), Some(_)) => findings.push(
                Finding::new(
                    &CODE,
                    at("sans_tuteur"),
                    "ce bilan nomme le tuteur, et dit pourtant avoir été fait sans lui",
                )
                .help("supprimez l’une des deux lignes, tuteur ou sans_tuteur")
                .related(at("tuteur"), "le tuteur nommé"),
            ),
            (None, None)
                if review.etat == ReviewState::Valid && !school.is_broken(&portfolio.file) =>
            {
                findings.push(
                    Finding::new(
                        &CODE,
                        at("etat"),
                        "ce bilan entreprise est validé, mais ne dit pas quel tuteur a évalué",
                    )
                    .help("ajoutez la ligne tuteur = \"…\" (son nom) ou, si le bilan a dû se faire sans le tuteur, sans_tuteur = \"…\" (le motif)"),
                );
            }
            _ => {}
        }
    }
    findings
}
