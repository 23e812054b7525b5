//! Things written twice in a list.

use std::collections::BTreeMap;

/// The places of the items that were there before, each with the place of the first one.
pub(in crate::rule) fn repeated<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<(usize, usize)> {
    let mut first = BTreeMap::new();
    let mut found = Vec::new();
    for (at, item) in items.into_iter().enumerate() {
        match first.entry(item) {
            std::collections::btree_map::Entry::Occupied(entry) => found.push((at, *entry.get())),
            std::collections::btree_map::Entry::Vacant(entry) => drop(entry.insert(at)),
        }
    }
    found
}
