//! The canonical layout of a record: what `jalon fmt` writes and `jalon fmt --check` asks for.
//!
//! A text is read as the events of the TOML grammar and printed again line by line, so that nothing
//! can get lost or change places: every key, value and comment is printed where it was met. Only
//! blanks, the quotes of simple texts and keys, and the comma after a list's last item change.
//!
//! - line breaks `\n`, no byte order mark, one line break at the end;
//! - one blank line before a table header and the comments above it, never two, none at the top;
//! - `key = value`, no indentation, one space before a comment at the end of a line;
//! - a list on one line when it fits in [`WIDTH`] columns and holds no comment, else one item a
//!   line, indented by two spaces, with a comma after the last;
//! - inline tables on one line;
//! - tables of short lists (`[resultats]`) with `=` and cells aligned.

mod read;
mod write;

use std::sync::Arc;

use super::front_matter;
use super::kind::Kind;
use super::syntax;
use crate::diagnostic::Finding;

/// The widest line that a list may take.
pub const WIDTH: usize = 100;

/// A text that cannot be laid out: what is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("ce texte ne suit pas les règles d’écriture des fichiers")]
pub struct LayoutError(Vec<Finding>);

impl LayoutError {
    /// What is wrong, in the file the text was read from.
    pub fn findings(self, file: &Arc<str>) -> Vec<Finding> {
        let mut findings = self.0;
        for finding in &mut findings {
            finding.site.file = Arc::clone(file);
        }
        findings
    }
}

/// The canonical layout of a text.
///
/// # Errors
/// When the text is not sound TOML: nothing is laid out then.
pub fn lay_out(text: &str) -> Result<String, LayoutError> {
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut findings = Vec::new();
    syntax::parse(&Arc::from(""), &plain, &mut findings);
    let unreadable = findings.iter().any(syntax::is_about_syntax);
    if !unreadable && let Some(lines) = read::lines(&plain) {
        return Ok(write::text(&lines));
    }
    let mut moved = Vec::new();
    if plain != text {
        // The places of the faults must be those of the text as it stands.
        syntax::parse(&Arc::from(""), text, &mut moved);
    }
    Err(LayoutError(if moved.is_empty() { findings } else { moved }))
}

/// The canonical layout of a file: of its header only, when a text follows it.
///
/// # Errors
/// As [`lay_out`].
pub fn lay_out_file(file: &Arc<str>, text: &str) -> Result<String, LayoutError> {
    if !front_matter::is_expected(file) {
        return lay_out(text);
    }
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let (toml, _) =
        front_matter::read(file, &plain).map_err(|finding| LayoutError(vec![*finding]))?;
    let laid_out = lay_out(&plain[toml.clone()]).map_err(|mut error| {
        // Line ends of Windows before the fault move it by one byte each: its line stays right.
        error.0.iter_mut().for_each(|finding| finding.site.shift(toml.start));
        error
    })?;
    Ok(format!("{}{laid_out}{}", &plain[..toml.start], &plain[toml.end..]))
}

/// Whether a text already has the canonical layout; a text that cannot have one has not.
pub fn is_laid_out(text: &str) -> bool {
    lay_out(text).is_ok_and(|laid_out| laid_out == text)
}

/// Whether a path is that of a record: other TOML files (resources of a scenario) are nobody's to
/// lay out, and what another school sent stays as it came.
pub fn is_record(path: &Arc<str>) -> bool {
    match Kind::of(path) {
        Ok(Some(kind)) => !kind.is_sent(),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
