//! The last import of SIECLE and STS, as its stored report tells it (IMP-13).

use serde::Serialize;

use crate::page::Site;
use crate::record::{Import, ImportCount, ImportedKind};
use crate::text::{Date, and_list, count, long_date};

/// The last import.
#[derive(Debug, Serialize)]
pub struct LastImport {
    /// "3 septembre 2026".
    pub date: String,
    /// "élèves, équipe et classes".
    pub files: String,
    /// "élèves : 120 créations, 230 modifications".
    pub figures: Vec<String>,
    /// What would have been refused, and was allowed.
    pub forced: Vec<String>,
    /// What remained to be done.
    pub to_do: Vec<String>,
}

/// The twin of the last import.
#[derive(Debug, Serialize)]
pub(super) struct ImportTwin<'a> {
    date: Date,
    bilan: Vec<CountTwin<'a>>,
    a_faire: &'a [String],
}

#[derive(Debug, Serialize)]
struct CountTwin<'a> {
    quoi: &'a str,
    crees: i64,
    modifies: i64,
    desactives: i64,
}

/// The report of the last import, and its day.
fn last<'a>(site: &Site<'a>) -> Option<(Date, &'a Import)> {
    let imports = site.school.imports.iter();
    let last = imports.max_by_key(|import| (import.key.1, import.key.0))?;
    Some((last.key.1.date, &last.record))
}

/// The last import, if there was one.
pub(super) fn last_import(site: &Site<'_>) -> Option<LastImport> {
    let (day, record) = last(site)?;
    let kinds: [(ImportedKind, &[&str]); 3] = [
        (ImportedKind::Pupils, &["élèves"]),
        (ImportedKind::Guardians, &["responsables"]),
        (ImportedKind::Staff, &["équipe", "classes"]),
    ];
    let read = |kind| record.fichiers.iter().any(|file| file.genre == kind);
    let brought = kinds.into_iter().filter(|(kind, _)| read(*kind));
    let brought: Vec<&str> = brought.flat_map(|(_, what)| what).copied().collect();
    Some(LastImport {
        date: long_date(day),
        files: and_list(&brought),
        figures: record.bilan.iter().map(figures).collect(),
        forced: record.forcages.clone(),
        to_do: record.a_faire.clone(),
    })
}

fn figures(line: &ImportCount) -> String {
    let number = |number: i64, one, many| {
        let number = usize::try_from(number).unwrap_or_default();
        (number > 0).then(|| count(number, one, many))
    };
    let parts: Vec<String> = [
        number(line.crees.0, "création", "créations"),
        number(line.modifies.0, "modification", "modifications"),
        number(line.desactives.0, "désactivation", "désactivations"),
    ]
    .into_iter()
    .flatten()
    .collect();
    format!("{}\u{a0}: {}", line.quoi, parts.join(", "))
}

/// The twin of the last import.
pub(super) fn import_twin<'a>(site: &Site<'a>) -> Option<ImportTwin<'a>> {
    let (date, record) = last(site)?;
    let count = |line: &'a ImportCount| CountTwin {
        quoi: &line.quoi,
        crees: line.crees.0,
        modifies: line.modifies.0,
        desactives: line.desactives.0,
    };
    Some(ImportTwin {
        date,
        bilan: record.bilan.iter().map(count).collect(),
        a_faire: &record.a_faire,
    })
}
