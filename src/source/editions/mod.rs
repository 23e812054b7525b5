//! Editions: for each record, the commit that gave it the bytes it has, and when.
//!
//! Among all commits reachable from the revision that is read, those that *gave* a file its bytes
//! hold it with these bytes while each of their parents holds other bytes or no such file. The
//! edition is the one with the greatest commit time, then the greatest id. So a branch that was
//! merged without its changes gives no edition, a merge gives one only to what it wrote itself, and
//! a clock that runs late on somebody's machine cannot name a commit that holds another text. The
//! answer depends on the commits alone: neither on the order of a walk, nor on what was kept of an
//! earlier one.

mod kept;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use git2::{ErrorCode, ObjectType, Oid, Repository};
use jiff::Timestamp;
use rayon::prelude::*;

use super::Texts;
use walk::History;

/// The version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Full name of the commit, in hexadecimal.
    pub commit: String,
    /// When it was made.
    pub at: Timestamp,
}

/// The editions of a school's files. A file that is not committed as it stands has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Editions {
    known: BTreeMap<String, Edition>,
    /// Files whose edition is in the part of the past that a shallow repository lacks.
    cut: BTreeSet<String>,
    shallow: bool,
}

impl Editions {
    /// The edition of a file, named by its path from the folder of `school.toml`.
    pub fn of(&self, path: &str) -> Option<&Edition> {
        self.known.get(path)
    }

    /// Whether the edition of a file is in the part of the past that a shallow repository lacks.
    pub fn is_cut(&self, path: &str) -> bool {
        self.cut.contains(path)
    }

    /// Whether some editions are unknown because the repository lacks a part of its history
    /// (`git clone --depth`).
    pub fn is_shallow(&self) -> bool {
        self.shallow
    }

    /// How many files have one.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether no file has one.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The editions of all files of a commit below a folder of the school. `kept` is where what was found is
    /// kept from one run to the next, for that folder.
    ///
    /// # Errors
    /// When history cannot be read.
    pub(super) fn of_commit(
        repository: &Repository,
        (folder, below): (&str, &str),
        commit: Oid,
        kept: Option<&Path>,
    ) -> Result<Self, git2::Error> {
        let Found { known, boundary } = known(repository, &joined(folder, below), commit, kept)?;
        let held = known.files.into_iter();
        let held = held.filter_map(|(path, slot)| Some((joined(below, &path), slot.held?)));
        Ok(Self::of_held(held, &boundary))
    }

    /// The editions of the texts read from the folder `content` of the disk, below a folder of the school: of
    /// those alone that its repository has, as they are, in its present commit. Outside a repository there is none.
    ///
    /// # Errors
    /// When there is a repository and its history cannot be read.
    pub(super) fn of_texts(
        content: &Path,
        (texts, below): (&Texts, &str),
        kept: Option<&Path>,
    ) -> Result<Self, git2::Error> {
        let Some(repository) = found(Repository::discover(content))? else {
            return Ok(Self::default());
        };
        let Some(folder) = inside(&repository, content) else { return Ok(Self::default()) };
        let Some(head) = found(repository.head().and_then(|head| head.peel_to_commit()))? else {
            return Ok(Self::default());
        };
        let Found { known, boundary } =
            known(&repository, &joined(&folder, below), head.id(), kept)?;
        let texts: Vec<_> = texts.iter().collect();
        let held: Vec<(String, Held)> = texts
            .par_iter()
            .filter_map(|(path, text)| {
                let rest = path.strip_prefix(below)?;
                let held = known.files.get(rest.strip_prefix('/').unwrap_or(rest))?.held?;
                has_bytes(held.blob, text).then(|| (path.to_string(), held))
            })
            .collect();
        Ok(Self::of_held(held, &boundary))
    }

    /// What gave a commit at the edge of a shallow repository its bytes came before, and is not known.
    fn of_held(held: impl IntoIterator<Item = (String, Held)>, boundary: &BTreeSet<Oid>) -> Self {
        let mut editions = Self { shallow: !boundary.is_empty(), ..Self::default() };
        for (path, held) in held {
            if boundary.contains(&held.by.commit) {
                editions.cut.insert(path);
            } else if let Some(edition) = held.by.edition() {
                editions.known.insert(path, edition);
            }
        }
        editions
    }
}

/// Nothing, where Git finds nothing.
fn found<T>(looked: Result<T, git2::Error>) -> Result<Option<T>, git2::Error> {
    match looked {
        Ok(found) => Ok(Some(found)),
        Err(error) if matches!(error.code(), ErrorCode::NotFound | ErrorCode::UnbornBranch) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Where a folder stands in the repository around it, with `/` and without one at its end.
pub fn inside_repository(folder: &Path) -> Option<String> {
    inside(&Repository::discover(folder).ok()?, folder)
}

/// The path of a folder in its repository, with `/`; nothing when it is elsewhere.
pub(super) fn inside(repository: &Repository, content: &Path) -> Option<String> {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    slashed(real(content).strip_prefix(real(repository.workdir()?)).ok()?)
}

/// A path as Git writes it; nothing when it is not UTF-8.
pub(super) fn slashed(path: &Path) -> Option<String> {
    let parts: Vec<&str> = path.iter().map(|part| part.to_str()).collect::<Option<_>>()?;
    Some(parts.join("/"))
}

/// A path below a folder, either of which may be empty.
fn joined(folder: &str, path: &str) -> String {
    if folder.is_empty() || path.is_empty() {
        format!("{folder}{path}")
    } else {
        format!("{folder}/{path}")
    }
}

/// Whether Git holds this text, perhaps with the line ends that it gave to the work tree.
fn has_bytes(blob: Oid, text: &str) -> bool {
    let is = |text: &str| Oid::hash_object(ObjectType::Blob, text.as_bytes()).ok() == Some(blob);
    is(text) || text.contains("\r\n") && is(&text.replace("\r\n", "\n"))
}

/// A commit, in the order that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    /// Seconds since 1970.
    at: i64,
    commit: Oid,
}

impl Mark {
    /// A time that no calendar knows tells nothing.
    fn edition(self) -> Option<Edition> {
        let at = Timestamp::from_second(self.at).ok()?;
        Some(Edition { commit: self.commit.to_string(), at })
    }
}

/// What is known of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot {
    /// The greatest of the commits that gave it any bytes.
    latest: Mark,
    /// What it holds in the commit that was asked for, when it is there.
    held: Option<Held>,
}

/// The bytes of a file and what gave it them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Held {
    blob: Oid,
    by: Mark,
}

/// What a walk found.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    head: Oid,
    /// By path; files that are gone are there too.
    files: BTreeMap<String, Slot>,
}

/// What is known of the files of a commit, and the commits whose parents a shallow repository lacks.
struct Found {
    known: Known,
    boundary: BTreeSet<Oid>,
}

fn known(
    repository: &Repository,
    folder: &str,
    head: Oid,
    kept: Option<&Path>,
) -> Result<Found, git2::Error> {
    let boundary = boundary(repository);
    let history = History { repository, folder, boundary: &boundary };
    // Nothing is kept of a history that may be completed tomorrow.
    let known = if boundary.is_empty() {
        known_of_whole(&history, head, kept)?
    } else {
        walked(&history, head)?
    };
    Ok(Found { known, boundary })
}

fn known_of_whole(
    history: &History<'_>,
    head: Oid,
    kept: Option<&Path>,
) -> Result<Known, git2::Error> {
    let History { repository, folder, .. } = *history;
    let earlier = kept.and_then(|file| kept::load(file, folder));
    let known = match earlier {
        Some(known) if known.head == head => return Ok(known),
        // A history that was written again, or a commit that is gone, proves nothing.
        Some(known) if repository.graph_descendant_of(head, known.head).unwrap_or(false) => {
            match walked_on(history, head, known)? {
                Some(known) => known,
                None => walked(history, head)?,
            }
        }
        _ => walked(history, head)?,
    };
    if let Some(file) = kept {
        kept::save(file, folder, &known);
    }
    Ok(known)
}

/// What a walk over the whole history finds.
fn walked(history: &History<'_>, head: Oid) -> Result<Known, git2::Error> {
    let blobs: BTreeMap<String, Oid> = history.files(head)?.into_iter().collect();
    let mut files: BTreeMap<String, Slot> = BTreeMap::new();
    for change in history.changes(head, None)? {
        let gives = blobs.get(&change.path) == Some(&change.blob);
        let now = gives.then_some(Held { blob: change.blob, by: change.by });
        match files.get_mut(&change.path) {
            Some(slot) => {
                slot.latest = slot.latest.max(change.by);
                slot.held = [slot.held, now].into_iter().flatten().max_by_key(|held| held.by);
            }
            None => drop(files.insert(change.path, Slot { latest: change.by, held: now })),
        }
    }
    Ok(Known { head, files })
}

/// What a walk over the new commits adds to what an earlier one found, when that is enough to
/// answer as a walk over the whole history would.
///
/// It is not when a file has other bytes than before, and an old commit may have given it these
/// ones at a later time than the new commits did: clocks differ.
fn walked_on(
    history: &History<'_>,
    head: Oid,
    earlier: Known,
) -> Result<Option<Known>, git2::Error> {
    let mut changes: BTreeMap<String, Vec<(Oid, Mark)>> = BTreeMap::new();
    for change in history.changes(head, Some(earlier.head))? {
        changes.entry(change.path).or_default().push((change.blob, change.by));
    }
    let old = earlier.files;
    let mut files = old.clone();
    for (path, changes) in &changes {
        let Some(latest) = changes.iter().map(|(_, by)| *by).max() else { continue };
        let slot = files.entry(path.clone()).or_insert(Slot { latest, held: None });
        slot.latest = slot.latest.max(latest);
    }
    files.values_mut().for_each(|slot| slot.held = None);
    for (path, blob) in history.files(head)? {
        let given = changes.get(&path).and_then(|changes| {
            changes.iter().filter(|(given, _)| *given == blob).map(|(_, by)| *by).max()
        });
        let by = match old.get(&path) {
            Some(Slot { held: Some(held), .. }) if held.blob == blob => Some(held.by).max(given),
            Some(slot) => given.filter(|given| *given >= slot.latest),
            None => given,
        };
        let (Some(by), Some(slot)) = (by, files.get_mut(&path)) else { return Ok(None) };
        slot.held = Some(Held { blob, by });
    }
    Ok(Some(Known { head, files }))
}

/// The commits whose parents a shallow repository lacks.
pub(super) fn boundary(repository: &Repository) -> BTreeSet<Oid> {
    if !repository.is_shallow() {
        return BTreeSet::new();
    }
    let listed = std::fs::read_to_string(repository.commondir().join("shallow"));
    listed.unwrap_or_default().lines().filter_map(|line| Oid::from_str(line.trim()).ok()).collect()
}
