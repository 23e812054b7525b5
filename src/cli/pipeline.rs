//! The pipeline as the commands call it: the one place that knows all the rooms of the house.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::face::Tally;
use crate::diagnostic::{Diagnostic, Finding};
use crate::history::{self, Audit, BranchError, Chronicle, Method, Moment, Verdict};
use crate::page::{Mark, Site};
use crate::record::{self, Records};
use crate::render::{self, Bytes, Files, PageMemo, Refused, Sink};
use crate::rule;
use crate::school::{self, School};
use crate::serve;
use crate::source::{ObjectId, Output, Past, Revision, Shelf, Source, SourceError, Texts};
use crate::text::Date;

use super::lacking::Lacking;
use super::scenario_documents::{self, Kept};
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

/// What a run remembers for the next one of the same process: texts, records, files of the site.
#[derive(Debug, Default)]
pub struct Memory {
    shelf: Shelf,
    records: record::Memo,
    pages: PageMemo,
    photographs: Files,
    office: Kept,
    head: Option<ObjectId>,
    annals: Option<(Audit, Chronicle)>,
}

impl Memory {
    /// Takes in what Git tells of the records, when another version is checked out than the last
    /// time: every page may show it, so that none is kept.
    ///
    /// # Errors
    /// When there is a history and it cannot be read.
    pub fn look_back(&mut self, content: &Path, wanted: &Wanted) -> anyhow::Result<()> {
        let asked = wanted.mark.as_ref().map(|mark| mark.commit.as_str());
        let head = match asked {
            Some(commit) => commit.parse().ok(),
            None => Past::open(content)?.and_then(|past| past.head()),
        };
        if head != self.head {
            self.annals = annals(content, asked, None, wanted.today)?;
            self.pages = PageMemo::default();
            self.head = head;
        }
        Ok(())
    }

    /// The photographs of the last site, by address.
    pub(super) fn photographs(&self) -> &Files {
        &self.photographs
    }
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

/// A proposal: what a version, or the folder as it stands, brings to another one.
#[derive(Debug)]
pub struct Proposal<'a> {
    /// The folder of `school.toml`.
    pub folder: &'a Path,
    /// The version that it wants to join, and its name.
    pub base: (ObjectId, &'a str),
    /// The version that brings it; nothing for the folder as it stands.
    pub head: Option<ObjectId>,
    /// The day it is.
    pub today: Date,
}

/// Checks what a proposal leads to, and judges what it changes. Faults that were there before, in
/// files that it does not touch, are not told.
///
/// # Errors
/// When the records or their past cannot be read, or the past does not reach far enough.
pub fn check_proposal(
    source: &dyn Source,
    proposal: &Proposal<'_>,
    timings: &mut Timings,
) -> anyhow::Result<Checked> {
    let (texts, findings) = timings.step("lecture", || Texts::read(source))?;
    let loaded = timings.step("analyse", || record::load(&texts));
    let verdict = timings.step("changements", || judged(proposal, &texts, &loaded.0))?;
    let mut checked = finish(texts, findings, loaded, timings);
    let changed: BTreeSet<&Arc<str>> = verdict.changed.iter().collect();
    let told = |one: &Diagnostic| (one.code.name, Arc::clone(&one.file), one.message.clone());
    if checked.diagnostics.iter().any(|one| !changed.contains(&one.file)) {
        let fork = Revision::open(proposal.folder, &verdict.fork.to_string())?;
        let before = check(&fork, &mut Timings::default())?;
        let before: BTreeSet<_> = before.diagnostics.iter().map(told).collect();
        checked
            .diagnostics
            .retain(|one| changed.contains(&one.file) || !before.contains(&told(one)));
    }
    let breaches = verdict.breaches.into_iter().map(|judged| judged.breach.finding).collect();
    checked.diagnostics.extend(record::report(breaches, &checked.texts));
    checked.diagnostics.sort_by(Diagnostic::order);
    checked.diagnostics.dedup_by(|a, b| a.order(b).is_eq());
    Ok(checked)
}

fn judged(proposal: &Proposal<'_>, texts: &Texts, records: &Records) -> anyhow::Result<Verdict> {
    let past = Past::open(proposal.folder)?
        .ok_or_else(|| Lacking::Repository(proposal.folder.to_path_buf()))?;
    let head = proposal.head.or(past.head()).ok_or(Lacking::Commits)?;
    let unrecorded = match proposal.head {
        Some(_) => None,
        None => history::unrecorded(&past, head, texts, proposal.today)?,
    };
    let now = Moment::of(records);
    let verdict = history::judge_branch(&past, proposal.base, head, unrecorded, &now, rule::judge);
    verdict.map_err(|error| match error {
        BranchError::Shallow => Lacking::Beginning.into(),
        error => error.into(),
    })
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

/// What Git tells of the records up to a version, or up to the one that is checked out; nothing
/// where there is no history, or not all of it. `kept` is where what was found is kept.
///
/// # Errors
/// When there is a history and it cannot be read.
pub fn annals(
    content: &Path,
    head: Option<&str>,
    kept: Option<&Path>,
    today: Date,
) -> anyhow::Result<Option<(Audit, Chronicle)>> {
    let Some(past) = Past::open(content)?.filter(|past| !past.is_shallow()) else {
        return Ok(None);
    };
    let head = match head {
        Some(name) => Some(past.resolve(name)?),
        None => past.head(),
    };
    let Some(head) = head else { return Ok(None) };
    let method = Method { judge: rule::judge, edition: &rule::edition(), kept, today };
    Ok(Some(history::annals(&past, head, &method)?))
}

/// Which site is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The day of the console.
    pub today: Date,
    /// Whether pages lead to documents to print.
    pub documents: bool,
    /// Which state of the past this is; nothing for the present one.
    pub mark: Option<Mark>,
}

/// Renders the staff's site, with the documents that scenarios carry and the photographs of books,
/// file by file into a sink. Gives what pages and documents share. `earlier` gives the file that an earlier run left at an address.
///
/// # Errors
/// When a page cannot be made, a document cannot be read, or the sink refuses a file.
pub fn staff_site<'c>(
    source: &dyn Source,
    checked: &'c Checked,
    (wanted, annals): (&Wanted, Option<&'c (Audit, Chronicle)>),
    (sink, earlier): (&dyn Sink, &Earlier<'_>),
    timings: &mut Timings,
) -> anyhow::Result<Site<'c>> {
    let undrawn = timings.step("photographies", || draw(source, checked, earlier, sink))?;
    let site = timings.step("vues", || wanted.site(checked, undrawn).with_annals(annals));
    timings.step("pages", || {
        fill(source, checked, &site, &[], (&mut PageMemo::default(), None), sink)
    })?;
    Ok(site)
}

/// Does what [`staff_site`] does in memory, keeping the pages of pupils that nothing changed.
///
/// # Errors
/// As [`staff_site`].
pub fn staff_site_again(
    source: &dyn Source,
    checked: &Checked,
    wanted: &Wanted,
    memory: &mut Memory,
) -> anyhow::Result<Files> {
    let kept = std::mem::take(&mut memory.photographs);
    let drawn = Mutex::new(Files::new());
    let earlier = |address: &str| kept.get(address).map(|bytes| bytes.to_vec());
    let undrawn = draw(source, checked, &earlier, &drawn)?;
    let drawn = drawn.into_inner().unwrap_or_else(PoisonError::into_inner);
    memory.photographs.clone_from(&drawn);
    let Memory { pages, annals, office, .. } = memory;
    let site = wanted.site(checked, undrawn).with_annals(annals.as_ref());
    let fingerprints = serve::fingerprints(&checked.school, &checked.texts);
    let files = Mutex::new(drawn);
    fill(source, checked, &site, &fingerprints, (pages, Some(office)), &files)?;
    Ok(files.into_inner().unwrap_or_else(PoisonError::into_inner))
}

impl Wanted {
    /// What the pages of a site share; `undrawn` are the photographs that could not be drawn.
    pub(super) fn site<'c>(&self, checked: &'c Checked, undrawn: BTreeSet<String>) -> Site<'c> {
        let site = Site::new(&checked.school, &checked.diagnostics, self.today);
        let site = site.without(undrawn).marked(self.mark.clone());
        let office = scenario_documents::offered(&site, &checked.texts);
        let site = site.offering(office);
        if self.documents { site } else { site.without_documents() }
    }
}

/// What an earlier run left at an address, if anything.
pub(super) type Earlier<'a> = dyn Fn(&str) -> Option<Vec<u8>> + Sync + 'a;

/// Draws the photographs of books into a sink; gives the paths of those that could not be drawn.
fn draw(
    source: &dyn Source,
    checked: &Checked,
    earlier: &Earlier<'_>,
    sink: &dyn Sink,
) -> anyhow::Result<BTreeSet<String>> {
    let put = |address: &str, bytes: Vec<u8>| Ok(sink.put(address, bytes.into())?);
    photographs::draw(source, &checked.school, earlier, &put)
}

fn fill(
    source: &dyn Source,
    checked: &Checked,
    site: &Site<'_>,
    fingerprints: &[render::Fingerprint],
    (pages, office): (&mut PageMemo, Option<&mut Kept>),
    sink: &dyn Sink,
) -> anyhow::Result<()> {
    let attachments = render::attachments(site);
    for (from, to) in &attachments {
        sink.put(to, source.read(from)?.into())?;
    }
    let offered = scenario_documents::make(source, checked, site, office, sink)?;
    let rendered = render::render_into(site, fingerprints, pages, sink)?;
    let facts = build_facts(checked, attachments.len() + offered + rendered, site.mark.as_ref());
    sink.put(FACTS, facts.into())?;
    Ok(())
}

/// What is rendered goes straight to the disk.
impl Sink for Output {
    fn put(&self, address: &str, bytes: Bytes) -> Result<(), Refused> {
        self.write(address, &bytes).map_err(Refused::new)
    }
}

/// Where a site says what made it.
const FACTS: &str = "build.json";

/// Whether what an earlier run left there is a site of the present.
pub(super) fn is_of_the_present(earlier: &Earlier<'_>) -> bool {
    let facts = earlier(FACTS).and_then(|bytes| serde_json::from_slice(&bytes).ok());
    facts.is_some_and(|facts: serde_json::Value| facts.get("passe").is_none())
}

/// What made the site: the only file that depends on the program rather than on the records.
fn build_facts(checked: &Checked, files: usize, mark: Option<&Mark>) -> Vec<u8> {
    let tally = Tally::of(&checked.diagnostics);
    let mut facts = serde_json::json!({
        "jalon": env!("CARGO_PKG_VERSION"),
        "fichiers_lus": checked.texts.len(),
        "fichiers_du_site": files,
        "erreurs": tally.errors,
        "avertissements": tally.warnings,
    });
    if let Some(mark) = mark {
        facts["passe"] = serde_json::json!({
            "jour": mark.day.to_string(),
            "au_soir": mark.evening,
            "version": mark.commit,
        });
    }
    format!("{facts:#}\n").into_bytes()
}
