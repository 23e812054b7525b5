//! The pipeline as the commands call it: the one place that knows all the rooms of the house.

use std::sync::{Mutex, PoisonError};

use crate::diagnostic::face::Tally;
use crate::diagnostic::{Diagnostic, Finding};
use crate::page::Site;
use crate::record::{self, Records};
use crate::render::{self, Bytes, Files, PageMemo, Refused, Sink};
use crate::rule;
use crate::school::{self, School};
use crate::serve;
use crate::source::{Output, Shelf, Source, SourceError, Texts};
use crate::text::Date;

use super::Timings;

/// A school, checked.
#[derive(Debug)]
pub struct Checked {
    /// The texts it was read from.
    pub texts: Texts,
    /// The school, without what could not be read.
    pub school: School,
    /// All that is wrong, in order.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a run remembers for the next one of the same process: texts, records, files of the site.
#[derive(Debug, Default)]
pub struct Memory {
    shelf: Shelf,
    records: record::Memo,
    pages: PageMemo,
}

/// Reads, links and checks a school.
///
/// # Errors
/// When the source itself fails.
pub fn check(source: &dyn Source, timings: &mut Timings) -> Result<Checked, SourceError> {
    let (texts, findings) = timings.step("lecture", || Texts::read(source))?;
    let loaded = timings.step("analyse", || record::load(&texts));
    Ok(finish(texts, findings, loaded, timings))
}

/// Does what [`check`] does, reading and decoding again only what changed.
///
/// # Errors
/// When the source itself fails.
pub fn check_again(source: &dyn Source, memory: &mut Memory) -> Result<Checked, SourceError> {
    let (texts, findings) = Texts::read_with(source, &mut memory.shelf)?;
    let loaded = record::load_with(&texts, &mut memory.records);
    Ok(finish(texts, findings, loaded, &mut Timings::default()))
}

fn finish(
    texts: Texts,
    mut findings: Vec<Finding>,
    (records, found): (Records, Vec<Finding>),
    timings: &mut Timings,
) -> Checked {
    findings.extend(found);
    let (school, found) = timings.step("liens", || school::link(records));
    findings.extend(found);
    findings.extend(timings.step("règles", || rule::check(&school)));
    let diagnostics = timings.step("rapport", || record::report(findings, &texts));
    Checked { texts, school, diagnostics }
}

/// Renders the staff's site, with the documents that scenarios carry, file by file into a sink.
///
/// # Errors
/// When a page cannot be made, a document cannot be read, or the sink refuses a file.
pub fn staff_site(
    source: &dyn Source,
    checked: &Checked,
    today: Date,
    sink: &dyn Sink,
    timings: &mut Timings,
) -> anyhow::Result<()> {
    let site = timings.step("vues", || Site::new(&checked.school, &checked.diagnostics, today));
    timings.step("pages", || fill(source, checked, &site, &[], &mut PageMemo::default(), sink))
}

/// Does what [`staff_site`] does in memory, keeping the pages of pupils that nothing changed.
///
/// # Errors
/// As [`staff_site`].
pub fn staff_site_again(
    source: &dyn Source,
    checked: &Checked,
    today: Date,
    memory: &mut Memory,
) -> anyhow::Result<Files> {
    let site = Site::new(&checked.school, &checked.diagnostics, today);
    let fingerprints = serve::fingerprints(&checked.school, &checked.texts);
    let files = Mutex::new(Files::new());
    fill(source, checked, &site, &fingerprints, &mut memory.pages, &files)?;
    Ok(files.into_inner().unwrap_or_else(PoisonError::into_inner))
}

fn fill(
    source: &dyn Source,
    checked: &Checked,
    site: &Site<'_>,
    fingerprints: &[render::Fingerprint],
    pages: &mut PageMemo,
    sink: &dyn Sink,
) -> anyhow::Result<()> {
    let attachments = render::attachments(site);
    for (from, to) in &attachments {
        sink.put(to, source.read(from)?.into())?;
    }
    let rendered = render::render_into(site, fingerprints, pages, sink)?;
    sink.put("build.json", build_facts(checked, attachments.len() + rendered).into())?;
    Ok(())
}

/// What is rendered goes straight to the disk.
impl Sink for Output {
    fn put(&self, address: &str, bytes: Bytes) -> Result<(), Refused> {
        self.write(address, &bytes).map_err(Refused::new)
    }
}

/// What made the site: the only file that depends on the program rather than on the records.
fn build_facts(checked: &Checked, files: usize) -> Vec<u8> {
    let tally = Tally::of(&checked.diagnostics);
    let facts = serde_json::json!({
        "jalon": env!("CARGO_PKG_VERSION"),
        "fichiers_lus": checked.texts.len(),
        "fichiers_du_site": files,
        "erreurs": tally.errors,
        "avertissements": tally.warnings,
    });
    format!("{facts:#}\n").into_bytes()
}
