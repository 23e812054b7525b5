//! Reads a content stream just far enough to know where each operator begins and what it does to
//! marking: never splits a string, an inline picture or a path.

use super::FinishError;

/// What an operator does, as far as marking goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Opens marked content.
    Begin(Mark),
    /// Closes marked content.
    End,
    /// Builds a path, or clips with it.
    Build,
    /// Paints the path.
    Paint,
    /// Ends the path without painting it.
    Drop,
    /// Opens a text object.
    TextBegin,
    /// Closes a text object.
    TextEnd,
    /// Shows text.
    Show,
    /// Draws the resource of this name; an inline picture or a shading has an empty one.
    Draw(Vec<u8>),
    /// Saves or restores the graphics state.
    Nest,
    /// Anything else: colours, matrices, fonts.
    Other,
}

/// What opens marked content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Content of the structure tree, by its number in the stream.
    Tagged(u32),
    /// Content that the structure tree leaves out.
    Artifact,
    /// Anything else, which says nothing of the two.
    Plain,
}

/// An operator with its operands.
#[derive(Clone, Debug)]
pub(super) struct Op {
    /// What it does.
    pub(super) act: Act,
    /// Where its first operand begins.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
}

/// The operators of a content stream, in order.
///
/// # Errors
/// When the stream ends within a string or an inline picture.
pub(super) fn operators(bytes: &[u8]) -> Result<Vec<Op>, FinishError> {
    let mut found = Vec::new();
    let (mut at, mut first) = (0, None);
    while let Some((start, end)) = token(bytes, at)? {
        let word = &bytes[start..end];
        let from = *first.get_or_insert(start);
        at = end;
        if is_operand(word) {
            continue;
        }
        if word == b"BI" {
            at = after_inline_picture(bytes, end)?;
        }
        found.push(Op { act: act(word, &bytes[from..start]), start: from, end: at });
        first = None;
    }
    Ok(found)
}

fn is_operand(word: &[u8]) -> bool {
    let literal = matches!(word, b"true" | b"false" | b"null");
    literal || !word.first().is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, b'\'' | b'"'))
}

fn act(word: &[u8], operands: &[u8]) -> Act {
    match word {
        b"BMC" | b"BDC" => Act::Begin(mark(operands)),
        b"EMC" => Act::End,
        b"m" | b"l" | b"c" | b"v" | b"y" | b"h" | b"re" | b"W" | b"W*" => Act::Build,
        b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => Act::Paint,
        b"n" => Act::Drop,
        b"BT" => Act::TextBegin,
        b"ET" => Act::TextEnd,
        b"Tj" | b"TJ" | b"'" | b"\"" => Act::Show,
        b"Do" => Act::Draw(operands.trim_ascii().strip_prefix(b"/").unwrap_or_default().to_vec()),
        b"sh" | b"BI" => Act::Draw(Vec::new()),
        b"q" | b"Q" => Act::Nest,
        _ => Act::Other,
    }
}

fn mark(operands: &[u8]) -> Mark {
    if operands.starts_with(b"/Artifact") {
        return Mark::Artifact;
    }
    let key = b"/MCID";
    let number = operands.windows(key.len()).position(|window| window == key).and_then(|at| {
        let digits = operands[at + key.len()..].trim_ascii_start();
        let end = digits.iter().position(|c| !c.is_ascii_digit()).unwrap_or(digits.len());
        std::str::from_utf8(&digits[..end]).ok()?.parse().ok()
    });
    number.map_or(Mark::Plain, Mark::Tagged)
}

/// The next token at or after `at`, as a range of bytes.
fn token(bytes: &[u8], mut at: usize) -> Result<Option<(usize, usize)>, FinishError> {
    loop {
        match bytes.get(at) {
            None => return Ok(None),
            Some(c) if is_space(*c) => at += 1,
            Some(b'%') => at = line_end(bytes, at),
            Some(_) => break,
        }
    }
    let end = match bytes[at] {
        b'(' => string_end(bytes, at)?,
        b'<' if bytes.get(at + 1) != Some(&b'<') => {
            let length = bytes[at..].iter().position(|c| *c == b'>').ok_or(FinishError::Content)?;
            at + length + 1
        }
        b'<' => at + 2,
        b'>' if bytes.get(at + 1) == Some(&b'>') => at + 2,
        b'[' | b']' | b'{' | b'}' | b')' | b'>' => at + 1,
        _ => {
            let rest = &bytes[at + 1..];
            at + 1
                + rest.iter().position(|c| is_space(*c) || is_delimiter(*c)).unwrap_or(rest.len())
        }
    };
    Ok(Some((at, end)))
}

fn is_space(c: u8) -> bool {
    matches!(c, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(c: u8) -> bool {
    matches!(c, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    at + rest.iter().position(|c| matches!(c, b'\n' | b'\r')).unwrap_or(rest.len())
}

fn string_end(bytes: &[u8], start: usize) -> Result<usize, FinishError> {
    let (mut at, mut depth) = (start, 0_usize);
    while let Some(c) = bytes.get(at) {
        match c {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' if depth == 1 => return Ok(at + 1),
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    Err(FinishError::Content)
}

/// One past the `EI` that closes the inline picture whose `BI` ends at `at`: its data may hold any
/// byte, so `EI` counts only between spaces and before what reads as text.
fn after_inline_picture(bytes: &[u8], mut at: usize) -> Result<usize, FinishError> {
    while let Some((start, end)) = token(bytes, at)? {
        at = end;
        if &bytes[start..end] == b"ID" {
            break;
        }
    }
    let readable = |c: &u8| is_space(*c) && *c != 0 || (32..127).contains(c);
    let end = (at + 1..bytes.len().saturating_sub(1)).find(|&i| {
        let after = &bytes[i + 2..(i + 18).min(bytes.len())];
        &bytes[i..i + 2] == b"EI"
            && is_space(bytes[i - 1])
            && after.first().is_none_or(|c| is_space(*c))
            && after.iter().all(readable)
    });
    end.map(|i| i + 2).ok_or(FinishError::Content)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acts(text: &[u8]) -> Vec<(Act, &[u8])> {
        let found = operators(text).unwrap();
        found.into_iter().map(|op| (op.act, &text[op.start..op.end])).collect()
    }

    #[test]
    fn strings_hide_operators() {
        let found = acts(b"BT (a \\) ET (b) EMC) Tj <4554> Tj % EMC\n[(Q) 3 <51>] TJ ET");
        let kinds: Vec<Act> = found.into_iter().map(|(act, _)| act).collect();
        assert_eq!(kinds, [Act::TextBegin, Act::Show, Act::Show, Act::Show, Act::TextEnd]);
    }

    #[test]
    fn marks_are_read() {
        let found = acts(b"/P <</MCID 12 >>BDC EMC /Artifact BMC EMC /Span /P1 BDC EMC");
        assert_eq!(found[0], (Act::Begin(Mark::Tagged(12)), &b"/P <</MCID 12 >>BDC"[..]));
        assert_eq!(found[2].0, Act::Begin(Mark::Artifact));
        assert_eq!(found[4].0, Act::Begin(Mark::Plain));
    }

    #[test]
    fn an_inline_picture_is_one_operator() {
        let found = acts(b"q BI /W 2 /H 1 ID \x01 EI\xff\x00 EI Q /X1 Do");
        assert_eq!(found.len(), 4);
        assert_eq!(found[1].1, b"BI /W 2 /H 1 ID \x01 EI\xff\x00 EI");
        assert_eq!(found[3].0, Act::Draw(b"X1".to_vec()));
    }

    #[test]
    fn what_is_cut_short_is_refused() {
        for text in [&b"(abc"[..], b"<41", b"BI /W 1 ID abc", b"(a\\"] {
            assert!(operators(text).is_err());
        }
    }
}
