//! CAL-PERIODES: each class of the year has its official periods.

use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Kind;
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "CAL-PERIODES",
    severity: Severity::Warning,
    summary: "Chaque classe de l’année a ses périodes officielles",
    explanation: "Le DDFPT saisit toutes les périodes avant la rentrée (PER-01) : sans elles, aucun bilan \
        n’est attendu, et personne n’est prévenu d’un retard. Cet avertissement est une erreur avec \
        `jalon check --strict`, le contrôle de rentrée.",
    wrong: "# calendar/2026-2027.toml\n[[periodes]]\ncode = \"S1\"\nniveaux = [\"premiere\"]",
    right: "# calendar/2026-2027.toml\n[[periodes]]\ncode = \"S1\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    let current = school.current_year();
    for year in school.years.iter().filter(|year| year.year >= current) {
        let broken = |kind: &Kind| matches!(kind, Kind::Calendar(other) if *other == year.year);
        let Some(first) = year.classes.first() else { continue };
        let Some(calendar) = &year.calendar else {
            if !school.broken.values().any(broken) {
                let name: Arc<str> = Arc::from(format!("calendar/{}.toml", year.year));
                let message = format!("il manque le calendrier de {} : {name}", year.year);
                findings.push(
                    Finding::new(&CODE, Site::file(&name), message)
                        .help("le DDFPT crée ce fichier, avec les dates de l’année et les périodes officielles")
                        .related(
                            Site::file(&school.classes[*first].file),
                            "les classes de cette année",
                        ),
                );
            }
            continue;
        };
        if calendar.record.periodes.is_empty() {
            let message = format!("le calendrier de {} n’a aucune période officielle", year.year);
            findings.push(
                Finding::new(&CODE, Site::file(&calendar.file), message)
                    .help("ajoutez une entrée [[periodes]] par trimestre ou semestre, avec code, intitule, debut et fin"),
            );
            continue;
        }
        for class in year.classes.iter().map(|ix| &school.classes[*ix]) {
            if !year.periods_of(class).is_empty() {
                continue;
            }
            let message = format!(
                "la classe {} n’a aucune période officielle en {}",
                class.record.nom, year.year
            );
            let site = Site::key(&class.file, key_path!["classes", &class.key]);
            findings.push(Finding::new(&CODE, site, message).help(format!(
                "ajoutez ses trimestres ou semestres dans {}, ou élargissez ceux qui y sont",
                calendar.file
            )));
        }
    }
    findings
}
