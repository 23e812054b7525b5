//! A record before, the same record after.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::record::{AnyRecord, Difference, Kind, Plain, Version, differences, version};
use crate::source::{FileChange, ObjectId, Reader, Texts, is_record};

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// It is new.
    Added,
    /// It has other bytes.
    Changed,
    /// It is gone.
    Removed,
    /// It has another path, with the same bytes or not.
    Moved,
}

/// A record, or a file that goes with one, before and after a change.
#[derive(Clone, Debug)]
pub struct Transition {
    /// Path; the former one when the file is gone.
    pub file: Arc<str>,
    /// The former path, when it is another one.
    pub from: Option<Arc<str>>,
    /// What became of it.
    pub change: Change,
    /// What stands at that path; nothing for a file that is no record.
    pub kind: Option<Kind>,
    /// What stood at the former path.
    pub kind_before: Option<Kind>,
    /// The record before, if there was one that could be read.
    pub before: Option<AnyRecord>,
    /// The record after, if there is one that can be read.
    pub after: Option<AnyRecord>,
    /// The values that are not the same.
    pub differences: Vec<Difference>,
    /// The name of the bytes after; of those that went, for a file that is gone.
    pub bytes: Option<ObjectId>,
    /// Whether it comes back with the bytes that it had when it was last there.
    pub restored: bool,
    /// Whether a version cannot be read, so that not all differences are known.
    pub unreadable: bool,
    /// The values before and after, where one of the two cannot be read.
    pub(super) sides: Option<Box<[Option<Plain>; 2]>>,
}

impl Transition {
    /// Whether what the record says is the same: only its layout or its comments changed.
    pub fn is_silent(&self) -> bool {
        self.change == Change::Changed
            && self.kind.is_some()
            && self.differences.is_empty()
            && !self.unreadable
    }

    /// A file that is no record, and goes with one.
    pub fn beside(file: &str, from: Option<&str>, change: Change) -> Self {
        Self {
            file: Arc::from(file),
            from: from.map(Arc::from),
            change,
            kind: None,
            kind_before: None,
            before: None,
            after: None,
            differences: Vec::new(),
            bytes: None,
            restored: false,
            unreadable: false,
            sides: None,
        }
    }

    /// Whether what the record now says cannot be read.
    pub(super) fn hides(&self) -> bool {
        matches!(self.sides.as_deref(), Some([_, None]))
    }

    /// The kind of record that is concerned, before or after.
    pub fn any_kind(&self) -> Option<&Kind> {
        self.kind.as_ref().or(self.kind_before.as_ref())
    }

    /// The differences below a key.
    pub fn below<'t>(&'t self, key: &'t str) -> impl Iterator<Item = &'t Difference> {
        self.differences.iter().filter(move |difference| difference.key() == key)
    }

    pub(super) fn between(
        file: &Arc<str>,
        (before, after): (Option<Side>, Option<Side>),
        from: Option<Arc<str>>,
    ) -> Self {
        let change = match (&before, &after, &from) {
            (.., Some(_)) => Change::Moved,
            (None, ..) => Change::Added,
            (_, None, _) => Change::Removed,
            _ => Change::Changed,
        };
        let lacks = |side: &Option<Side>| {
            side.as_ref().is_some_and(|side| side.0.kind.is_some() && side.0.plain.is_none())
        };
        let unreadable = lacks(&before) || lacks(&after);
        let empty = Plain::Table(Vec::new());
        let plain = |side: &Option<Side>| {
            side.as_ref().map_or(Some(empty.clone()), |side| side.0.plain.clone())
        };
        let (differences, sides) = match (plain(&before), plain(&after)) {
            (Some(before), Some(after)) => (differences(&before, &after), None),
            (before, after) => (Vec::new(), Some(Box::new([before, after]))),
        };
        let bytes = after.as_ref().or(before.as_ref()).map(|side| side.1);
        let (before, after) = (before.map(|side| side.0), after.map(|side| side.0));
        let kind = after.as_ref().and_then(|version| version.kind.clone());
        let kind_before = before.as_ref().and_then(|version| version.kind.clone());
        Self {
            file: Arc::clone(file),
            from,
            change,
            kind: kind.or_else(|| kind_before.clone().filter(|_| change == Change::Removed)),
            kind_before,
            before: before.and_then(|version| version.record),
            after: after.and_then(|version| version.record),
            differences,
            bytes,
            restored: false,
            unreadable,
            sides: sides.filter(|_| unreadable),
        }
    }
}

/// What is not the same in two readings of a school; the records only, not the files beside them.
pub fn transitions_between(before: &Texts, after: &Texts) -> Vec<Transition> {
    let mut files: Vec<&Arc<str>> =
        before.iter().chain(after.iter()).map(|(file, _)| file).collect();
    files.sort_unstable();
    files.dedup();
    let side = |texts: &Texts, file: &Arc<str>| {
        let text = texts.get(file)?;
        Some(Side(version(file, text), ObjectId::of_bytes(text.as_bytes())?))
    };
    let changed = files.into_iter().filter(|file| before.get(file) != after.get(file));
    let read: Vec<Read> =
        changed.map(|file| (Arc::clone(file), (side(before, file), side(after, file)))).collect();
    paired(read)
}

/// One version of a file, read, and the name of its bytes.
#[derive(Clone, Debug)]
pub(super) struct Side(pub(super) Version, pub(super) ObjectId);

/// The transitions of a set of changed files; files that left one path for another are one.
pub(super) fn transitions(
    reader: &Reader<'_>,
    changes: &[FileChange],
) -> Result<Vec<Transition>, git2::Error> {
    let mut read = Vec::with_capacity(changes.len());
    for change in changes {
        let file: Arc<str> = Arc::from(change.path.as_str());
        let side = |id: Option<ObjectId>| -> Result<Option<Side>, git2::Error> {
            let Some(id) = id else { return Ok(None) };
            Ok(Some(Side(read_version(reader, &file, id)?, id)))
        };
        let sides = (side(change.before)?, side(change.after)?);
        read.push((file, sides));
    }
    Ok(paired(read))
}

/// Reads one version of a file; bytes that are no record are not looked at.
pub(super) fn read_version(
    reader: &Reader<'_>,
    file: &Arc<str>,
    id: ObjectId,
) -> Result<Version, git2::Error> {
    if !is_record(file) {
        return Ok(Version { kind: None, record: None, plain: None });
    }
    // What is no text is a record that cannot be read.
    let text = reader.text(id)?.unwrap_or_else(|| "\u{0}".to_owned());
    Ok(version(file, &text))
}

pub(super) type Read = (Arc<str>, (Option<Side>, Option<Side>));

/// Puts together the file that is gone and the new one that takes its place: a record with the same
/// identity (a pupil's folder that moved to another cohort), or else with the same bytes.
pub(super) fn paired(read: Vec<Read>) -> Vec<Transition> {
    let mut gone: BTreeSet<usize> = BTreeSet::new();
    let mut come: BTreeSet<usize> = BTreeSet::new();
    for (at, (_, sides)) in read.iter().enumerate() {
        match sides {
            (Some(_), None) => drop(gone.insert(at)),
            (None, Some(_)) => drop(come.insert(at)),
            _ => {}
        }
    }
    let mut origin: BTreeMap<usize, usize> = BTreeMap::new();
    for same in [same_record as fn(&Read, &Read) -> bool, same_bytes] {
        for at in &come {
            if gone.is_empty() {
                break;
            }
            if origin.contains_key(at) {
                continue;
            }
            let replaces = |from: &&usize| same(&read[**from], &read[*at]);
            if let Some(found) = gone.iter().find(replaces).copied() {
                gone.remove(&found);
                origin.insert(*at, found);
            }
        }
    }
    let mut read: Vec<Option<Read>> = read.into_iter().map(Some).collect();
    let mut former: BTreeMap<usize, (Arc<str>, Option<Side>)> = BTreeMap::new();
    for (at, from) in &origin {
        if let Some((file, (before, _))) = read[*from].take() {
            former.insert(*at, (file, before));
        }
    }
    let made = read.into_iter().enumerate().filter_map(|(at, one)| {
        let (file, (before, after)) = one?;
        Some(match former.remove(&at) {
            Some((from, before)) => Transition::between(&file, (before, after), Some(from)),
            None => Transition::between(&file, (before, after), None),
        })
    });
    made.collect()
}

/// What was read before in the one, what was read after in the other.
fn sides<'r>(gone: &'r Read, come: &'r Read) -> Option<(&'r Side, &'r Side)> {
    gone.1.0.as_ref().zip(come.1.1.as_ref())
}

fn same_record(gone: &Read, come: &Read) -> bool {
    let Some((before, after)) = sides(gone, come) else { return false };
    match (&before.0.kind, &after.0.kind) {
        (Some(Kind::Student { id: one, .. }), Some(Kind::Student { id: other, .. })) => {
            one == other
        }
        (Some(one), Some(other)) => one == other,
        // A file beside records, in the folder of a pupil that moved to another cohort.
        (None, None) => before.1 == after.1 && in_folder(&gone.0) == in_folder(&come.0),
        _ => false,
    }
}

/// The path of a file without the cohort of its pupil.
fn in_folder(file: &str) -> &str {
    file.strip_prefix("students/")
        .and_then(|rest| rest.split_once('/'))
        .map_or(file, |(_, inside)| inside)
}

fn same_bytes(gone: &Read, come: &Read) -> bool {
    let Some((before, after)) = sides(gone, come) else { return false };
    let alike = match (&before.0.kind, &after.0.kind) {
        (Some(one), Some(other)) => discriminant(one) == discriminant(other),
        (None, None) => true,
        _ => false,
    };
    alike && before.1 == after.1
}
