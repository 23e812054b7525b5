//! Links that say where they lead, and that print.

use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string, text_string};

use super::FinishError;
use super::tree::{Kid, Tree};

/// Writes on each annotation what it is for, and lets it print.
///
/// # Errors
/// When an annotation cannot be read.
pub(super) fn describe(document: &mut Document, tree: &Tree) -> Result<(), FinishError> {
    let pages: Vec<ObjectId> = document.page_iter().collect();
    for page in pages {
        let Ok(list) = document.get_dictionary(page)?.get_deref(b"Annots", document) else {
            continue;
        };
        let list: Vec<ObjectId> =
            list.as_array()?.iter().filter_map(|one| one.as_reference().ok()).collect();
        if !list.is_empty() {
            // Reading order is that of the structure, also with the keyboard.
            document.get_dictionary_mut(page)?.set("Tabs", Object::Name(b"S".to_vec()));
        }
        for annotation in list {
            let dict = document.get_dictionary(annotation)?;
            let contents = match dict.get(b"Contents").and_then(Object::as_str) {
                Ok(text) if !text.is_empty() => None,
                _ => Some(spoken(tree, annotation).unwrap_or_else(|| destination(document, dict))),
            };
            let flags = dict.get(b"F").and_then(Object::as_i64).unwrap_or_default();
            let dict = document.get_dictionary_mut(annotation)?;
            // Printed, and neither hidden nor shown on screen only.
            dict.set("F", (flags | PRINT) & !HIDDEN);
            if let Some(contents) = contents {
                dict.set("Contents", text_string(&contents));
            }
        }
    }
    Ok(())
}

const PRINT: i64 = 4;
/// Invisible, hidden, without view, toggled.
const HIDDEN: i64 = 1 | 2 | 32 | 256;

/// What the page itself says the link is (`aria-label`).
fn spoken(tree: &Tree, annotation: ObjectId) -> Option<String> {
    let holds = |kid: &Kid| matches!(kid, Kid::Object { object, .. } if *object == annotation);
    let element = tree.elements.iter().find(|element| element.kids.iter().any(holds))?;
    let text = decode_text_string(element.dict.get(b"Alt").ok()?).ok()?;
    (!text.trim().is_empty()).then_some(text)
}

fn destination(document: &Document, dict: &Dictionary) -> String {
    let action = dict.get_deref(b"A", document).and_then(Object::as_dict);
    let address = action.and_then(|action| action.get(b"URI")).and_then(Object::as_str);
    let Ok(address) = address else {
        return "Aller à une autre partie du document".to_owned();
    };
    let address = String::from_utf8_lossy(address);
    match address.strip_prefix("mailto:") {
        Some(mail) => format!("Écrire à {}", mail.split('?').next().unwrap_or(mail)),
        None => format!("Ouvrir {address}"),
    }
}
