//! LSL-PERIODICITE: each level of each diploma has its rhythm for the LSL, once.

use std::collections::BTreeSet;

use super::shared::twice::repeated;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::{ReferentialType, StudyLevel};
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "LSL-PERIODICITE",
    severity: Severity::Warning,
    summary: "Le livret scolaire a une périodicité pour chaque diplôme, en première et en terminale",
    explanation: "Rien ne peut être saisi dans le livret scolaire tant que sa périodicité, trimestre ou \
        semestre, n’est pas réglée (PER-06). Elle se règle une fois par diplôme et par niveau ; deux niveaux \
        d’un même diplôme peuvent différer (PER-05).",
    wrong: "# calendar/2026-2027.toml\n(aucune entrée [[lsl]])",
    right: "# calendar/2026-2027.toml\n[[lsl]]\ndiplome = \"mcv-a\"\nniveau = \"premiere\"\nperiodicite = \"semestre\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    let current = school.current_year();
    for year in school.years.iter().filter(|year| year.year >= current) {
        // A year without a calendar has its own rule.
        let Some(calendar) = &year.calendar else { continue };
        let set = &calendar.record.lsl;
        for (again, first) in repeated(set.iter().map(|lsl| (&lsl.diplome, lsl.niveau))) {
            let message = format!(
                "la périodicité du livret de {} en {} est réglée deux fois",
                quoted(&set[again].diplome),
                set[again].niveau.label().to_lowercase()
            );
            let at = |n: usize| Site::value(&calendar.file, key_path!["lsl", n, "periodicite"]);
            findings.push(
                Finding::new(&CODE, at(again), message)
                    .help("gardez une seule des deux entrées")
                    .related(at(first), "premier réglage"),
            );
        }
        let mut missing = BTreeSet::new();
        for class in year.classes.iter().map(|ix| &school.classes[*ix]) {
            let diploma = &school.referentials[class.diploma];
            let level = class.record.niveau;
            let has_livret = diploma.record.genre == ReferentialType::BacPro
                && matches!(level, StudyLevel::Premiere | StudyLevel::Terminale);
            if has_livret
                && !set.iter().any(|lsl| *lsl.diplome == diploma.code && lsl.niveau == level)
            {
                missing.insert((level, class.diploma));
            }
        }
        for (level, diploma) in missing {
            let diploma = &school.referentials[diploma];
            let message = format!(
                "la périodicité du livret scolaire n’est pas réglée pour {} en {}",
                diploma.record.sigle,
                level.label().to_lowercase()
            );
            findings.push(
                Finding::new(&CODE, Site::file(&calendar.file), message).help(format!(
                    "ajoutez une entrée [[lsl]] avec diplome = \"{}\", niveau = \"{}\" et periodicite = \"semestre\" ou \"trimestre\"",
                    diploma.code,
                    level.as_str()
                )),
            );
        }
    }
    findings
}
