//! What changed in a record from one version to another: keys and values, whatever the layout.

use serde::{Deserialize, Serialize};

use super::plain::Plain;
use crate::diagnostic::{KeyPath, Step};

/// The key under which the text below a header is compared.
pub const BODY: &str = "texte";

/// Keys that tell which entry of a list is which, the most telling first.
const TELLING: &[&str] = &[
    "semaine",
    "numero",
    "code",
    "fichier",
    "eleve",
    "personne",
    "annee",
    "periode",
    "cle",
    "nom",
    "titre",
    "par",
    "auteur",
    "le",
    "date",
    "du",
    "signee_le",
];

/// One value that is not the same as before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Where. Positions in lists are those of the version in which the value stands: the later one,
    /// unless it is gone.
    pub path: KeyPath,
    /// What it was; nothing when it is new.
    pub before: Option<Plain>,
    /// What it is; nothing when it is gone.
    pub after: Option<Plain>,
}

impl Difference {
    /// The same, long texts cut: enough to tell what happened.
    #[must_use]
    pub fn brief(&self) -> Self {
        let cut = |value: &Option<Plain>| value.as_ref().map(Plain::brief);
        Self { path: self.path.clone(), before: cut(&self.before), after: cut(&self.after) }
    }

    /// The first key.
    pub fn key(&self) -> &str {
        match self.path.0.first() {
            Some(Step::Key(key)) => key,
            _ => "",
        }
    }

    /// The n-th key or position on the way, when it is a key.
    pub fn step(&self, n: usize) -> Option<&str> {
        match self.path.0.get(n)? {
            Step::Key(key) => Some(key),
            Step::Index(_) => None,
        }
    }

    /// The place to show in the later version: that of the value, or of what held it.
    pub fn place(&self) -> KeyPath {
        let mut steps = self.path.0.clone();
        if self.after.is_none() && steps.len() > 1 {
            steps.pop();
        }
        KeyPath(steps)
    }

    /// Whether it adds something where nothing was.
    pub fn is_addition(&self) -> bool {
        self.before.is_none()
    }
}

/// All differences between two versions, in the order of keys.
pub fn differences(before: &Plain, after: &Plain) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(Some(before), Some(after), &KeyPath::default(), &mut found);
    found
}

fn compare(
    before: Option<&Plain>,
    after: Option<&Plain>,
    path: &KeyPath,
    found: &mut Vec<Difference>,
) {
    match (before, after) {
        (Some(before), Some(after)) if before == after => {}
        (Some(Plain::Table(old)), Some(Plain::Table(new))) => {
            let mut keys: Vec<&String> = old.iter().chain(new).map(|(key, _)| key).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                let value =
                    |pairs: &[(String, Plain)]| pairs.iter().position(|(name, _)| name == key);
                let (was, is) = (value(old).map(|n| &old[n].1), value(new).map(|n| &new[n].1));
                compare(was, is, &path.child(key), found);
            }
        }
        (Some(Plain::List(old)), Some(Plain::List(new))) if of_tables(old) && of_tables(new) => {
            compare_entries(old, new, path, found);
        }
        (None, Some(Plain::List(new))) if of_tables(new) => compare_entries(&[], new, path, found),
        (Some(Plain::List(old)), None) if of_tables(old) => compare_entries(old, &[], path, found),
        (before, after) => {
            if before.is_some() || after.is_some() {
                let (before, after) = (before.cloned(), after.cloned());
                found.push(Difference { path: path.clone(), before, after });
            }
        }
    }
}

fn of_tables(items: &[Plain]) -> bool {
    items.iter().all(|item| matches!(item, Plain::Table(_)))
}

/// Entries of a list of tables: equal ones go together first, then those that tell the same.
fn compare_entries(old: &[Plain], new: &[Plain], path: &KeyPath, found: &mut Vec<Difference>) {
    let mut free: Vec<bool> = vec![true; old.len()];
    let mut pairs: Vec<Option<usize>> = vec![None; new.len()];
    let mut pair = |same: &dyn Fn(&Plain, &Plain) -> bool| {
        for (is, entry) in
            new.iter().enumerate().filter(|(is, _)| pairs[*is].is_none()).collect::<Vec<_>>()
        {
            let was = (0..old.len()).find(|was| free[*was] && same(&old[*was], entry));
            if let Some(was) = was {
                free[was] = false;
                pairs[is] = Some(was);
            }
        }
    };
    pair(&|was, is| was == is);
    pair(&|was, is| {
        let key = TELLING.iter().find(|key| was.get(key).is_some() && is.get(key).is_some());
        key.is_some_and(|key| was.get(key) == is.get(key))
    });
    // What is alone on both sides is one that changed.
    let alone = free.iter().filter(|free| **free).count() == 1
        && pairs.iter().filter(|pair| pair.is_none()).count() == 1;
    if alone {
        let was = free.iter().position(|free| *free);
        for is in pairs.iter_mut().filter(|pair| pair.is_none()) {
            *is = was;
        }
        free.fill(false);
    }
    for (is, entry) in new.iter().enumerate() {
        let was = pairs[is].map(|was| &old[was]);
        compare(was, Some(entry), &path.child(is), found);
    }
    for (was, entry) in old.iter().enumerate().filter(|(was, _)| free[*was]) {
        compare(Some(entry), None, &path.child(was), found);
    }
}
