//! Writes a whole new repository at once: a school that is invented with its past has no other way to get one.
//!
//! Commits may be a hundred thousand: trees are kept in memory and only the folders that change are
//! written again, as the difference from what they were, into one pack.

mod pack;
mod trees;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::write::{WriteError, create_new_tree, put};
use pack::{Kind, Pack};
use trees::Folder;

/// A file that a commit writes, or deletes: path from the top of the repository, bytes.
pub type NewChange = (Arc<str>, Option<Arc<[u8]>>);

/// Who signs a commit, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHand {
    /// First name and surname.
    pub name: Arc<str>,
    /// Address, which tells who it is.
    pub mail: Arc<str>,
    /// Seconds since 1970 began, in universal time.
    pub seconds: i64,
    /// Minutes to add for the time of the place.
    pub offset: i32,
}

/// A commit to write.
#[derive(Clone, Debug)]
pub struct NewCommit {
    /// Places of its parents in the list; none for the first.
    pub parents: Vec<usize>,
    /// Who wrote what it brings.
    pub author: NewHand,
    /// Who put it into the repository.
    pub committer: NewHand,
    /// Message, without the last line break.
    pub message: String,
    /// What changes from the first parent.
    pub changes: Vec<NewChange>,
}

/// A history that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// A file or folder could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Git refused.
    #[error("le dépôt Git ne peut pas être créé")]
    Git(#[from] git2::Error),
}

/// Identifier of a Git object.
type Id = [u8; 20];

/// Writes a repository whose `main` is the last of these commits, with its files in the work tree.
/// Parents come before their children. `files` is the state of the last commit. Gives the
/// identifier of each commit, the same on every machine.
///
/// # Errors
/// When the folder exists and is not empty, or the system refuses.
pub fn create_new_history(
    folder: &Path,
    files: &[(String, Vec<u8>)],
    commits: &[NewCommit],
) -> Result<Vec<String>, HistoryError> {
    create_new_tree(folder, files.iter().map(|(path, bytes)| (path.clone(), bytes)))?;
    let mut options = git2::RepositoryInitOptions::new();
    options.initial_head("main").external_template(false).no_reinit(true);
    let repository = git2::Repository::init_opts(folder, &options)?;

    let mut pack = Pack::new();
    let ids = write_commits(&mut pack, commits);
    let (name, bytes, index) = pack.finish();
    let packs = repository.path().join("objects/pack");
    put(&packs.join(format!("pack-{name}.pack")), &bytes)?;
    put(&packs.join(format!("pack-{name}.idx")), &index)?;
    if let Some(last) = ids.last() {
        let head = format!("{}\n", hex(last));
        put(&repository.path().join("refs/heads/main"), head.as_bytes())?;
    }
    fill_index(&repository, folder, files)?;
    Ok(ids.iter().map(|id| hex(id)).collect())
}

fn write_commits(pack: &mut Pack, commits: &[NewCommit]) -> Vec<Id> {
    // A tree is let go once nothing is built on it any more.
    let mut last_use = vec![0; commits.len()];
    for (place, commit) in commits.iter().enumerate() {
        if let Some(first) = commit.parents.first() {
            last_use[*first] = place;
        }
    }
    let mut roots: HashMap<usize, Option<Arc<Folder>>> = HashMap::new();
    let mut texts: HashMap<&str, (&[u8], Id)> = HashMap::new();
    let mut ids: Vec<Id> = Vec::with_capacity(commits.len());
    for (place, commit) in commits.iter().enumerate() {
        let first = commit.parents.first();
        let before = first.and_then(|parent| roots.get(parent).cloned().flatten());
        let mut changes: Vec<(&str, Option<Id>)> = Vec::with_capacity(commit.changes.len());
        for (path, bytes) in &commit.changes {
            let id = bytes.as_deref().map(|bytes| {
                let id = pack.add(Kind::Blob, bytes, texts.get(&**path).copied());
                texts.insert(path, (bytes, id));
                id
            });
            changes.push((path, id));
        }
        changes.sort_unstable_by_key(|(path, _)| *path);
        let root = Folder::change(before.as_ref(), &changes, pack);
        let tree = root.as_ref().map_or_else(|| pack.add(Kind::Tree, b"", None), |root| root.id);
        let text = commit_text(commit, &tree, &ids);
        ids.push(pack.add(Kind::Commit, text.as_bytes(), None));
        if let Some(parent) = first.filter(|parent| last_use[**parent] <= place) {
            roots.remove(parent);
        }
        if last_use[place] > place {
            roots.insert(place, root);
        }
    }
    ids
}

fn commit_text(commit: &NewCommit, tree: &Id, ids: &[Id]) -> String {
    let mut text = format!("tree {}\n", hex(tree));
    for parent in commit.parents.iter().filter_map(|parent| ids.get(*parent)) {
        text.push_str(&format!("parent {}\n", hex(parent)));
    }
    for (role, hand) in [("author", &commit.author), ("committer", &commit.committer)] {
        let (sign, minutes) =
            if hand.offset < 0 { ('-', -hand.offset) } else { ('+', hand.offset) };
        text.push_str(&format!(
            "{role} {} <{}> {} {sign}{:02}{:02}\n",
            hand.name,
            hand.mail,
            hand.seconds,
            minutes / 60,
            minutes % 60
        ));
    }
    text.push('\n');
    text.push_str(&commit.message);
    text.push('\n');
    text
}

/// Tells Git that the work tree is the last commit, with what the system says of each file: nothing
/// has to be read again to see it.
fn fill_index(
    repository: &git2::Repository,
    folder: &Path,
    files: &[(String, Vec<u8>)],
) -> Result<(), HistoryError> {
    let mut index = repository.index()?;
    for (path, bytes) in files {
        let mut entry = git2::IndexEntry {
            ctime: git2::IndexTime::new(0, 0),
            mtime: git2::IndexTime::new(0, 0),
            dev: 0,
            ino: 0,
            mode: 0o100_644,
            uid: 0,
            gid: 0,
            file_size: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
            id: git2::Oid::from_bytes(&pack::id_of(Kind::Blob, bytes))?,
            flags: 0,
            flags_extended: 0,
            path: path.as_bytes().to_vec(),
        };
        note_system(&mut entry, &folder.join(path));
        index.add(&entry)?;
    }
    index.write()?;
    Ok(())
}

#[cfg(unix)]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the index of Git keeps the low half of each"
)]
fn note_system(entry: &mut git2::IndexEntry, path: &Path) {
    use std::os::unix::fs::MetadataExt as _;
    if let Ok(data) = std::fs::symlink_metadata(path) {
        entry.ctime = git2::IndexTime::new(data.ctime() as i32, data.ctime_nsec() as u32);
        entry.mtime = git2::IndexTime::new(data.mtime() as i32, data.mtime_nsec() as u32);
        entry.dev = data.dev() as u32;
        entry.ino = data.ino() as u32;
        entry.uid = data.uid();
        entry.gid = data.gid();
    }
}

#[cfg(not(unix))]
fn note_system(_: &mut git2::IndexEntry, _: &Path) {}

fn hex(id: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half & 15)]);
    id.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hand(seconds: i64) -> NewHand {
        NewHand { name: "Léa Roy".into(), mail: "lea@roy.example".into(), seconds, offset: 60 }
    }

    fn commit(parents: &[usize], seconds: i64, changes: &[(&str, Option<&str>)]) -> NewCommit {
        let changes = changes
            .iter()
            .map(|(path, text)| ((*path).into(), text.map(|text| Arc::from(text.as_bytes()))));
        NewCommit {
            parents: parents.to_vec(),
            author: hand(seconds),
            committer: hand(seconds + 5),
            message: format!("Étape {seconds}"),
            changes: changes.collect(),
        }
    }

    fn sample() -> (Vec<(String, Vec<u8>)>, Vec<NewCommit>) {
        let long = "une ligne\n".repeat(400);
        let longer = long.replacen("une", "deux", 1);
        let commits = vec![
            commit(
                &[],
                10,
                &[("a/x.toml", Some(&long)), ("a.toml", Some("1")), ("b/c/d", Some("2"))],
            ),
            commit(&[0], 20, &[("a/x.toml", Some(&longer)), ("a/y", Some("3"))]),
            commit(&[0], 30, &[("b/c/d", None)]),
            commit(&[2, 1], 40, &[("a/x.toml", Some(&longer)), ("a/y", Some("3"))]),
        ];
        let files = [("a.toml", "1"), ("a/x.toml", &longer), ("a/y", "3")];
        let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        (files.to_vec(), commits)
    }

    #[test]
    fn git_reads_what_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().join("new");
        let (files, commits) = sample();
        let ids = create_new_history(&top, &files, &commits).unwrap();
        let repository = git2::Repository::open(&top).unwrap();
        let head = repository.head().unwrap();
        assert_eq!(head.name().unwrap(), "refs/heads/main");
        let head = head.peel_to_commit().unwrap();
        assert_eq!(head.id().to_string(), ids[3]);
        assert_eq!(head.message().unwrap(), "Étape 40\n");
        assert_eq!((head.parent_count(), head.author().when().offset_minutes()), (2, 60));
        assert!(repository.statuses(None).unwrap().is_empty());
        // Git makes the same trees of the same files.
        let mut index = repository.index().unwrap();
        assert_eq!(index.write_tree().unwrap(), head.tree_id());
        for id in &ids {
            let tree = repository.revparse_single(id).unwrap().peel_to_tree().unwrap();
            tree.walk(git2::TreeWalkMode::PreOrder, |_, entry| {
                let object = entry.to_object(&repository).unwrap();
                assert_eq!(object.id(), entry.id());
                git2::TreeWalkResult::Ok
            })
            .unwrap();
        }
        let old = repository.revparse_single(&format!("{}:a/x.toml", ids[0])).unwrap();
        assert!(old.as_blob().unwrap().content().starts_with(b"une ligne\nune"));
    }

    #[test]
    fn the_same_commits_have_the_same_names() {
        let folder = tempfile::tempdir().unwrap();
        let (files, commits) = sample();
        let one = create_new_history(&folder.path().join("1"), &files, &commits).unwrap();
        let two = create_new_history(&folder.path().join("2"), &files, &commits).unwrap();
        assert_eq!(one, two);
        assert!(create_new_history(&folder.path().join("2"), &files, &commits).is_err());
    }
}
