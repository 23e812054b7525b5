//! Repairs the habits of the browser that PDF/UA does not allow: nested lists, figures within
//! figures, types that PDF 1.7 does not know.

use lopdf::{Dictionary, Document, Object};

use super::FinishError;
use super::tree::{Kid, Tree};

/// Gives lists, figures and headings the shape that PDF/UA asks for.
///
/// # Errors
/// When a figure has no alternative text.
pub(super) fn repair(tree: &mut Tree, document: &mut Document) -> Result<(), FinishError> {
    for index in tree.in_order() {
        match tree.elements[index].kind() {
            b"LI" => body(tree, document, index),
            b"Figure" => figure(tree, index)?,
            b"NonStruct" if tree.elements[index].kids.iter().any(is_object) => {
                tree.elements[index].become_kind("Link");
            }
            _ => {}
        }
    }
    Ok(())
}

/// An annotation: the house has no others than links, some with a role that hides what they are.
fn is_object(kid: &Kid) -> bool {
    matches!(kid, Kid::Object { .. })
}

/// An item holds its label and one body, which holds all the rest.
fn body(tree: &mut Tree, document: &mut Document, item: usize) {
    let allowed = |tree: &Tree, kid: &Kid| match kid {
        Kid::Element(inner) => matches!(tree.elements[*inner].kind(), b"Lbl" | b"LBody"),
        _ => false,
    };
    if tree.elements[item].kids.iter().all(|kid| allowed(tree, kid)) {
        return;
    }
    let kids = std::mem::take(&mut tree.elements[item].kids);
    let body = tree.add(document, "LBody", item);
    let (labels, rest): (Vec<Kid>, Vec<Kid>) = kids.into_iter().partition(|kid| match kid {
        Kid::Element(inner) => tree.elements[*inner].kind() == b"Lbl",
        _ => false,
    });
    for kid in &rest {
        if let Kid::Element(inner) = kid {
            tree.elements[*inner].parent = Some(body);
        }
    }
    tree.elements[body].kids = rest;
    tree.elements[item].kids = labels;
    tree.elements[item].kids.push(Kid::Element(body));
}

/// A figure around a figure, as `<figure>` gives, is only a group, and its legend a paragraph.
fn figure(tree: &mut Tree, index: usize) -> Result<(), FinishError> {
    let said = |key: &[u8]| {
        let text = tree.elements[index].dict.get(key).and_then(Object::as_str);
        text.is_ok_and(|text| !text.trim_ascii().is_empty() && text != b"\xfe\xff")
    };
    if said(b"Alt") || said(b"ActualText") {
        return Ok(());
    }
    let inner: Vec<usize> = tree.elements[index].inner().collect();
    if inner.is_empty() {
        return Err(FinishError::Figure);
    }
    tree.elements[index].become_kind("NonStruct");
    for kid in inner {
        if tree.elements[kid].kind() == b"Caption" {
            tree.elements[kid].become_kind("P");
        }
    }
    Ok(())
}

/// The types that PDF 1.7 does not define, each with the one that it stands for.
pub(super) fn roles(tree: &Tree) -> Dictionary {
    let mut roles = Dictionary::new();
    let mut kinds: Vec<&[u8]> =
        tree.in_order().into_iter().map(|index| tree.elements[index].kind()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let role = match kind {
            _ if STANDARD.contains(&kind) => continue,
            b"Strong" | b"Em" | b"Sub" => "Span",
            b"Title" => "P",
            b"Aside" => "Sect",
            b"FENote" => "Note",
            _ => "NonStruct",
        };
        roles.set(kind, Object::Name(role.into()));
    }
    roles
}

const STANDARD: &[&[u8]] = &[
    b"Document",
    b"Part",
    b"Art",
    b"Sect",
    b"Div",
    b"BlockQuote",
    b"Caption",
    b"TOC",
    b"TOCI",
    b"Index",
    b"NonStruct",
    b"Private",
    b"P",
    b"H",
    b"H1",
    b"H2",
    b"H3",
    b"H4",
    b"H5",
    b"H6",
    b"L",
    b"LI",
    b"Lbl",
    b"LBody",
    b"Table",
    b"TR",
    b"TH",
    b"TD",
    b"THead",
    b"TBody",
    b"TFoot",
    b"Span",
    b"Quote",
    b"Note",
    b"Reference",
    b"BibEntry",
    b"Code",
    b"Link",
    b"Annot",
    b"Ruby",
    b"RB",
    b"RT",
    b"RP",
    b"Warichu",
    b"WT",
    b"WP",
    b"Figure",
    b"Formula",
    b"Form",
];
