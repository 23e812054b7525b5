//! Files that must be there.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Linker;
use crate::diagnostic::{Finding, Site};
use crate::record::{Kind, Records};
use crate::school::reference;
use crate::text::SchoolYear;

impl Linker {
    /// The school and its staff have their files.
    pub(super) fn missing_files(&mut self, records: &Records) {
        let broken = |kind: &Kind| records.broken.iter().any(|(_, other)| other == kind);
        for (there, kind, name, what, first) in [
            (
                records.school.is_some(),
                Kind::School,
                "school.toml",
                "l’établissement",
                "avec le nom et l’adresse électronique de l’établissement",
            ),
            (
                records.staff.is_some(),
                Kind::Staff,
                "staff.toml",
                "l’équipe : aucun DDFPT ni chef d’établissement n’est connu",
                "en commençant par le DDFPT ou le chef d’établissement",
            ),
        ] {
            if !there && !broken(&kind) {
                let site = Site::file(&Arc::from(name));
                let message = format!("il manque le fichier {name}, qui décrit {what}");
                self.findings.push(
                    Finding::new(&reference::MISSING_FILE, site, message)
                        .help(format!("créez le fichier {name} à côté des autres, {first}")),
                );
                self.staff_broken |= name == "staff.toml";
            }
        }
    }

    /// The current year has its classes, and so has each year that has a calendar.
    pub(super) fn missing_classes(&mut self, records: &Records) {
        let described: BTreeSet<SchoolYear> =
            records.classes.iter().map(|loaded| loaded.key).collect();
        let current = records.school.iter().map(|school| school.record.annee);
        let expected: BTreeSet<SchoolYear> =
            records.calendars.iter().map(|loaded| loaded.key).chain(current).collect();
        for year in expected {
            if described.contains(&year) || self.broken_years.contains(&year) {
                continue;
            }
            let name = format!("classes/{year}.toml");
            let message = format!("il manque le fichier {name}, qui décrit les classes de {year}");
            self.findings.push(
                Finding::new(&reference::MISSING_FILE, Site::file(&Arc::from(name.as_str())), message)
                    .help("demandez au DDFPT de faire l’import de SIECLE et de STS pour cette année, ou corrigez l’année"),
            );
            self.years_without_classes.insert(year);
        }
    }
}
