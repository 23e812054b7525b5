//! Référentiels as CASE packages: files by path, for `jalon export case` and for the public folder of the site.

use std::collections::BTreeMap;
use std::path::Path;

use crate::exchange::case::{self, Framework};
use crate::record::ReferentialType;
use crate::source::Source;

use super::pipeline::Checked;

/// The files of the public folder, by path: a package a diploma, the list of documents, an index.
/// `base` is where they are published; `kept`, where what was found in the history of référentiels is kept. Where it
/// cannot be read, the packages do not say when they changed.
pub(super) fn files(
    source: &dyn Source,
    checked: &Checked,
    (base, kept): (Option<&str>, Option<&Path>),
) -> BTreeMap<String, Vec<u8>> {
    let school = &checked.school;
    let editions = source.editions(&checked.texts, "referentials", kept).unwrap_or_default();
    let referentials = school.referentials.values().iter();
    let read: Vec<(&str, toml::Table, Option<String>)> = referentials
        .filter(|one| one.record.genre != ReferentialType::Common && !school.is_broken(&one.file))
        .filter_map(|one| {
            let table = toml::from_str(checked.texts.get(&one.file)?).ok()?;
            let changed = editions
                .of(&one.file)
                .map(|edition| edition.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
            Some((one.code.as_str(), table, changed))
        })
        .collect();
    let others: BTreeMap<&str, &toml::Table> =
        read.iter().map(|(code, table, _)| (*code, table)).collect();
    let frameworks: Vec<Framework<'_>> = read
        .iter()
        .map(|(code, table, changed)| Framework {
            code,
            table,
            changed: changed.as_deref(),
            publisher: &school.establishment.nom,
            base,
            others: &others,
        })
        .collect();
    let mut files = BTreeMap::new();
    for framework in &frameworks {
        let path = case::package_path(framework.code, framework.table);
        files.insert(path, lines(&case::package(framework)));
    }
    let documents: Vec<_> = frameworks.iter().map(case::document).collect();
    if !documents.is_empty() {
        let documents = serde_json::json!({ "CFDocuments": documents });
        files.insert("ims/case/v1p1/CFDocuments".into(), lines(&documents));
    }
    files.insert("index.json".into(), lines(&case::index(&frameworks)));
    files
}

fn lines(value: &serde_json::Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}
