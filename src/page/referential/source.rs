//! Where a fact comes from, made readable: names of sources lead to the list of sources.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::school::Referential;

/// What introduces the name or the address of a source in a référentiel's file.
const FOUND: &str = "found:";

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// As the file has it: it says whether the fact was verified.
    pub text: String,
    /// The same, for reading.
    pub pieces: Vec<Piece>,
}

/// A piece of text, which may lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// Words.
    pub text: String,
    /// Where to.
    pub href: Option<String>,
}

/// Reads the sources of one référentiel.
#[derive(Debug)]
pub struct Sources<'a> {
    known: BTreeSet<&'a str>,
    page: String,
}

impl<'a> Sources<'a> {
    /// The sources that a référentiel lists; `page` is the way to its page, empty from that page.
    pub fn new(referential: &'a Referential, page: impl Into<String>) -> Self {
        let known = referential.record.sources.iter().map(|source| source.id.as_str()).collect();
        Self { known, page: page.into() }
    }

    /// Reads a source.
    pub fn read(&self, text: &str) -> Source {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if let Some(named) = rest.strip_prefix(FOUND) {
                rest = named.trim_start();
                let end = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
                let name = rest[..end].trim_end_matches('-');
                if self.known.contains(name) {
                    flush(&mut pieces, &mut plain);
                    let href = format!("{}#{}", self.page, anchor("source", name));
                    pieces.push(Piece { text: name.to_owned(), href: Some(href) });
                    rest = &rest[name.len()..];
                }
            } else if rest.starts_with("http://") || rest.starts_with("https://") {
                let end = rest.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(rest.len());
                let address = rest[..end].trim_end_matches(['.', ',', ';']);
                flush(&mut pieces, &mut plain);
                pieces.push(Piece { text: address.to_owned(), href: Some(address.to_owned()) });
                rest = &rest[address.len()..];
            } else {
                plain.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        flush(&mut pieces, &mut plain);
        Source { text: text.to_owned(), pieces }
    }

    /// Reads a source that may be missing.
    pub fn maybe(&self, text: Option<&String>) -> Option<Source> {
        text.map(|text| self.read(text))
    }

    /// The different sources of several facts, in order.
    pub fn distinct<'t>(&self, texts: impl IntoIterator<Item = &'t Option<String>>) -> Vec<Source> {
        let mut seen = BTreeSet::new();
        texts
            .into_iter()
            .flatten()
            .filter(|text| seen.insert(text.as_str()))
            .map(|text| self.read(text))
            .collect()
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-'
}

fn flush(pieces: &mut Vec<Piece>, plain: &mut String) {
    if !plain.is_empty() {
        pieces.push(Piece { text: std::mem::take(plain), href: None });
    }
}

/// The name of a place in a page, from a kind and a code.
pub fn anchor(kind: &str, code: &str) -> String {
    let code: String = code.chars().map(|c| if c.is_whitespace() { '-' } else { c }).collect();
    if kind.is_empty() { code } else { format!("{kind}-{code}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_become_links() {
        let sources = Sources { known: BTreeSet::from(["ALIDADE"]), page: "../x.html".into() };
        let read = sources.read("guide, found:ALIDADE, found:AUTRE (voir https://a.fr/b).");
        let texts: Vec<_> =
            read.pieces.iter().map(|piece| (piece.text.as_str(), piece.href.as_deref())).collect();
        assert_eq!(
            texts,
            [
                ("guide, ", None),
                ("ALIDADE", Some("../x.html#source-ALIDADE")),
                (", AUTRE (voir ", None),
                ("https://a.fr/b", Some("https://a.fr/b")),
                (").", None),
            ]
        );
    }
}
