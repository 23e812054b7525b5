//! Every kind of document of the invented school, and of schools that go to extremes, is printed and
//! judged.

use std::collections::BTreeMap;
use std::sync::Mutex;

use jalon::page::{
    DOCUMENT_KINDS, Desk, Document, Edition, Mark, Recorded, Site, documents, gallery_examples,
};
use jalon::paper::{Facts, Press, PrintError, Sheet, picture};
use jalon::record;
use jalon::render::{Printery, RenderError};
use jalon::school::{self, School};
use jalon::source::{Folder, Memory, Source, Texts, write_if_changed};
use jalon::text::Date;

use crate::browser::press;
use crate::{fonts_are_embedded, judge};

fn read(source: &dyn Source) -> School {
    let (texts, _) = Texts::read(source).unwrap();
    school::link(record::load(&texts).0).0
}

/// Chooses among all documents by address.
type Choice = dyn Fn(&BTreeMap<String, Document>) -> Vec<(String, Document)>;

/// Prints the documents that `choose` keeps, by address, each with its title.
fn printed(press: &Press, school: &School, choose: &Choice) -> BTreeMap<String, Vec<u8>> {
    printed_with(press, school, choose, None)
}

/// Prints documents of a state of the past.
fn printed_with(
    press: &Press,
    school: &School,
    choose: &Choice,
    mark: Option<Mark>,
) -> BTreeMap<String, Vec<u8>> {
    let site = Site::new(school, &[], Date::new(2026, 11, 22).unwrap()).marked(mark);
    let edition = |path: &str| {
        let commit = format!("{:040x}", path.len());
        Recorded::By(Edition { commit, at: "2026-12-11T09:30:00Z".parse().unwrap() })
    };
    let photograph = |_: &str| None;
    let desk = Desk { site: &site, edition: &edition, logo: None, photograph: &photograph };
    let printery = Printery::new().unwrap();
    let chosen = choose(&documents(&site));
    let make = |at: usize| -> Result<Sheet, RenderError> {
        let sheet = printery.sheet(&desk, chosen[at].1)?;
        let html = sheet.page();
        let facts = Facts {
            title: sheet.facts.title,
            author: sheet.facts.author,
            subject: sheet.facts.subject,
            modified: sheet.facts.modified,
        };
        Ok(Sheet { html, facts })
    };
    let files = Mutex::new(BTreeMap::new());
    let done = |at: usize, file: Result<Vec<u8>, PrintError>| {
        let file = file.unwrap_or_else(|error| panic!("{}: {error:?}", chosen[at].0));
        files.lock().unwrap().insert(chosen[at].0.clone(), file);
    };
    press.print_all(chosen.len(), &make, &done).unwrap();
    files.into_inner().unwrap()
}

/// Writes files flat into a folder and has them judged.
fn judged(files: &BTreeMap<String, Vec<u8>>) {
    let folder = tempfile::tempdir().unwrap();
    for (address, bytes) in files {
        let document = lopdf::Document::load_mem(bytes).unwrap();
        fonts_are_embedded(&document);
        let name = address.replace(['/', '.'], "-");
        write_if_changed(&folder.path().join(format!("{name}.pdf")), bytes).unwrap();
    }
    judge::conforms(folder.path());
}

#[test]
fn every_kind_conforms_and_keeps_its_bytes() {
    let Some(press) = press() else { return };
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    let school = read(&Folder::open(content).unwrap());
    let first = printed(&press, &school, &gallery_examples);
    assert_eq!(first.len(), DOCUMENT_KINDS.len(), "the invented school has every kind");
    judged(&first);
    for (address, bytes) in &first {
        let drawn = picture(bytes).unwrap();
        assert!(drawn.starts_with(b"\x89PNG"), "{address}");
    }
    // Another press, other neighbours, the other way round: the same bytes.
    let again = crate::browser::press().unwrap();
    let some = |all: &BTreeMap<String, Document>| -> Vec<(String, Document)> {
        gallery_examples(all).into_iter().rev().step_by(3).collect()
    };
    for (address, bytes) in printed(&again, &school, &some) {
        assert!(first[&address] == bytes, "{address} differs");
    }
}

/// The invented school, with the longest names and texts that the records take.
fn extreme() -> School {
    let content = Folder::open(concat!(env!("CARGO_MANIFEST_DIR"), "/content")).unwrap();
    let (comment, name) =
        ("W".repeat(300), "Wolfeschlegelsteinhausenbergerdorff-Nguyễn-Łukasiewicz-Şahin-Țepeș");
    let widen = |path: &str, text: String| -> String {
        let line = |line: &str| -> String {
            let key = line.split_once(" = \"").map_or("", |(key, _)| key);
            match key {
                "nom" if path.ends_with("student.toml") => format!("nom = \"{name}\""),
                "constats" | "conseils" | "commentaire" if line.ends_with('"') => {
                    format!("{key} = \"{comment}\"")
                }
                _ => line.to_owned(),
            }
        };
        text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
    };
    let entries = content.list().unwrap().entries;
    let files = entries.into_iter().map(|entry| {
        let bytes = content.read(&entry.path).unwrap();
        let bytes = match String::from_utf8(bytes) {
            Ok(text) if entry.path.starts_with("students/") => {
                widen(&entry.path, text).into_bytes()
            }
            Ok(text) => text.into_bytes(),
            Err(error) => error.into_bytes(),
        };
        (entry.path, bytes)
    });
    read(&Memory(files.collect()))
}

#[test]
fn extremes_conform() {
    let Some(press) = press() else { return };
    // The mark of a past day makes each a little longer, and stands in each margin.
    let (commit, day) = ("a1b2c3d4".repeat(5), Date::new(2026, 9, 23).unwrap());
    let mark = Some(Mark { commit, day, evening: true });
    let files = printed_with(&press, &extreme(), &gallery_examples, mark);
    assert!(files.len() > 20, "{}", files.len());
    judged(&files);
}
