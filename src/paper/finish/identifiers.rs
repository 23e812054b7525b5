//! Names of structure elements that say where they stand in the document, and nothing of the life of
//! the browser that printed it.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Document, Object, StringFormat};

use super::tree::Tree;

/// Renames the elements that cells name as their heads, in the order of the document; takes away the
/// names that nobody uses. Gives the new names with their elements.
pub(super) fn rename(tree: &mut Tree, document: &Document) -> BTreeMap<Vec<u8>, usize> {
    let order = tree.in_order();
    let mut used = BTreeSet::new();
    for index in &order {
        resolve(tree, document, *index);
        headers(tree, *index, |names| {
            used.extend(names.iter().filter_map(|name| Some(name.as_str().ok()?.to_vec())));
        });
    }
    let mut names = BTreeMap::new();
    let mut renamed: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
    for index in &order {
        let Some(Object::String(old, _)) = tree.elements[*index].dict.remove(b"ID") else {
            continue;
        };
        if !used.contains(&old) || renamed.contains_key(&old) {
            continue;
        }
        let new = format!("n{:05}", names.len() + 1).into_bytes();
        let id = Object::String(new.clone(), StringFormat::Literal);
        tree.elements[*index].dict.set("ID", id);
        names.insert(new.clone(), *index);
        renamed.insert(old, new);
    }
    for index in order {
        headers(tree, index, |list| {
            list.retain_mut(|name| {
                let new = name.as_str().ok().and_then(|old| renamed.get(old));
                new.is_some_and(|new| {
                    *name = Object::String(new.clone(), StringFormat::Literal);
                    true
                })
            });
        });
    }
    names
}

/// Attributes written apart are brought into their element.
fn resolve(tree: &mut Tree, document: &Document, index: usize) {
    let dict = &mut tree.elements[index].dict;
    if let Ok(own @ Object::Reference(_)) = dict.get(b"A")
        && let Ok((_, found)) = document.dereference(own)
    {
        let found = found.clone();
        dict.set("A", found);
    }
}

fn headers(tree: &mut Tree, index: usize, mut act: impl FnMut(&mut Vec<Object>)) {
    let Ok(attributes) = tree.elements[index].dict.get_mut(b"A") else { return };
    let list = match attributes {
        Object::Array(list) => list.as_mut_slice(),
        one => std::slice::from_mut(one),
    };
    for owned in list {
        if let Ok(dict) = owned.as_dict_mut()
            && let Ok(names) = dict.get_mut(b"Headers").and_then(Object::as_array_mut)
        {
            act(names);
        }
    }
}
