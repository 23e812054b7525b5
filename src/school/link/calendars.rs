//! What the calendars name.

use super::Linker;
use crate::diagnostic::{KeyPath, Site, key_path};
use crate::record;
use crate::school::School;

impl Linker {
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
