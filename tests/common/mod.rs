//! What several tests share: schools read from folders or from strings.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::path::Path;

use jalon::diagnostic::Diagnostic;
use jalon::record;
use jalon::school::{School, link};
use jalon::source::{Folder, Source, Texts};

/// Reads, links and reports a school.
pub fn read(source: &dyn Source) -> (School, Vec<Diagnostic>) {
    let (texts, mut findings) = Texts::read(source).unwrap();
    let (records, found) = record::load(&texts);
    findings.extend(found);
    let (school, found) = link(records);
    findings.extend(found);
    (school, record::report(findings, &texts))
}

/// The school shipped in `content/`.
pub fn shipped_school() -> (School, Vec<Diagnostic>) {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    read(&Folder::open(content).unwrap())
}
