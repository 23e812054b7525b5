//! Files that must be there, and what the calendars name.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::link::Linker;
use super::{School, reference};
use crate::diagnostic::{Finding, KeyPath, Site, key_path};
use crate::record::{self, Kind, Records};
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

    /// The diplomas and classes that the calendars name.
    pub(super) fn calendars(&mut self, school: &School) {
        for year in &school.years {
            let Some(calendar) = &year.calendar else { continue };
            let file = &calendar.file;
            let mut diplomas: Vec<(KeyPath, &str)> = Vec::new();
            let mut classes: Vec<(KeyPath, &str)> = Vec::new();
            for (n, period) in calendar.record.periodes.iter().enumerate() {
                named(
                    &mut diplomas,
                    period.diplomes.as_deref(),
                    &key_path!["periodes", n, "diplomes"],
                );
                named(
                    &mut classes,
                    period.classes.as_deref(),
                    &key_path!["periodes", n, "classes"],
                );
            }
            for (n, pfmp) in calendar.record.pfmp.iter().enumerate() {
                named(&mut diplomas, pfmp.diplomes.as_deref(), &key_path!["pfmp", n, "diplomes"]);
            }
            for (n, period) in calendar.record.pronote.iter().enumerate() {
                named(&mut classes, period.classes.as_deref(), &key_path!["pronote", n, "classes"]);
            }
            for (n, deadline) in calendar.record.certification.iter().enumerate() {
                diplomas.push((key_path!["certification", n, "diplome"], &deadline.diplome));
            }
            for (n, periodicity) in calendar.record.lsl.iter().enumerate() {
                diplomas.push((key_path!["lsl", n, "diplome"], &periodicity.diplome));
            }
            for (path, code) in diplomas {
                self.diploma(school, code, Site::value(file, path));
            }
            for (path, key) in classes {
                self.class(school, year.year, key, Site::value(file, path));
            }
        }
    }
}

/// Adds the items of a list that may be absent, each with its place.
fn named<'a>(found: &mut Vec<(KeyPath, &'a str)>, list: Option<&'a [record::Id]>, path: &KeyPath) {
    let items = list.unwrap_or_default().iter().enumerate();
    found.extend(items.map(|(n, id)| (path.child(n), &**id)));
}
