//! The folders of a commit, shared with the commits around it: a change copies the folders above it and no other.

use std::cmp::Ordering;
use std::sync::Arc;

use super::Id;
use super::pack::{Kind, Pack};

/// A folder as a commit has it.
pub(super) struct Folder {
    pub(super) id: Id,
    /// In the order Git wants: a folder sorts as if its name ended with `/`.
    entries: Vec<Entry>,
    /// The entries as Git stores them.
    raw: Vec<u8>,
}

#[derive(Clone)]
struct Entry {
    name: Arc<str>,
    what: What,
}

#[derive(Clone)]
enum What {
    File(Id),
    Folder(Arc<Folder>),
}

impl Entry {
    fn is_folder(&self) -> bool {
        matches!(self.what, What::Folder(_))
    }

    fn id(&self) -> &Id {
        match &self.what {
            What::File(id) => id,
            What::Folder(folder) => &folder.id,
        }
    }
}

impl Folder {
    /// Writes the folder that changes make of another; nothing when it is empty. Changes are sorted
    /// by path.
    pub(super) fn change(
        before: Option<&Arc<Self>>,
        changes: &[(&str, Option<Id>)],
        pack: &mut Pack,
    ) -> Option<Arc<Self>> {
        if let Some(before) = before.filter(|_| changes.is_empty()) {
            return Some(Arc::clone(before));
        }
        let mut entries = before.map_or_else(Vec::new, |before| before.entries.clone());
        let mut rest = changes;
        while let Some((path, id)) = rest.first() {
            let Some((name, _)) = path.split_once('/') else {
                place(&mut entries, path, false, id.map(What::File));
                rest = rest.get(1..).unwrap_or_default();
                continue;
            };
            let inside =
                |path: &str| path.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'));
            let count = rest.iter().take_while(|(path, _)| inside(path)).count();
            let (group, others) = rest.split_at(count);
            let below: Vec<(&str, Option<Id>)> = group
                .iter()
                .map(|(path, id)| (path.get(name.len() + 1..).unwrap_or_default(), *id))
                .collect();
            let old = find(&entries, name, true).ok().and_then(|at| match &entries.get(at)?.what {
                What::Folder(folder) => Some(Arc::clone(folder)),
                What::File(_) => None,
            });
            let new = Self::change(old.as_ref(), &below, pack);
            place(&mut entries, name, true, new.map(What::Folder));
            rest = others;
        }
        if entries.is_empty() {
            return None;
        }
        let mut raw = Vec::with_capacity(before.map_or(0, |before| before.raw.len()) + 64);
        for entry in &entries {
            raw.extend_from_slice(if entry.is_folder() { b"40000 " } else { b"100644 " });
            raw.extend_from_slice(entry.name.as_bytes());
            raw.push(0);
            raw.extend_from_slice(entry.id());
        }
        let id =
            pack.add(Kind::Tree, &raw, before.map(|before| (before.raw.as_slice(), before.id)));
        Some(Arc::new(Self { id, entries, raw }))
    }
}

fn find(entries: &[Entry], name: &str, folder: bool) -> Result<usize, usize> {
    entries.binary_search_by(|entry| order(&entry.name, entry.is_folder(), name, folder))
}

fn order(name: &str, folder: bool, other: &str, others: bool) -> Ordering {
    let end = |folder: bool| folder.then_some(b'/');
    name.bytes().chain(end(folder)).cmp(other.bytes().chain(end(others)))
}

fn place(entries: &mut Vec<Entry>, name: &str, folder: bool, what: Option<What>) {
    match (find(entries, name, folder), what) {
        (Ok(at), Some(what)) => {
            if let Some(entry) = entries.get_mut(at) {
                entry.what = what;
            }
        }
        (Ok(at), None) => {
            entries.remove(at);
        }
        (Err(at), Some(what)) => entries.insert(at, Entry { name: name.into(), what }),
        (Err(_), None) => {}
    }
}
