//! The walk over history: one for all files, in stretches that several threads share.

use std::collections::BTreeSet;
use std::path::Path;

use git2::{Oid, Repository};
use rayon::prelude::*;

use super::Mark;
use crate::source::tree::Trees;

/// Commits that one thread takes at once: neighbours share most of their trees.
const STRETCH: usize = 1024;

/// A file that a commit changed.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// Path from the folder of `school.toml`.
    pub(super) path: String,
    /// What the commit put there.
    pub(super) blob: Oid,
    /// The commit.
    pub(super) by: Mark,
}

/// Where to walk.
#[derive(Clone, Copy)]
pub(super) struct History<'a> {
    pub(super) repository: &'a Repository,
    /// The folder of `school.toml` in the repository, with `/`; empty at its top.
    pub(super) folder: &'a str,
    /// The commits whose parents a shallow repository lacks.
    pub(super) boundary: &'a BTreeSet<Oid>,
}

impl History<'_> {
    /// All changes made by the commits reachable from `head`. Those reachable from `known` are
    /// left out, or most of them.
    pub(super) fn changes(
        &self,
        head: Oid,
        known: Option<Oid>,
    ) -> Result<Vec<Change>, git2::Error> {
        // As Git does: what is read was checked when it was fetched, and checking again takes
        // longer than all the rest.
        git2::opts::strict_hash_verification(false);
        let mut walk = self.repository.revwalk()?;
        walk.push(head)?;
        if let Some(known) = known {
            walk.hide(known)?;
        }
        let commits: Vec<Oid> = walk.collect::<Result<_, _>>()?;
        if commits.len() <= STRETCH {
            return changes_of(self.repository, self.folder, self.boundary, &commits);
        }
        // A repository cannot be shared by threads: each stretch opens its own.
        let (place, folder, boundary) = (self.repository.path(), self.folder, self.boundary);
        let stretches: Vec<_> = commits
            .par_chunks(STRETCH)
            .map(|commits| changes_of(&open(place)?, folder, boundary, commits))
            .collect::<Result<_, _>>()?;
        Ok(stretches.concat())
    }

    /// The files of a commit.
    pub(super) fn files(&self, commit: Oid) -> Result<Vec<(String, Oid)>, git2::Error> {
        let odb = self.repository.odb()?;
        let mut trees = Trees::new(&odb);
        let mut files = Vec::new();
        let tree = self.repository.find_commit(commit)?.tree_id();
        if let Some(tree) = trees.below(tree, self.folder)? {
            trees.changed(tree, &[], &mut |path, blob| files.push((path.to_owned(), blob)))?;
        }
        Ok(files)
    }
}

fn open(place: &Path) -> Result<Repository, git2::Error> {
    Repository::open(place)
}

fn changes_of(
    repository: &Repository,
    folder: &str,
    boundary: &BTreeSet<Oid>,
    commits: &[Oid],
) -> Result<Vec<Change>, git2::Error> {
    let odb = repository.odb()?;
    let mut trees = Trees::new(&odb);
    let mut changes = Vec::new();
    for id in commits {
        let commit = repository.find_commit(*id)?;
        let Some(tree) = trees.below(commit.tree_id(), folder)? else { continue };
        let mut older = Vec::new();
        if !boundary.contains(id) {
            for parent in commit.parent_ids() {
                let parent = repository.find_commit(parent)?.tree_id();
                // A parent without the folder holds none of its files: every file differs from it.
                older.extend(trees.below(parent, folder)?);
            }
        }
        let by = Mark { at: commit.time().seconds(), commit: *id };
        trees.changed(tree, &older, &mut |path, blob| {
            changes.push(Change { path: path.to_owned(), blob, by });
        })?;
    }
    Ok(changes)
}
