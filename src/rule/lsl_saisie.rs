//! LSL-SAISIE: nothing is entered in the livret before its rhythm is set.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::StudyLevel;
use crate::school::{Ix, Livret, Referential, School};
use crate::text::{SchoolYear, count};

pub(super) static CODE: Code = Code {
    name: "LSL-SAISIE",
    severity: Severity::Error,
    summary: "Aucune note au livret avant que sa périodicité soit réglée",
    explanation: "Le chef d’établissement ou le DDFPT règle d’abord la périodicité du livret, trimestre ou \
        semestre, pour chaque diplôme et niveau (PER-05). Rien ne peut être saisi avant (PER-06) : les notes \
        déjà écrites pourraient ne correspondre à aucune période.",
    wrong: "[[notes]] dans un livret de terminale, sans [[lsl]] pour la terminale au calendrier",
    right: "# calendar/2026-2027.toml\n[[lsl]]\ndiplome = \"mcv-a\"\nniveau = \"terminale\"\nperiodicite = \"semestre\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    type Key = (SchoolYear, Ix<Referential>, StudyLevel);
    // The first livret of each diploma and level, and how many others there are.
    let mut early: BTreeMap<Key, (&Livret, usize)> = BTreeMap::new();
    for livret in school.livrets.values() {
        let class = &school.classes[livret.class];
        let level = class.record.niveau;
        if livret.record.notes.is_empty() || school.livret_rules_of(class).is_none() {
            continue;
        }
        // A year without a calendar has its own rule.
        let calendar = school.year(livret.year).and_then(|year| year.calendar.as_ref());
        let Some(calendar) = calendar else { continue };
        let code = &school.referentials[livret.diploma].code;
        let set = &calendar.record.lsl;
        if set.iter().any(|lsl| lsl.diplome.0 == *code && lsl.niveau == level) {
            continue;
        }
        let key = (livret.year, livret.diploma, level);
        early.entry(key).and_modify(|(_, others)| *others += 1).or_insert((livret, 0));
    }
    early
        .into_iter()
        .map(|((year, diploma, level), (livret, others))| {
            let diploma = &school.referentials[diploma];
            let others = match others {
                0 => String::new(),
                others => format!(" ({} dans le même cas)", count(others, "autre livret", "autres livrets")),
            };
            let message = format!(
                "ce livret a des notes, mais la périodicité de {} en {} n’est pas réglée{others}",
                diploma.record.sigle,
                level.label().to_lowercase()
            );
            Finding::new(&CODE, Site::key(&livret.file, key_path!["notes"]), message).help(format!(
                "ajoutez dans calendar/{year}.toml une entrée [[lsl]] avec diplome = \"{}\", niveau = \"{}\" et periodicite = \"semestre\" ou \"trimestre\"",
                diploma.code,
                level.as_str()
            ))
        })
        .collect()
}
