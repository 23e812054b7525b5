//! The pipeline as the commands call it: the one place that knows all the rooms of the house.

use crate::diagnostic::{Code, Diagnostic};
use crate::page::Site;
use crate::record;
use crate::render;
use crate::school::{self, School};
use crate::source::{self, Source, SourceError, Texts};

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
    let diagnostics = timings.step("rapport", || record::report(findings, &texts));
    Ok(Checked { texts, school, diagnostics })
}

/// Renders the staff's site.
///
/// # Errors
/// When a page cannot be made.
pub fn staff_site(
    _source: &dyn Source,
    checked: &Checked,
    timings: &mut Timings,
) -> Result<render::Files, render::RenderError> {
    let site = Site::new(&checked.school, &checked.diagnostics);
    timings.step("pages", || render::render(&site))
}

/// All rules, in the order of their codes.
pub fn codes() -> Vec<&'static Code> {
    let rooms = [
        source::CODES,
        record::KIND_CODES,
        record::SYNTAX_CODES,
        record::DECODE_CODES,
        school::CODES,
    ];
    let mut codes: Vec<_> = rooms.into_iter().flatten().copied().collect();
    codes.sort_by_key(|code| code.name);
    codes
}
