//! The pipeline as the commands call it: the one place that knows all the rooms of the house.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::face::Tally;
use crate::diagnostic::{Diagnostic, Finding};
use crate::page::Site;
use crate::record::{self, Records};
use crate::render;
use crate::rule;
use crate::school::{self, School};
use crate::serve;
use crate::source::{Shelf, Source, SourceError, Texts};

use super::{Timings, photographs};

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

/// What a run remembers for the next one of the same process: texts, records, pages of pupils.
#[derive(Debug, Default)]
pub struct Memory {
    shelf: Shelf,
    records: record::Memo,
    pages: render::PageMemo,
    photographs: render::Files,
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

/// Renders the staff's site, with the documents that scenarios carry and the photographs of books.
/// `earlier` gives the file that an earlier run left at an address.
///
/// # Errors
/// When a page cannot be made, or a document cannot be read.
pub fn staff_site(
    source: &dyn Source,
    checked: &Checked,
    earlier: &(dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    timings: &mut Timings,
) -> anyhow::Result<render::Files> {
    let (drawn, undrawn) =
        timings.step("photographies", || photographs_of(source, checked, earlier))?;
    let site = timings.step("vues", || Site::new(&checked.school, &checked.diagnostics));
    let site = site.without(undrawn);
    let mut files = timings.step("pages", || render::render(&site))?;
    files.extend(drawn);
    complete(source, checked, &site, files)
}

/// Does what [`staff_site`] does, keeping the pages of pupils that nothing changed.
///
/// # Errors
/// As [`staff_site`].
pub fn staff_site_again(
    source: &dyn Source,
    checked: &Checked,
    memory: &mut Memory,
) -> anyhow::Result<render::Files> {
    let kept = std::mem::take(&mut memory.photographs);
    let (drawn, undrawn) = photographs_of(source, checked, &|address| kept.get(address).cloned())?;
    memory.photographs.clone_from(&drawn);
    let site = Site::new(&checked.school, &checked.diagnostics).without(undrawn);
    let fingerprints = serve::fingerprints(&checked.school, &checked.texts);
    let mut files = render::render_with(&site, &fingerprints, &mut memory.pages)?;
    files.extend(drawn);
    complete(source, checked, &site, files)
}

/// The files of the photographs of books, and the paths of those that could not be drawn.
fn photographs_of(
    source: &dyn Source,
    checked: &Checked,
    earlier: &(dyn Fn(&str) -> Option<Vec<u8>> + Sync),
) -> anyhow::Result<(render::Files, BTreeSet<String>)> {
    let files = Mutex::new(render::Files::new());
    let put = |address: &str, bytes| {
        let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(address.to_owned(), bytes);
        Ok(())
    };
    let undrawn = photographs::draw(source, &checked.school, earlier, &put)?;
    Ok((files.into_inner().unwrap_or_else(PoisonError::into_inner), undrawn))
}

fn complete(
    source: &dyn Source,
    checked: &Checked,
    site: &Site<'_>,
    mut files: render::Files,
) -> anyhow::Result<render::Files> {
    for (from, to) in render::attachments(site) {
        files.insert(to, source.read(&from)?);
    }
    files.insert("build.json".to_owned(), build_facts(checked, files.len()));
    Ok(files)
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
