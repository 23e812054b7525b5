//! The XML of a document as a tree: read within bounds, written again with everything escaped.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Deepest nesting that is read.
const DEPTH: usize = 200;
/// Most nodes that are read.
const NODES: usize = 500_000;

/// An element, by the name it is written with (`text:p`).
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

/// What an element holds. Comments and processing instructions are not kept.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// An element with attributes.
    pub(super) fn new(name: &str, attributes: &[(&str, &str)]) -> Self {
        let attributes =
            attributes.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        Self { name: name.to_owned(), attributes: attributes.collect(), children: Vec::new() }
    }

    /// The same, holding some nodes.
    pub(super) fn with(mut self, children: impl IntoIterator<Item = Node>) -> Self {
        self.children.extend(children);
        self
    }

    /// The same, holding a text.
    pub(super) fn text(self, text: &str) -> Self {
        self.with([Node::Text(text.to_owned())])
    }

    pub(super) fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    pub(super) fn set(&mut self, key: &str, value: &str) {
        match self.attributes.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => value.clone_into(old),
            None => self.attributes.push((key.to_owned(), value.to_owned())),
        }
    }

    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.children.iter_mut().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    pub(super) fn child_mut(&mut self, name: &str) -> Option<&mut Self> {
        self.elements_mut().find(|element| element.name == name)
    }

    /// Visits this element and all those below it.
    pub(super) fn each<'e>(&'e self, see: &mut dyn FnMut(&'e Self)) {
        see(self);
        self.elements().for_each(|element| element.each(see));
    }

    /// Keeps of all elements below only those that please.
    pub(super) fn prune(&mut self, keep: &dyn Fn(&Self) -> bool) {
        self.children.retain(|child| match child {
            Node::Element(element) => keep(element),
            Node::Text(_) => true,
        });
        self.elements_mut().for_each(|element| element.prune(keep));
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (key, value) in &self.attributes {
            out.push(' ');
            out.push_str(key);
            out.push_str("=\"");
            escape(value, true, out);
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(out),
                Node::Text(text) => escape(text, false, out),
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }
}

/// Reads a part of a document; nothing when it is no XML, has a document type, or goes beyond the bounds.
pub(super) fn read(bytes: &[u8]) -> Option<Element> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut nodes = 0;
    loop {
        let (closed, begun) = match reader.read_event().ok()? {
            Event::Start(start) => (None, Some(element(&start)?)),
            Event::Empty(start) => (Some(element(&start)?), None),
            // That the end bears the name of its beginning is checked by the reader.
            Event::End(_) => (Some(open.pop()?), None),
            Event::Text(text) => {
                push_text(&mut open, &text.xml10_content())?;
                (None, None)
            }
            Event::CData(text) => {
                push_text(&mut open, &text.xml10_content())?;
                (None, None)
            }
            Event::GeneralRef(reference) => {
                let resolved = match reference.resolve_char_ref().ok()? {
                    Some(c) => c.to_string(),
                    None => predefined(&reference.xml10_content())?.to_owned(),
                };
                push_text(&mut open, &resolved)?;
                (None, None)
            }
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => (None, None),
            Event::DocType(_) => return None,
            Event::Eof => break,
        };
        nodes += 1;
        if nodes > NODES || open.len() > DEPTH {
            return None;
        }
        if let Some(begun) = begun {
            open.push(begun);
        }
        if let Some(closed) = closed {
            match open.last_mut() {
                Some(parent) => parent.children.push(Node::Element(closed)),
                None if root.is_none() => root = Some(closed),
                None => return None,
            }
        }
    }
    root.filter(|_| open.is_empty())
}

fn element(start: &BytesStart<'_>) -> Option<Element> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).ok()?;
        attributes.push((attribute.key.0.to_owned(), value.into_owned()));
    }
    Some(Element { name: start.name().0.to_owned(), attributes, children: Vec::new() })
}

/// What the five entities of XML itself stand for.
fn predefined(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    })
}

/// Adds a text to the innermost open element; only blanks may stand outside of all.
fn push_text(open: &mut [Element], text: &str) -> Option<()> {
    let Some(parent) = open.last_mut() else {
        return text.trim().is_empty().then_some(());
    };
    match parent.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => parent.children.push(Node::Text(text.to_owned())),
    }
    Some(())
}

/// The bytes of a part.
pub(super) fn written(root: &Element) -> Vec<u8> {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    root.write(&mut out);
    out.into_bytes()
}

fn escape(text: &str, in_attribute: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if in_attribute => out.push_str("&quot;"),
            '\t' | '\n' if in_attribute => out.push_str(&format!("&#{};", u32::from(c))),
            '\r' => out.push_str("&#13;"),
            _ if is_allowed(c) => out.push(c),
            // XML 1.0 has no way of writing the others.
            _ => {}
        }
    }
}

/// Whether XML 1.0 can hold a character.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_written_again() {
        let text = "<a:b xmlns:a=\"u\" k=\"&lt;&quot;x\">1 &amp; 2<c/> <d>é&#233;</d></a:b>";
        let tree = read(text.as_bytes()).unwrap();
        let again = written(&tree);
        assert_eq!(read(&again), Some(tree));
        let again = String::from_utf8(again).unwrap();
        assert!(again.ends_with("k=\"&lt;&quot;x\">1 &amp; 2<c/> <d>éé</d></a:b>"), "{again}");
    }

    #[test]
    fn what_is_no_plain_xml_is_refused() {
        for text in [
            "",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "texte<a/>",
            "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>",
            "<a>&e;</a>",
            "<a k=\"&e;\"/>",
        ] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
        assert_eq!(read(&[b'<', 0xff, b'/', b'>']), None);
        assert_eq!(read("<a>".repeat(300).as_bytes()), None);
    }

    #[test]
    fn characters_that_xml_cannot_hold_are_left_out() {
        let tree = Element::new("a", &[("k", "x\u{7}\ny")]).text("b\u{0}\u{ffff}c<");
        let bytes = written(&tree);
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.ends_with("<a k=\"x&#10;y\">bc&lt;</a>"), "{text}");
    }
}
