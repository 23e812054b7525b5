//! Pull-parsing of XML within bounds: no DTD, no entity of its own, few levels, short texts.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// Levels of elements: the real files have nine.
const DEPTH: usize = 32;
/// Characters of one element: the longest real ones are labels of a few words.
const TEXT: usize = 4_000;
/// Elements of a file: a hundred times those of the largest school.
const ELEMENTS: usize = 20_000_000;

/// Why a file cannot be read as XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// It does not follow the rules of XML, from that line on.
    #[error("le fichier est abîmé ou incomplet, à partir de la ligne {0}")]
    Malformed(usize),
    /// It declares a type of document, or entities.
    #[error(
        "le fichier contient une déclaration DOCTYPE ou des entités, que les exports n’ont jamais"
    )]
    Doctype,
    /// It goes too deep, has too long a text or too many elements.
    #[error("le fichier dépasse ce qu’un export peut contenir, à la ligne {0}")]
    Bounds(usize),
}

/// Attributes of an element.
#[derive(Debug, Default)]
pub(super) struct Attributes(Vec<(String, String)>);

impl Attributes {
    /// The value of an attribute; an empty one is no value.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim().to_owned()).filter(|value| !value.is_empty())
    }
}

/// Who is told of the elements of a file. A path is made of the names from the root down.
pub(super) trait Visitor {
    /// An element opens.
    fn open(&mut self, path: &[String], attributes: &Attributes);
    /// An element closes; the text that stood straight in it, without blanks around. An empty element and
    /// a missing one mean the same: nothing is told of texts that are empty.
    fn close(&mut self, path: &[String], text: &str);
}

/// The name of the root element.
///
/// # Errors
/// When there is none, or something is refused before it.
pub(super) fn root(text: &str) -> Result<String, XmlError> {
    struct Root(Option<String>);
    impl Visitor for Root {
        fn open(&mut self, path: &[String], _: &Attributes) {
            self.0 = path.first().cloned();
        }
        fn close(&mut self, _: &[String], _: &str) {}
    }
    let mut root = Root(None);
    let mut walk = Walk::new(text);
    while root.0.is_none() && walk.step(&mut root)? {}
    root.0.ok_or(XmlError::Malformed(1))
}

/// Tells a visitor of all elements of a text, one after another.
///
/// # Errors
/// When it is no sound XML, or breaks a bound.
pub(super) fn walk(text: &str, visitor: &mut dyn Visitor) -> Result<(), XmlError> {
    let mut walk = Walk::new(text);
    while walk.step(visitor)? {}
    Ok(())
}

struct Walk<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    path: Vec<String>,
    said: Vec<String>,
    elements: usize,
    rooted: bool,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str) -> Self {
        let reader = Reader::from_str(text);
        let (path, said) = (Vec::new(), Vec::new());
        Self { text, reader, path, said, elements: 0, rooted: false }
    }

    /// Takes one event in; false at the end.
    fn step(&mut self, visitor: &mut dyn Visitor) -> Result<bool, XmlError> {
        let event = self.reader.read_event();
        let event = event.map_err(|_| XmlError::Malformed(self.line()))?;
        match event {
            Event::Start(start) => self.open(&start, visitor)?,
            Event::Empty(start) => {
                self.open(&start, visitor)?;
                self.close(visitor);
            }
            Event::End(_) => self.close(visitor),
            Event::Text(text) => self.say(&text.xml10_content())?,
            Event::CData(text) => self.say(&text.xml10_content())?,
            Event::GeneralRef(name) => {
                let character = name.resolve_char_ref();
                match character.map_err(|_| XmlError::Malformed(self.line()))? {
                    Some(character) => self.say(character.encode_utf8(&mut [0; 4]))?,
                    None => {
                        let name = name.xml10_content();
                        let known = resolve_predefined_entity(&name).ok_or(XmlError::Doctype)?;
                        self.say(known)?;
                    }
                }
            }
            Event::DocType(_) => return Err(XmlError::Doctype),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => {
                let whole = self.path.is_empty() && self.rooted;
                return if whole { Ok(false) } else { Err(XmlError::Malformed(self.line())) };
            }
        }
        Ok(true)
    }

    fn open(&mut self, start: &BytesStart<'_>, visitor: &mut dyn Visitor) -> Result<(), XmlError> {
        self.elements += 1;
        // One root, and no more elements than a school can have.
        if self.rooted && self.path.is_empty() {
            return Err(XmlError::Malformed(self.line()));
        }
        if self.path.len() >= DEPTH || self.elements > ELEMENTS {
            return Err(XmlError::Bounds(self.line()));
        }
        let name = start.local_name().as_ref().to_owned();
        if name.len() > TEXT {
            return Err(XmlError::Bounds(self.line()));
        }
        let mut attributes = Attributes::default();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| XmlError::Malformed(self.line()))?;
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_err(|_| XmlError::Doctype)?;
            if value.len() > TEXT || attributes.0.len() > DEPTH {
                return Err(XmlError::Bounds(self.line()));
            }
            attributes.0.push((attribute.key.as_ref().to_owned(), value.into_owned()));
        }
        self.rooted = true;
        self.path.push(name);
        self.said.push(String::new());
        visitor.open(&self.path, &attributes);
        Ok(())
    }

    fn close(&mut self, visitor: &mut dyn Visitor) {
        let said = self.said.pop().unwrap_or_default();
        visitor.close(&self.path, said.trim());
        self.path.pop();
    }

    fn say(&mut self, text: &str) -> Result<(), XmlError> {
        match self.said.last_mut() {
            Some(said) if said.len() + text.len() <= TEXT => said.push_str(text),
            // Blanks between elements do not count.
            Some(_) if text.trim().is_empty() => {}
            Some(_) => return Err(XmlError::Bounds(self.line())),
            None if text.trim().is_empty() => {}
            None => return Err(XmlError::Malformed(self.line())),
        }
        Ok(())
    }

    /// The line that was reached, from 1.
    fn line(&self) -> usize {
        let reached = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        let read = self.text.as_bytes().get(..reached.min(self.text.len())).unwrap_or_default();
        1 + read.iter().filter(|b| **b == b'\n').count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Said(Vec<String>);

    impl Visitor for Said {
        fn open(&mut self, path: &[String], attributes: &Attributes) {
            let id = attributes.get("ID").map(|id| format!("#{id}")).unwrap_or_default();
            self.0.push(format!("{}{id}", path.join("/")));
        }
        fn close(&mut self, path: &[String], text: &str) {
            if !text.is_empty() {
                self.0.push(format!("{}={text}", path.join("/")));
            }
        }
    }

    fn said(text: &str) -> Result<Vec<String>, XmlError> {
        let mut said = Said::default();
        walk(text, &mut said).map(|()| said.0)
    }

    #[test]
    fn elements_attributes_and_texts_are_told() {
        let text = "<?xml version=\"1.0\"?><!-- x --><A ID=' 1 '><B>l&apos;&#233;t&#xE9; &amp; <![CDATA[<co>]]></B><C/></A>\n";
        assert_eq!(said(text).unwrap(), ["A#1", "A/B", "A/B=l'été & <co>", "A/C"]);
        assert_eq!(root(text), Ok("A".into()));
    }

    #[test]
    fn what_is_not_whole_is_told_with_its_line() {
        assert_eq!(said("<A>\n<B>\n</A>"), Err(XmlError::Malformed(3)));
        assert_eq!(said("<A>\n"), Err(XmlError::Malformed(2)));
        for text in ["", "x", "<A/><B/>", "<A></A>x", "<A x></A>", "<A>&lt</A>"] {
            assert!(said(text).is_err(), "{text}");
        }
    }

    #[test]
    fn doctypes_and_entities_are_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>";
        assert_eq!(said(bomb), Err(XmlError::Doctype));
        assert_eq!(root(bomb), Err(XmlError::Doctype));
        assert_eq!(said("<a>&b;</a>"), Err(XmlError::Doctype));
        assert_eq!(said("<a b='&c;'/>"), Err(XmlError::Doctype));
    }

    #[test]
    fn bounds_hold() {
        let deep = |n: usize| "<A>".repeat(n) + &"</A>".repeat(n);
        assert!(said(&deep(DEPTH)).is_ok());
        assert_eq!(said(&deep(DEPTH + 1)), Err(XmlError::Bounds(1)));
        let long = |n: usize| format!("<A>{}</A>", "x".repeat(n));
        assert!(said(&long(TEXT)).is_ok());
        assert_eq!(said(&long(TEXT + 1)), Err(XmlError::Bounds(1)));
        assert!(said(&format!("<A>{}</A>", " \n".repeat(TEXT))).is_ok());
    }
}
