//! A fault found in a record, before its line and column are known.

use std::ops::Range;
use std::sync::Arc;

use super::{Code, KeyPath};

/// Where in a file a finding points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole (it could not be read, or something is missing from it).
    File,
    /// A known range of bytes.
    Bytes(Range<usize>),
    /// A key (or the header of a table), to be looked up.
    Key(KeyPath),
    /// The value of a key, to be looked up.
    Value(KeyPath),
}

/// A file and a place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Path from the folder of `school.toml`, with `/`.
    pub file: Arc<str>,
    /// The place in that file.
    pub place: Place,
}

impl Site {
    /// The whole of a file.
    pub fn file(file: &Arc<str>) -> Self {
        Self { file: Arc::clone(file), place: Place::File }
    }

    /// A range of bytes of a file.
    pub fn bytes(file: &Arc<str>, range: Range<usize>) -> Self {
        Self { file: Arc::clone(file), place: Place::Bytes(range) }
    }

    /// A key of a file.
    pub fn key(file: &Arc<str>, path: KeyPath) -> Self {
        Self { file: Arc::clone(file), place: Place::Key(path) }
    }

    /// The value of a key of a file.
    pub fn value(file: &Arc<str>, path: KeyPath) -> Self {
        Self { file: Arc::clone(file), place: Place::Value(path) }
    }

    /// Moves a range of bytes that was found in a part of the file starting at `offset`.
    pub fn shift(&mut self, offset: usize) {
        if let Place::Bytes(range) = &mut self.place {
            *range = range.start + offset..range.end + offset;
        }
    }
}

/// A fault: the rule, the place, one plain French sentence, and what to type instead.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that was broken.
    pub code: &'static Code,
    /// Where.
    pub site: Site,
    /// One sentence, without final full stop: what is wrong, with the values at hand.
    pub message: String,
    /// What to do about it: an imperative sentence.
    pub help: Option<String>,
    /// The text to put in place of the faulty bytes, when it is known.
    pub replacement: Option<String>,
    /// Other places that explain the fault, each with a few words.
    pub related: Vec<(Site, String)>,
}

impl Finding {
    /// A finding with its sentence.
    pub fn new(code: &'static Code, site: Site, message: impl Into<String>) -> Self {
        Self {
            code,
            site,
            message: message.into(),
            help: None,
            replacement: None,
            related: Vec::new(),
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the text to type in place of the faulty one.
    #[must_use]
    pub fn replace_with(mut self, text: impl Into<String>) -> Self {
        self.replacement = Some(text.into());
        self
    }

    /// Adds another place that explains the fault.
    #[must_use]
    pub fn related(mut self, site: Site, words: impl Into<String>) -> Self {
        self.related.push((site, words.into()));
        self
    }
}
