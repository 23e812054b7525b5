//! Says of every drop of ink whether it belongs to the text: what the structure tree does not hold
//! becomes an artifact, by inserting operators between those of the browser.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::FinishError;
use super::content::{Act, Mark, Op};

/// Why content is no part of the structure tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaving {
    /// Borders, backgrounds, generated signs.
    Decoration,
    /// What comes back on each page: running titles, page numbers, the heads of long tables.
    Repeated,
}

impl Leaving {
    fn operator(self) -> &'static [u8] {
        match self {
            Self::Decoration => b"/Artifact <</Type/Layout>>BDC\n",
            Self::Repeated => b"/Artifact <</Type/Pagination>>BDC\n",
        }
    }
}

/// What a sequence of tagged content draws.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ink {
    /// The operands of its text operators, one after the other: the same glyphs, the same bytes.
    pub(super) glyphs: Vec<u8>,
    /// It draws pictures or forms.
    pub(super) pictures: bool,
}

impl Ink {
    /// Only lines and areas: borders and backgrounds.
    pub(super) fn is_decoration(&self) -> bool {
        self.glyphs.is_empty() && !self.pictures
    }
}

/// What each tagged sequence of a stream draws, by its number.
pub(super) fn ink(bytes: &[u8], operators: &[Op]) -> BTreeMap<u32, Ink> {
    let mut drawn: BTreeMap<u32, Ink> = BTreeMap::new();
    let mut open = Vec::new();
    for op in operators {
        match &op.act {
            Act::Begin(mark) => {
                open.push(*mark);
                if let Mark::Tagged(number) = mark {
                    drawn.entry(*number).or_default();
                }
            }
            Act::End => drop(open.pop()),
            Act::Show | Act::Draw(_) => {
                for mark in &open {
                    let Mark::Tagged(number) = mark else { continue };
                    let ink = drawn.entry(*number).or_default();
                    match op.act {
                        Act::Show => ink.glyphs.extend(&bytes[op.start..op.end]),
                        _ => ink.pictures = true,
                    }
                }
            }
            _ => {}
        }
    }
    drawn
}

/// The stream with what is neither tagged nor artifact wrapped as an artifact. `demoted` names the
/// sequences that leave the structure tree; `tagged` the forms that mark their content themselves.
///
/// # Errors
/// When marked content does not close, or opens within a path.
pub(super) fn wrap(
    bytes: &[u8],
    operators: &[Op],
    demoted: &BTreeMap<u32, Leaving>,
    tagged: &BTreeSet<Vec<u8>>,
) -> Result<Vec<u8>, FinishError> {
    let mut edits = Edits::default();
    let mut open: Vec<Mark> = Vec::new();
    let mut path = None;
    let mut text: Option<Text> = None;
    // Margin boxes are drawn before the page itself.
    let mut margins = true;
    for op in operators {
        let covered = open.iter().any(|mark| *mark != Mark::Plain);
        match &op.act {
            Act::Begin(_) if path.is_some() => return Err(FinishError::Content),
            Act::Begin(mark) => {
                edits.flush();
                margins &= *mark == Mark::Artifact;
                text.iter_mut().for_each(|text| text.marked = true);
                if let Mark::Tagged(number) = mark
                    && let Some(why) = demoted.get(number)
                {
                    edits.list.push((op.start..op.end, why.operator()));
                }
                open.push(*mark);
            }
            Act::End => {
                edits.flush();
                open.pop().ok_or(FinishError::Content)?;
            }
            Act::Nest => edits.flush(),
            Act::Build => path = path.or(Some(op.start)),
            Act::Drop => path = None,
            Act::Paint => {
                let start = path.take().unwrap_or(op.start);
                if !covered {
                    edits.unit(start..op.end, false);
                }
            }
            Act::Draw(name) if !covered && !tagged.contains(name) => {
                edits.unit(op.start..op.end, false);
            }
            Act::TextBegin => text = Some(Text { start: op.start, ..Text::default() }),
            Act::Show if !covered => match &mut text {
                Some(text) => text.shows.push(op.start..op.end),
                None => edits.unit(op.start..op.end, margins),
            },
            Act::TextEnd => match text.take() {
                // Marks within the text object stay: what shows outside them is wrapped by itself.
                Some(text) if text.marked => {
                    edits.flush();
                    for show in text.shows {
                        edits.unit(show, margins);
                        edits.flush();
                    }
                }
                Some(text) if !text.shows.is_empty() => edits.unit(text.start..op.end, margins),
                _ => {}
            },
            _ => {}
        }
    }
    edits.flush();
    if open.is_empty() { Ok(edits.apply(bytes)) } else { Err(FinishError::Content) }
}

/// A text object being read.
#[derive(Default)]
struct Text {
    start: usize,
    /// What it shows outside marked content.
    shows: Vec<Range<usize>>,
    /// It holds marked content.
    marked: bool,
}

/// What replaces which bytes.
#[derive(Default)]
struct Edits {
    list: Vec<(Range<usize>, &'static [u8])>,
    /// Ink to wrap, and whether it is pagination; neighbours join it.
    pending: Option<(Range<usize>, bool)>,
}

impl Edits {
    fn unit(&mut self, range: Range<usize>, pagination: bool) {
        match &mut self.pending {
            Some((pending, kind)) if *kind == pagination => pending.end = range.end,
            _ => {
                self.flush();
                self.pending = Some((range, pagination));
            }
        }
    }

    fn flush(&mut self) {
        let Some((range, pagination)) = self.pending.take() else { return };
        let begin = if pagination { Leaving::Repeated } else { Leaving::Decoration };
        self.list.push((range.start..range.start, begin.operator()));
        self.list.push((range.end..range.end, b"\nEMC\n"));
    }

    fn apply(mut self, bytes: &[u8]) -> Vec<u8> {
        self.list.sort_by_key(|(range, _)| range.start);
        let mut out = Vec::with_capacity(bytes.len() + 40 * self.list.len());
        let mut copied = 0;
        for (range, with) in self.list {
            out.extend_from_slice(&bytes[copied..range.start]);
            out.extend_from_slice(with);
            copied = range.end;
        }
        out.extend_from_slice(&bytes[copied..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::content::operators;
    use super::*;

    fn wrapped(text: &str, demoted: &[(u32, Leaving)]) -> String {
        let forms = BTreeSet::from([b"X9".to_vec()]);
        let demoted = demoted.iter().copied().collect();
        let operators = operators(text.as_bytes()).unwrap();
        let bytes = wrap(text.as_bytes(), &operators, &demoted, &forms).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        text.replace("/Artifact <</Type/Layout>>BDC\n", "L{")
            .replace("\nEMC\n", "}")
            .replace("/Artifact <</Type/Pagination>>BDC\n", "P{")
    }

    #[test]
    fn margin_text_is_pagination_and_lines_are_layout() {
        let text = "q 1 0 0 1 0 0 cm BT /F1 9 Tf (a) Tj ET Q 0 0 5 5 re f /P <</MCID 0>>BDC (b) Tj EMC 1 2 m 3 4 l S";
        let want = "q 1 0 0 1 0 0 cm P{BT /F1 9 Tf (a) Tj ET} Q L{0 0 5 5 re f} /P <</MCID 0>>BDC (b) Tj EMC L{1 2 m 3 4 l S}";
        assert_eq!(wrapped(text, &[]), want);
    }

    #[test]
    fn clips_and_empty_text_are_left_alone() {
        let text = "0 0 9 9 re W* n BT /F1 9 Tf ET /X9 Do";
        assert_eq!(wrapped(text, &[]), text);
    }

    #[test]
    fn neighbours_share_one_artifact_within_a_state() {
        let text = "0 0 1 1 re f 1 g 0 0 2 2 re f q /X1 Do Q";
        assert_eq!(wrapped(text, &[]), "L{0 0 1 1 re f 1 g 0 0 2 2 re f} q L{/X1 Do} Q");
    }

    #[test]
    fn marks_within_a_text_object_are_kept() {
        let text = "BT (a) Tj /P <</MCID 0>>BDC (b) Tj EMC (c)Tj(d)Tj ET";
        let want = "BT L{(a) Tj} /P <</MCID 0>>BDC (b) Tj EMC L{(c)Tj}L{(d)Tj} ET";
        assert_eq!(wrapped(text, &[]), want);
    }

    #[test]
    fn demoted_sequences_change_their_mark() {
        let text = "/TD <</MCID 3 >>BDC 0 0 1 1 re f EMC";
        let want = "L{ 0 0 1 1 re f EMC";
        assert_eq!(wrapped(text, &[(3, Leaving::Decoration)]), want);
    }

    #[test]
    fn unbalanced_marks_are_refused() {
        for text in ["/P <</MCID 0>>BDC 0 0 1 1 re f", "EMC", "1 2 m /P BMC 3 4 l S EMC"] {
            let operators = operators(text.as_bytes()).unwrap();
            let done = wrap(text.as_bytes(), &operators, &BTreeMap::new(), &BTreeSet::new());
            assert!(done.is_err(), "{text}");
        }
    }
}
