//! The content streams of a document: those of its pages, and of the forms that hold tagged content.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::content::{Act, Op, operators};
use super::{FinishError, MOST_BYTES, artifacts};

/// A content stream, read.
pub(super) struct Sheet {
    /// The page, or the form, that it draws.
    pub(super) holder: ObjectId,
    /// What each of its tagged sequences draws.
    pub(super) ink: BTreeMap<u32, artifacts::Ink>,
    bytes: Vec<u8>,
    operators: Vec<Op>,
    /// The forms that it may draw, by the name it gives them.
    forms: BTreeMap<Vec<u8>, ObjectId>,
}

/// The streams of all pages, then those of the forms that they draw.
///
/// # Errors
/// When a page or a stream cannot be read.
pub(super) fn read(document: &Document) -> Result<Vec<Sheet>, FinishError> {
    let mut sheets = Vec::new();
    for page in document.page_iter() {
        let mut bytes = document.get_page_content_with_limit(page, MOST_BYTES)?;
        bytes.truncate(bytes.trim_ascii_end().len());
        let resources = inherited(document, page, b"Resources");
        sheets.push(sheet(document, page, bytes, resources)?);
    }
    let mut seen = BTreeSet::new();
    let mut at = 0;
    while at < sheets.len() {
        for form in sheets[at].forms.values().copied().collect::<Vec<_>>() {
            if !seen.insert(form) {
                continue;
            }
            let stream = document.get_object(form)?.as_stream()?;
            let bytes = stream.get_plain_content_with_limit(MOST_BYTES)?;
            let resources = stream.dict.get_deref(b"Resources", document).ok();
            sheets.push(sheet(document, form, bytes, resources.and_then(|r| r.as_dict().ok()))?);
        }
        at += 1;
    }
    Ok(sheets)
}

fn inherited<'a>(document: &'a Document, page: ObjectId, key: &[u8]) -> Option<&'a Dictionary> {
    let mut at = document.get_dictionary(page).ok()?;
    for _ in 0..64 {
        if let Ok(found) = at.get_deref(key, document) {
            return found.as_dict().ok();
        }
        at = at.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}

fn sheet(
    document: &Document,
    holder: ObjectId,
    bytes: Vec<u8>,
    resources: Option<&Dictionary>,
) -> Result<Sheet, FinishError> {
    let operators = operators(&bytes)?;
    let objects = resources.and_then(|r| r.get_deref(b"XObject", document).ok());
    let mut forms = BTreeMap::new();
    for (name, object) in objects.and_then(|o| o.as_dict().ok()).into_iter().flatten() {
        let Ok(id) = object.as_reference() else { continue };
        let stream = document.get_object(id)?.as_stream()?;
        if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Form") {
            forms.insert(name.clone(), id);
        }
    }
    Ok(Sheet { holder, ink: artifacts::ink(&bytes, &operators), bytes, operators, forms })
}

/// Which sequences leave the structure tree, by page or form and number, and why.
pub(super) type Leaving = BTreeMap<ObjectId, BTreeMap<u32, artifacts::Leaving>>;

/// Writes the streams back, all their ink either tagged or artifact.
///
/// # Errors
/// When marked content does not close.
pub(super) fn write(
    document: &mut Document,
    sheets: &[Sheet],
    leaving: &Leaving,
) -> Result<(), FinishError> {
    let tagged = tagged_forms(sheets);
    let none = BTreeMap::new();
    for sheet in sheets {
        let is_form = document.get_object(sheet.holder)?.as_stream().is_ok();
        if is_form && !tagged.contains(&sheet.holder) {
            continue;
        }
        let names = sheet.forms.iter().filter(|(_, form)| tagged.contains(form));
        let names = names.map(|(name, _)| name.clone()).collect();
        let leaving = leaving.get(&sheet.holder).unwrap_or(&none);
        let bytes = artifacts::wrap(&sheet.bytes, &sheet.operators, leaving, &names)?;
        match document.get_object_mut(sheet.holder)? {
            Object::Stream(form) => form.set_plain_content(bytes),
            _ => {
                let content = document.add_object(Stream::new(Dictionary::new(), bytes));
                document.get_dictionary_mut(sheet.holder)?.set("Contents", content);
            }
        }
    }
    Ok(())
}

/// The forms that hold tagged content, themselves or through the forms that they draw.
fn tagged_forms(sheets: &[Sheet]) -> BTreeSet<ObjectId> {
    let mut tagged = BTreeSet::new();
    loop {
        let before = tagged.len();
        for sheet in sheets {
            let draws = |op: &Op| match &op.act {
                Act::Draw(name) => sheet.forms.get(name).is_some_and(|form| tagged.contains(form)),
                _ => false,
            };
            if !sheet.ink.is_empty() || sheet.operators.iter().any(draws) {
                tagged.insert(sheet.holder);
            }
        }
        if tagged.len() == before {
            return tagged;
        }
    }
}
