//! What the watched folders hold at one moment: the only judge of whether anything changed.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::source::Stamp;

/// Beyond this size, a file is judged by its stamp alone.
const LARGEST_READ: u64 = 1024 * 1024;

/// Where to look, and where not to.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// Folders or files, in full.
    pub(super) roots: Vec<PathBuf>,
    /// Our own output.
    ignored: Option<PathBuf>,
}

impl Scope {
    /// Folders to look at, and one to leave out.
    pub(super) fn new(roots: &[PathBuf], ignored: &Path) -> Self {
        let roots: Vec<_> = roots.iter().map(|root| full(root)).collect();
        let ignored = full(ignored);
        let hides_all = roots.iter().any(|root| root.starts_with(&ignored));
        Self { roots, ignored: (!hides_all).then_some(ignored) }
    }

    /// Whether a path is of interest: below a root, not hidden, not our output.
    pub(super) fn holds(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| {
            path.strip_prefix(root).is_ok_and(|inside| !inside.iter().any(is_hidden))
                && !self.is_ignored(path)
        })
    }

    fn is_ignored(&self, path: &Path) -> bool {
        self.ignored.as_ref().is_some_and(|ignored| path.starts_with(ignored))
    }
}

/// The path from the top of the disk, links resolved as far as it exists.
fn full(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    path.canonicalize().unwrap_or_else(|_| match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => full(parent).join(name),
        _ => path,
    })
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// The files of a scope, each with what is known of its content.
#[derive(Debug)]
pub(super) struct Snapshot {
    files: BTreeMap<PathBuf, Seen>,
}

#[derive(Debug)]
struct Seen {
    /// Nothing for a path that leads nowhere: that it is there still counts.
    stamp: Option<Stamp>,
    hash: Option<blake3::Hash>,
}

impl Snapshot {
    /// Looks for the first time.
    pub(super) fn take(scope: &Scope) -> Self {
        let files = list(scope).map(|(path, stamp)| {
            let unproved = stamp.is_some_and(|stamp| !stamp.still_holds(&stamp));
            let hash = unproved.then(|| hash(&path, stamp)).flatten();
            (path, Seen { stamp, hash })
        });
        Self { files: files.collect() }
    }

    /// Looks again, and says whether anything was added, changed or removed.
    pub(super) fn refresh(&mut self, scope: &Scope) -> bool {
        let mut changed = false;
        let mut files = BTreeMap::new();
        for (path, stamp) in list(scope) {
            let before = self.files.remove(&path);
            changed |= before.is_none();
            let (seen, same) = look(&path, stamp, before);
            changed |= !same;
            files.insert(path, seen);
        }
        changed |= !self.files.is_empty();
        self.files = files;
        changed
    }
}

/// Looks at one file, reading it only if its stamp leaves a doubt.
fn look(path: &Path, stamp: Option<Stamp>, before: Option<Seen>) -> (Seen, bool) {
    let before = before.unwrap_or(Seen { stamp: None, hash: None });
    let (then, now) = match (before.stamp, stamp) {
        (Some(then), Some(now)) => (then, now),
        (then, now) => {
            return (Seen { stamp, hash: hash(path, stamp) }, then.is_none() && now.is_none());
        }
    };
    if then.still_holds(&now) {
        return (Seen { stamp, hash: before.hash }, true);
    }
    let hash = hash(path, stamp);
    let same = match (before.hash, hash) {
        (Some(then), Some(now)) => then == now,
        _ => then.looks_like(&now),
    };
    (Seen { stamp, hash }, same)
}

fn hash(path: &Path, stamp: Option<Stamp>) -> Option<blake3::Hash> {
    if stamp?.size() > LARGEST_READ {
        return None;
    }
    std::fs::read(path).ok().map(|bytes| blake3::hash(&bytes))
}

fn list(scope: &Scope) -> impl Iterator<Item = (PathBuf, Option<Stamp>)> {
    scope.roots.iter().flat_map(|root| {
        WalkDir::new(root)
            .follow_links(true)
            .into_iter()
            .filter_entry(|entry| {
                entry.depth() == 0
                    || !(is_hidden(entry.file_name()) || scope.is_ignored(entry.path()))
            })
            .filter_map(|item| match item {
                Ok(entry) if entry.file_type().is_dir() => None,
                Ok(entry) => {
                    let stamp = entry.metadata().ok().map(|data| Stamp::of(&data));
                    Some((entry.into_path(), stamp))
                }
                // A link that leads nowhere, a folder that cannot be opened.
                Err(error) => error.path().map(|path| (path.to_path_buf(), None)),
            })
    })
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests play the part of an editor")]
mod tests {
    use std::fs;

    use super::*;

    fn school() -> (tempfile::TempDir, Scope, Snapshot) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("classes")).unwrap();
        fs::create_dir_all(folder.path().join("out")).unwrap();
        fs::write(folder.path().join("school.toml"), "a = 1").unwrap();
        fs::write(folder.path().join("classes/2026.toml"), "b = 1").unwrap();
        let scope = Scope::new(&[folder.path().to_path_buf()], &folder.path().join("out"));
        let snapshot = Snapshot::take(&scope);
        (folder, scope, snapshot)
    }

    #[test]
    fn looking_again_at_the_same_files_finds_nothing() {
        let (_folder, scope, mut snapshot) = school();
        assert!(!snapshot.refresh(&scope));
        assert!(!snapshot.refresh(&scope));
    }

    #[test]
    fn new_changed_and_deleted_files_are_seen_once() {
        let (folder, scope, mut snapshot) = school();
        let (old, new) = (folder.path().join("school.toml"), folder.path().join("staff.toml"));
        let mut once = |what: &str| {
            assert!(snapshot.refresh(&scope), "{what}");
            assert!(!snapshot.refresh(&scope), "{what}, again");
        };
        fs::write(&new, "c = 1").unwrap();
        once("created");
        fs::write(&new, "c = 2").unwrap();
        once("changed, same size");
        fs::rename(&new, folder.path().join("classes/staff.toml")).unwrap();
        once("renamed");
        fs::remove_file(&old).unwrap();
        once("deleted");
        fs::remove_dir_all(folder.path().join("classes")).unwrap();
        once("folder deleted");
    }

    #[test]
    fn an_editors_atomic_save_is_seen_unless_the_text_is_the_same() {
        let (folder, scope, mut snapshot) = school();
        let save = |text: &str| {
            fs::write(folder.path().join(".school.toml.swp"), text).unwrap();
            let (from, to) = (".school.toml.swp", "school.toml");
            fs::rename(folder.path().join(from), folder.path().join(to)).unwrap();
        };
        save("a = 1");
        assert!(!snapshot.refresh(&scope));
        save("a = 2");
        assert!(snapshot.refresh(&scope));
    }

    #[test]
    fn two_files_that_change_places_are_seen() {
        let (folder, scope, mut snapshot) = school();
        let path = |name: &str| folder.path().join(name);
        fs::rename(path("school.toml"), path("x")).unwrap();
        fs::rename(path("classes/2026.toml"), path("school.toml")).unwrap();
        fs::rename(path("x"), path("classes/2026.toml")).unwrap();
        assert!(snapshot.refresh(&scope));
    }

    #[test]
    fn our_output_and_hidden_files_do_not_count() {
        let (folder, scope, mut snapshot) = school();
        fs::write(folder.path().join("out/index.html"), "x").unwrap();
        fs::create_dir_all(folder.path().join(".git")).unwrap();
        fs::write(folder.path().join(".git/index"), "x").unwrap();
        assert!(!snapshot.refresh(&scope));
        let root = &scope.roots[0];
        assert!(scope.holds(&root.join("classes/2027.toml")));
        assert!(!scope.holds(&root.join("out/index.html")));
        assert!(!scope.holds(&root.join("classes/.2027.toml.swp")));
        assert!(!scope.holds(&root.join("../elsewhere")));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_counts() {
        let (folder, scope, mut snapshot) = school();
        std::os::unix::fs::symlink("nowhere", folder.path().join("link.toml")).unwrap();
        assert!(snapshot.refresh(&scope));
        assert!(!snapshot.refresh(&scope));
    }
}
