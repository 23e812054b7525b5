//! LSL-NIVEAU: the livret is filled at the levels that its rules name.

use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::record::ReferentialType;
use crate::school::School;
use crate::text::and_list;

pub(super) static CODE: Code = Code {
    name: "LSL-NIVEAU",
    severity: Severity::Error,
    summary: "Le livret scolaire concerne certains niveaux du bac pro",
    explanation: "Les règles du livret, session par session, disent à quels niveaux il se remplit : la \
        première seulement pour les plus anciennes, la première et la terminale ensuite (LSL-06). Elles sont \
        dans le référentiel des règles communes.",
    wrong: "(un fichier lsl/2025-2026.toml pour une année de seconde)",
    right: "(un fichier lsl/2026-2027.toml pour l’année de première)",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for livret in school.livrets.values() {
        let class = &school.classes[livret.class];
        let diploma = &school.referentials[livret.diploma].record;
        // Unknown rules have their own code.
        let Some(rules) = school.livret_rules(class.session()) else { continue };
        if school.livret_rules_of(class).is_some() {
            continue;
        }
        let message = if diploma.genre == ReferentialType::BacPro {
            format!(
                "le livret de la session {} ne se remplit pas en {}",
                class.session(),
                class.record.niveau.label().to_lowercase()
            )
        } else {
            format!(
                "{} était en {} en {}, sur un référentiel qui n’est pas celui d’un bac pro ({}) : pas de livret",
                school.pupils[livret.pupil].full_name(),
                class.record.nom,
                livret.year,
                diploma.sigle
            )
        };
        let levels: Vec<String> =
            rules.niveaux.iter().map(|level| level.label().to_lowercase()).collect();
        let help = format!(
            "supprimez ce fichier, ou corrigez l’année de son nom : ce livret se remplit en {}",
            and_list(&levels)
        );
        findings.push(Finding::new(&CODE, Site::file(&livret.file), message).help(help));
    }
    findings
}
