//! The pipeline as the commands call it: the one place that knows all the rooms of the house.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::face::Tally;
use crate::page::Site;
use crate::record;
use crate::render;
use crate::rule;
use crate::school::{self, School};
use crate::source::{Source, SourceError, Texts};

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

/// Reads, links and checks a school.
///
/// # Errors
/// When the source itself fails.
pub fn check(source: &dyn Source, timings: &mut Timings) -> Result<Checked, SourceError> {
    let (texts, mut findings) = timings.step("lecture", || Texts::read(source))?;
    let (records, found) = timings.step("analyse", || record::load(&texts));
    findings.extend(found);
    let (school, found) = timings.step("liens", || school::link(records));
    findings.extend(found);
    findings.extend(timings.step("règles", || rule::check(&school)));
    let diagnostics = timings.step("rapport", || record::report(findings, &texts));
    Ok(Checked { texts, school, diagnostics })
}

/// Renders the staff's site, with the documents that scenarios carry.
///
/// # Errors
/// When a page cannot be made, or a document cannot be read.
pub fn staff_site(
    source: &dyn Source,
    checked: &Checked,
    timings: &mut Timings,
) -> anyhow::Result<render::Files> {
    let site = timings.step("vues", || Site::new(&checked.school, &checked.diagnostics));
    let mut files = timings.step("pages", || render::render(&site))?;
    for (from, to) in render::attachments(&site) {
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
