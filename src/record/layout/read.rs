//! From a sound text to its lines: what stands in it, without its blanks.

use toml_parser::Source;
use toml_parser::parser::{Event, EventKind, parse_document};

/// One line of the top level of a text; a value may run over several when it is written again.
pub(super) enum Line {
    Blank,
    Comment(String),
    /// `[table]` or `[[table]]`, and the comment behind it.
    Header {
        title: String,
        array: bool,
        comment: Option<String>,
    },
    /// `key = value`, and the comment behind it.
    Pair {
        key: String,
        value: Value,
        comment: Option<String>,
    },
}

pub(super) enum Value {
    /// As written, but for the quotes of simple texts.
    Scalar(String),
    Array(Array),
    Table(Vec<(String, Value)>),
}

#[derive(Default)]
pub(super) struct Array {
    pub(super) items: Vec<Item>,
    /// Comments between the last item and the bracket.
    pub(super) tail: Vec<String>,
}

pub(super) struct Item {
    /// Comments on the lines above.
    pub(super) above: Vec<String>,
    pub(super) value: Value,
    /// Comment at the end of the line.
    pub(super) behind: Option<String>,
}

/// The lines of a sound text; nothing when it holds a comment where no comment can be kept (inside
/// an inline table, which TOML 1.0 keeps to one line).
pub(super) fn lines(text: &str) -> Option<Vec<Line>> {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut events: Vec<Event> = Vec::new();
    let mut sound = true;
    parse_document(&tokens, &mut events, &mut |_| sound = false);
    let mut reader = Reader { text, events: &events, at: 0 };
    let lines = reader.document();
    lines.filter(|_| sound)
}

struct Reader<'a> {
    text: &'a str,
    events: &'a [Event],
    at: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<(EventKind, &'a str)> {
        let event = self.events.get(self.at)?;
        self.at += 1;
        let span = event.span();
        Some((event.kind(), self.text.get(span.start()..span.end())?))
    }

    fn skip(&mut self) {
        self.at += 1;
    }

    fn peek(&self) -> Option<EventKind> {
        self.events.get(self.at).map(Event::kind)
    }

    fn document(&mut self) -> Option<Vec<Line>> {
        let mut lines = Vec::new();
        // Whether something already stands on the line being read.
        let mut busy = false;
        while let Some(kind) = self.peek() {
            match kind {
                EventKind::Whitespace => self.skip(),
                EventKind::Newline => {
                    self.next();
                    if !busy {
                        lines.push(Line::Blank);
                    }
                    busy = false;
                }
                EventKind::Comment => {
                    let said = comment(self.next()?.1);
                    match lines.last_mut().filter(|_| busy) {
                        Some(Line::Header { comment, .. } | Line::Pair { comment, .. }) => {
                            *comment = Some(said);
                        }
                        _ => lines.push(Line::Comment(said)),
                    }
                    busy = true;
                }
                EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                    self.next();
                    let title = self.key()?;
                    let array = kind == EventKind::ArrayTableOpen;
                    lines.push(Line::Header { title, array, comment: None });
                    busy = true;
                }
                EventKind::StdTableClose | EventKind::ArrayTableClose => self.skip(),
                EventKind::SimpleKey => {
                    let key = self.key()?;
                    let value = self.value()?;
                    lines.push(Line::Pair { key, value, comment: None });
                    busy = true;
                }
                _ => return None,
            }
        }
        Some(lines)
    }

    /// A key, perhaps dotted, up to the sign that ends it.
    fn key(&mut self) -> Option<String> {
        let mut key = String::new();
        loop {
            match self.peek()? {
                EventKind::Whitespace => self.skip(),
                EventKind::SimpleKey => key.push_str(&simple_key(self.next()?.1)),
                EventKind::KeySep => {
                    self.next();
                    key.push('.');
                }
                _ => return Some(key),
            }
        }
    }

    /// A value, past the `=` if it is still ahead.
    fn value(&mut self) -> Option<Value> {
        loop {
            let (kind, text) = self.next()?;
            return match kind {
                EventKind::Whitespace | EventKind::KeyValSep => continue,
                EventKind::Scalar => Some(Value::Scalar(scalar(text))),
                EventKind::ArrayOpen => self.array().map(Value::Array),
                EventKind::InlineTableOpen => self.table().map(Value::Table),
                _ => None,
            };
        }
    }

    fn array(&mut self) -> Option<Array> {
        let mut array = Array::default();
        // Comments met since the last item, and whether its line still goes on.
        let mut waiting = Vec::new();
        let mut same_line = false;
        loop {
            match self.peek()? {
                EventKind::Whitespace | EventKind::ValueSep => self.skip(),
                EventKind::Newline => {
                    self.next();
                    same_line = false;
                }
                EventKind::Comment => {
                    let said = comment(self.next()?.1);
                    match array.items.last_mut().filter(|_| same_line) {
                        Some(item) if item.behind.is_none() => item.behind = Some(said),
                        _ => waiting.push(said),
                    }
                }
                EventKind::ArrayClose => {
                    self.next();
                    array.tail = waiting;
                    return Some(array);
                }
                _ => {
                    let above = std::mem::take(&mut waiting);
                    array.items.push(Item { above, value: self.value()?, behind: None });
                    same_line = true;
                }
            }
        }
    }

    fn table(&mut self) -> Option<Vec<(String, Value)>> {
        let mut pairs = Vec::new();
        loop {
            match self.peek()? {
                EventKind::Whitespace | EventKind::Newline | EventKind::ValueSep => self.skip(),
                EventKind::SimpleKey => pairs.push((self.key()?, self.value()?)),
                EventKind::InlineTableClose => {
                    self.next();
                    return Some(pairs);
                }
                _ => return None,
            }
        }
    }
}

fn comment(text: &str) -> String {
    text.trim_end().to_owned()
}

/// A text in plain quotes, unless it was put in single quotes for what it holds.
fn scalar(text: &str) -> String {
    match literal(text) {
        Some(inner) => format!("\"{inner}\""),
        None => text.to_owned(),
    }
}

fn simple_key(text: &str) -> String {
    let basic = || {
        let inner = text.strip_prefix('"')?.strip_suffix('"')?;
        (!inner.contains('\\')).then_some(inner)
    };
    match literal(text).or_else(basic) {
        Some(inner) if is_bare(inner) => inner.to_owned(),
        Some(inner) => format!("\"{inner}\""),
        None => text.to_owned(),
    }
}

/// What stands between single quotes, when it can stand as it is between double ones.
fn literal(text: &str) -> Option<&str> {
    if text.starts_with("'''") && text.len() > 2 {
        return None;
    }
    let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
    (!inner.contains(['"', '\\', '\t'])).then_some(inner)
}

fn is_bare(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}
