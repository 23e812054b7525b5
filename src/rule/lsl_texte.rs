//! LSL-TEXTE: the texts of the livret keep to their length.

use crate::diagnostic::{Code, Finding, KeyPath, Severity, Site, key_path};
use crate::record::{LivretSection, Prose};
use crate::school::{Livret, School};
use crate::text::{characters, count};

pub(super) static CODE: Code = Code {
    name: "LSL-TEXTE",
    severity: Severity::Error,
    summary: "Un texte du livret scolaire ne dépasse pas sa longueur",
    explanation: "L’application nationale refuse un texte trop long. La longueur permise vient des règles de \
        la session de l’élève : 300 caractères pour l’appréciation générale ; 300 puis 1000 pour la synthèse \
        des PFMP (LSL-14, LSL-18, LSL-33). Le compte est exact : un caractère accentué compte pour un, un saut \
        de ligne aussi.",
    wrong: "appreciation = \"… (301 caractères)\"",
    right: "appreciation = \"… (300 caractères)\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    school.livrets.values().iter().flat_map(|livret| of_livret(school, livret)).collect()
}

fn of_livret(school: &School, livret: &Livret) -> Vec<Finding> {
    let Some(rules) = school.livret_rules_of(&school.classes[livret.class]) else {
        return Vec::new();
    };
    let record = &livret.record;
    let mut findings = Vec::new();
    let mut hold = |what: &str, text: &Option<Prose>, path: KeyPath, limit: i64| {
        let Some(text) = text else { return };
        let limit = usize::try_from(limit).unwrap_or_default();
        let length = characters(&text.0);
        if length <= limit {
            return;
        }
        let over = count(length - limit, "de trop", "de trop");
        let message = format!("{what} compte {length} caractères pour {limit} permis : {over}");
        let help = format!(
            "raccourcissez ce texte d’au moins {}",
            count(length - limit, "caractère", "caractères")
        );
        findings.push(Finding::new(&CODE, Site::value(&livret.file, path), message).help(help));
    };
    let limit = rules.appreciation_max.0;
    hold("l’appréciation générale", &record.appreciation, key_path!["appreciation"], limit);
    // A part switched off is kept as it is (LSL-13).
    let sent = |on: bool, section: LivretSection| on || section != LivretSection::Module;
    if let Some(part) = record.pfmp.as_ref().filter(|part| sent(part.exporte, rules.pfmp)) {
        let path = key_path!["pfmp", "synthese"];
        hold("la synthèse des PFMP", &part.synthese, path, rules.pfmp_max.0);
    }
    if let (Some(section), Some(limit)) = (rules.projet, rules.projet_max)
        && let Some(part) = record.projet.as_ref().filter(|part| sent(part.exporte, section))
    {
        let name = rules.projet_intitule.as_deref().unwrap_or("projet").to_lowercase();
        let what = format!("l’appréciation du {name}");
        hold(&what, &part.synthese, key_path!["projet", "synthese"], limit.0);
    }
    findings
}
