//! The establishment and its people.

use std::sync::Arc;

use crate::record::{self, SchoolRecord, Whole};
use crate::school::{Person, Table};
use crate::text::SchoolYear;

/// What stands for `school.toml` when it is missing or faulty.
pub(super) fn neutral_establishment(
    classes: &[record::Loaded<SchoolYear, record::Classes>],
) -> SchoolRecord {
    SchoolRecord {
        format: Whole(1),
        nom: "Établissement".into(),
        uai: String::new(),
        academie: None,
        adresse: None,
        code_postal: None,
        ville: None,
        telephone: None,
        courriel: String::new(),
        annee: classes.last().map_or(SchoolYear(2000), |loaded| loaded.key),
        logo: None,
        book: false,
        forge: None,
        familles: None,
        accessibilite: None,
        documents: None,
        transferts: None,
        siecle: None,
    }
}

/// The people of `staff.toml`, by id.
pub(super) fn link_people(staff: Option<record::Loaded<(), record::Staff>>) -> Table<Person> {
    let Some(staff) = staff else { return Table::default() };
    let mut people: Vec<Person> = staff
        .record
        .personnes
        .0
        .into_iter()
        .map(|entry| Person { id: entry.key, file: Arc::clone(&staff.file), record: entry.value })
        .collect();
    people.sort_by(|a, b| a.id.cmp(&b.id));
    Table::new(people)
}
