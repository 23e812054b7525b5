//! Repositories for tests: made commit by commit, of their own, whatever the machine.

use std::collections::BTreeMap;

use git2::{Oid, Repository, Signature, Time};

/// Files by path.
pub(crate) type Files = BTreeMap<String, String>;

/// A repository of its own, whose commits are made one by one at the times given.
pub(crate) struct Trial {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) repository: Repository,
}

impl Trial {
    /// An empty one.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::init(folder.path()).unwrap();
        Self { folder, repository }
    }

    /// Records these files, and no others, after these commits.
    pub(crate) fn commit(&self, files: &Files, parents: &[Oid], at: i64) -> Oid {
        self.commit_by(files, parents, ("T", "t@e.example"), at)
    }

    /// Does it in somebody's name.
    pub(crate) fn commit_by(
        &self,
        files: &Files,
        parents: &[Oid],
        (name, email): (&str, &str),
        at: i64,
    ) -> Oid {
        let mut index = git2::Index::new().unwrap();
        for (path, text) in files {
            let id = self.repository.blob(text.as_bytes()).unwrap();
            let zero = git2::IndexTime::new(0, 0);
            let entry = git2::IndexEntry {
                ctime: zero,
                mtime: zero,
                dev: 0,
                ino: 0,
                mode: 0o100_644,
                uid: 0,
                gid: 0,
                file_size: 0,
                id,
                flags: 0,
                flags_extended: 0,
                path: path.clone().into_bytes(),
            };
            index.add(&entry).unwrap();
        }
        let tree = index.write_tree_to(&self.repository).unwrap();
        let tree = self.repository.find_tree(tree).unwrap();
        let author = Signature::new(name, email, &Time::new(at, 0)).unwrap();
        let parents: Vec<_> =
            parents.iter().map(|id| self.repository.find_commit(*id).unwrap()).collect();
        let parents: Vec<_> = parents.iter().collect();
        self.repository.commit(None, &author, &author, "m", &tree, &parents).unwrap()
    }

    /// Moves the branch and the work tree to a commit.
    pub(crate) fn check_out(&self, commit: Oid) {
        let object = self.repository.find_object(commit, None).unwrap();
        self.repository.reset(&object, git2::ResetType::Hard, None).unwrap();
    }
}
