//! A finding with its lines and columns, ready to be shown; the total order of findings.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use super::Code;

/// A place a person can go to. Lines and columns count from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A range of a file, in bytes and in lines and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Byte offsets in the text.
    pub bytes: Range<usize>,
    /// Where it begins.
    pub start: Position,
    /// Where it ends (just after the last character).
    pub end: Position,
}

/// A change of text that mends the fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The bytes to replace.
    pub bytes: Range<usize>,
    /// The text to put there.
    pub text: String,
}

/// Another place that explains the fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Path from the folder of `school.toml`.
    pub file: Arc<str>,
    /// The range there.
    pub span: Span,
    /// A few words.
    pub message: String,
}

/// A fault at its exact place.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub code: &'static Code,
    /// Path from the folder of `school.toml`.
    pub file: Arc<str>,
    /// The faulty range.
    pub span: Span,
    /// One sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The mend, when it is known.
    pub fix: Option<Fix>,
    /// Other places that explain the fault.
    pub related: Vec<Related>,
}

impl Diagnostic {
    /// The one order in which diagnostics are told: file, place, weight, code, words.
    pub fn order(&self, other: &Self) -> Ordering {
        self.file
            .cmp(&other.file)
            .then_with(|| self.span.bytes.start.cmp(&other.span.bytes.start))
            .then_with(|| self.span.bytes.end.cmp(&other.span.bytes.end))
            .then_with(|| self.code.severity.cmp(&other.code.severity))
            .then_with(|| self.code.name.cmp(other.code.name))
            .then_with(|| self.message.cmp(&other.message))
    }
}

/// The starts of the lines of a text, to turn byte offsets into lines and columns.
#[derive(Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Reads the line starts of a text.
    pub fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1))
            .collect();
        Self { text, starts }
    }

    /// Line and column of a byte offset; an offset past the end is the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor_char_boundary(self.text, offset);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let column = self.text[self.starts[line]..offset].chars().count() + 1;
        Position { line: line + 1, column }
    }

    /// The span of a range of bytes.
    pub fn span(&self, bytes: Range<usize>) -> Span {
        let start = floor_char_boundary(self.text, bytes.start);
        let end = floor_char_boundary(self.text, bytes.end.max(start));
        Span { start: self.position(start), end: self.position(end), bytes: start..end }
    }
}

fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let index = LineIndex::new("é = 1\nœuvre = 2\n");
        assert_eq!(index.position(0), Position { line: 1, column: 1 });
        assert_eq!(index.position(3), Position { line: 1, column: 3 });
        assert_eq!(index.position(9), Position { line: 2, column: 2 });
        assert_eq!(index.position(999), Position { line: 3, column: 1 });
    }
}
