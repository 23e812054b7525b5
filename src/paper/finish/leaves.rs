//! Where structure meets ink: what decorates or comes back on each page leaves the tree, and the
//! elements that say nothing give their content to the one around them.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::ObjectId;

use super::artifacts::{Ink, Leaving};
use super::streams::{self, Sheet};
use super::tree::{Content, Element, Kid, Tree};

/// What each sequence draws.
type Drawn<'a> = BTreeMap<(ObjectId, u32), &'a Ink>;

/// Takes borders, backgrounds and the repeated heads of long tables out of the tree, and says which
/// sequences these were: their streams must call them artifacts.
pub(super) fn leave(tree: &mut Tree, sheets: &[Sheet]) -> streams::Leaving {
    let drawn: Drawn<'_> = sheets
        .iter()
        .flat_map(|sheet| sheet.ink.iter().map(|(number, ink)| ((sheet.holder, *number), ink)))
        .collect();
    let mut leaving = streams::Leaving::new();
    for index in tree.in_order() {
        let decorates = may_lose_decoration(&tree.elements[index]);
        let repeats = tree.around(index, |kind| matches!(kind, b"TH" | b"TD")).is_some();
        let mut shown: Vec<(ObjectId, &[u8])> = Vec::new();
        tree.elements[index].kids.retain(|kid| {
            let Kid::Content(content) = kid else { return true };
            let holder = content.form.unwrap_or(content.page);
            let Some(ink) = drawn.get(&(holder, content.number)) else { return true };
            let why = if decorates && ink.is_decoration() {
                Some(Leaving::Decoration)
            } else if repeats && comes_back(&shown, content, ink) {
                Some(Leaving::Repeated)
            } else {
                None
            };
            if let Some(why) = why {
                leaving.entry(holder).or_default().insert(content.number, why);
            } else {
                shown.push((content.page, &ink.glyphs));
            }
            why.is_none()
        });
    }
    leaving
}

/// Lines and areas drawn by the box of an element are decoration; those of a leaf may be all that
/// it shows.
fn may_lose_decoration(element: &Element) -> bool {
    match element.kind() {
        b"Figure" | b"Formula" | b"Form" | b"Lbl" => false,
        b"NonStruct" | b"Span" => element.inner().next().is_some(),
        _ => true,
    }
}

/// The same glyphs in the same cell on an earlier page: the head of a table that goes on.
fn comes_back(shown: &[(ObjectId, &[u8])], content: &Content, ink: &Ink) -> bool {
    !ink.glyphs.is_empty()
        && !shown.iter().any(|(page, _)| *page == content.page)
        && shown.iter().any(|(_, glyphs)| *glyphs == ink.glyphs)
}

/// Gives what anonymous leaves hold to the element around them, calls a block of text a paragraph,
/// and cuts off what holds nothing.
pub(super) fn tidy(tree: &mut Tree) {
    // Anonymous elements that hold lines of text, and not only a piece of one.
    let mut blocks = BTreeSet::new();
    // From the last to the first: an element is seen after all that it holds.
    for index in tree.in_order().into_iter().rev() {
        let mut kids = std::mem::take(&mut tree.elements[index].kids);
        kids.retain(|kid| !matches!(kid, Kid::Element(inner) if is_empty(&tree.elements[*inner])));
        let is_piece = |kid: &Kid| match kid {
            Kid::Element(inner) => !blocks.contains(inner) && is_anonymous(&tree.elements[*inner]),
            _ => true,
        };
        let within_text = kids.iter().any(is_piece);
        let is_inline = |kid: &Kid| match kid {
            Kid::Element(inner) if blocks.contains(inner) => within_text,
            Kid::Element(inner) => is_piece(kid) || is_inline(tree.elements[*inner].kind()),
            _ => true,
        };
        let kind = tree.elements[index].kind();
        let is_leaf = kids.iter().all(|kid| matches!(kid, Kid::Content(_)));
        let is_block = kind == b"NonStruct" && !is_leaf && kids.iter().all(is_inline);
        let takes = is_block || takes_content(kind);
        let mut kept = Vec::with_capacity(kids.len());
        for kid in kids {
            match kid {
                Kid::Element(inner) if takes && is_anonymous(&tree.elements[inner]) => {
                    kept.append(&mut tree.elements[inner].kids);
                    continue;
                }
                Kid::Element(inner) if !takes && blocks.contains(&inner) => {
                    tree.elements[inner].become_kind("P");
                }
                _ => {}
            }
            kept.push(kid);
        }
        tree.elements[index].kids = kept;
        if is_block {
            blocks.insert(index);
        }
    }
}

fn takes_content(kind: &[u8]) -> bool {
    matches!(
        kind,
        b"P" | b"H"
            | b"H1"
            | b"H2"
            | b"H3"
            | b"H4"
            | b"H5"
            | b"H6"
            | b"TH"
            | b"TD"
            | b"LBody"
            | b"Lbl"
            | b"Caption"
            | b"Link"
            | b"Span"
            | b"Strong"
            | b"Em"
            | b"Code"
            | b"Quote"
    )
}

fn is_inline(kind: &[u8]) -> bool {
    matches!(
        kind,
        b"Link" | b"Span" | b"Strong" | b"Em" | b"Code" | b"Quote" | b"Note" | b"Reference"
    )
}

/// A leaf that says nothing but "text".
fn is_anonymous(element: &Element) -> bool {
    element.kind() == b"NonStruct"
        && element.dict.len() == 1
        && element.kids.iter().all(|kid| matches!(kid, Kid::Content(_)))
}

fn is_empty(element: &Element) -> bool {
    element.kids.is_empty()
        && !matches!(element.kind(), b"TD" | b"TH" | b"TR")
        && ![&b"Alt"[..], b"ActualText", b"E"].iter().any(|key| element.dict.has(key))
}
