//! BILAN-TEXTE: a validated review has its two texts.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Prose;
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "BILAN-TEXTE",
    severity: Severity::Warning,
    summary: "Un bilan validé a des constats et des conseils",
    explanation: "Les constats et les conseils sont lus par la famille avant le tableau (BIL-07), et les \
        conseils passent dans le bulletin de PRONOTE (BIL-16). Un bilan sans eux ne dit pas à l’élève comment \
        progresser.",
    wrong: "etat = \"valide\"\nconstats = \"\"",
    right: "etat = \"valide\"\nconstats = \"Léa accueille le client avec aisance.\"\nconseils = \"Préparer les questions de découverte.\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let lacks = |text: &Option<Prose>| text.as_ref().is_none_or(|prose| prose.0.is_empty());
    let mut findings = Vec::new();
    for review in school.reviews.values().iter().filter(|review| review.is_valid()) {
        let record = &review.record;
        let (key, lacking) = match (lacks(&record.constats), lacks(&record.conseils)) {
            (true, true) => ("constats", "ni constats ni conseils"),
            (true, false) => ("constats", "pas de constats"),
            (false, true) => ("conseils", "pas de conseils"),
            (false, false) => continue,
        };
        if school.is_broken(&review.file) {
            continue;
        }
        let site = Site::value(&review.file, key_path![key]);
        findings.push(
            Finding::new(&CODE, site, format!("ce bilan validé n’a {lacking}"))
                .help(format!("écrivez le texte entre guillemets : {key} = \"…\"")),
        );
    }
    findings
}
