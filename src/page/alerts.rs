//! What could not be read and what to mend, file by file.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Frame, Site, edit_link, frame};
use crate::diagnostic::{Diagnostic, Severity};

/// The context of the page of alerts.
#[derive(Debug, Serialize)]
pub struct AlertsPage {
    /// Around the page.
    pub frame: Frame,
    /// Files that could not be read.
    pub unreadable: Vec<AlertFile>,
    /// Files that were read, with errors.
    pub errors: Vec<AlertFile>,
    /// Files where only something is worth a look.
    pub warnings: Vec<AlertFile>,
}

/// A file and what was found in it.
#[derive(Debug, Serialize)]
pub struct AlertFile {
    /// Its path.
    pub file: String,
    /// What was found, in the order of the file.
    pub findings: Vec<AlertLine>,
    /// Way to change it.
    pub edit: Option<String>,
}

/// Something that was found.
#[derive(Debug, Serialize)]
pub struct AlertLine {
    /// Line, from 1.
    pub line: usize,
    /// Whether it is an error.
    pub error: bool,
    /// One sentence, with its capital and full stop.
    pub sentence: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// Computes the page of alerts. What concerns a private scenario is told to its author by the
/// check, not here (SCE-15).
pub fn alerts_page(site: &Site<'_>, at: &str) -> AlertsPage {
    let hidden: BTreeSet<&str> = site
        .school
        .scenarios
        .values()
        .iter()
        .filter(|scenario| scenario.record.prive)
        .map(|scenario| scenario.file.as_ref())
        .collect();
    let mut files: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in site.diagnostics {
        files.entry(&diagnostic.file).or_default().push(diagnostic);
    }
    for file in site.school.broken.keys() {
        files.entry(file).or_default();
    }
    let mut page = AlertsPage {
        frame: frame(site, at, "Alertes", None, None),
        unreadable: Vec::new(),
        errors: Vec::new(),
        warnings: Vec::new(),
    };
    for (file, mut found) in files {
        if hidden.contains(file) {
            continue;
        }
        found.sort_by(|a, b| a.order(b));
        let is_error = |diagnostic: &&Diagnostic| diagnostic.code.severity == Severity::Error;
        let list = if site.school.broken.contains_key(file) {
            &mut page.unreadable
        } else if found.iter().any(is_error) {
            &mut page.errors
        } else {
            &mut page.warnings
        };
        list.push(AlertFile {
            file: file.to_owned(),
            findings: found.into_iter().map(line).collect(),
            edit: edit_link(site, file),
        });
    }
    page
}

fn line(diagnostic: &Diagnostic) -> AlertLine {
    AlertLine {
        line: diagnostic.span.start.line,
        error: diagnostic.code.severity == Severity::Error,
        sentence: sentence(&diagnostic.message),
        help: diagnostic.help.as_deref().map(sentence),
    }
}

/// A message as a sentence: capital and full stop.
fn sentence(message: &str) -> String {
    let mut chars = message.chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut text: String = first.to_uppercase().collect();
    text.push_str(chars.as_str());
    if !text.ends_with(['.', '!', '?', '…']) {
        text.push('.');
    }
    text
}
