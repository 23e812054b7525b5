//! One thread's hold on the repository: commits, what they changed, texts.

use std::collections::BTreeSet;

use git2::{Odb, Oid, Repository};

use super::commit::{Commit, ObjectId};
use crate::source::tree::Trees;

/// A file that is not the same as before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Path from the folder of `school.toml`.
    pub path: String,
    /// What it held; nothing when it is new.
    pub before: Option<ObjectId>,
    /// What it holds; nothing when it is gone.
    pub after: Option<ObjectId>,
}

/// A signature, and the bytes that it signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The signature, as the commit carries it.
    pub signature: Vec<u8>,
    /// The commit without it.
    pub content: Vec<u8>,
}

/// Reads the past for one thread.
pub struct Reader<'r> {
    repository: &'r Repository,
    odb: &'r Odb<'r>,
    trees: Trees<'r>,
    folder: &'r str,
    boundary: &'r BTreeSet<Oid>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(
        repository: &'r Repository,
        odb: &'r Odb<'r>,
        folder: &'r str,
        boundary: &'r BTreeSet<Oid>,
    ) -> Self {
        Self { repository, odb, trees: Trees::new(odb), folder, boundary }
    }

    /// A commit.
    ///
    /// # Errors
    /// When the repository does not have it.
    pub fn commit(&self, id: ObjectId) -> Result<Commit, git2::Error> {
        Commit::read(self.repository, id.0)
    }

    /// What a commit itself changed: against its parent, or for a merge what differs from all of
    /// them. Of a commit whose parents were left out of a shallow copy, nothing is known.
    ///
    /// # Errors
    /// When the repository lacks a part of it.
    pub fn changes(&mut self, id: ObjectId) -> Result<Vec<FileChange>, git2::Error> {
        if self.boundary.contains(&id.0) {
            return Ok(Vec::new());
        }
        let parents: Vec<Oid> = self.repository.find_commit(id.0)?.parent_ids().collect();
        self.against(id.0, &parents)
    }

    /// What a commit has otherwise than an older one; everything, when there is no older one.
    ///
    /// # Errors
    /// When the repository lacks a part of them.
    pub fn between(
        &mut self,
        older: Option<ObjectId>,
        newer: ObjectId,
    ) -> Result<Vec<FileChange>, git2::Error> {
        let older: Vec<Oid> = older.iter().map(|id| id.0).collect();
        self.against(newer.0, &older)
    }

    fn against(&mut self, newer: Oid, older: &[Oid]) -> Result<Vec<FileChange>, git2::Error> {
        let tree = self.folder_of(newer)?;
        let older: Vec<_> = older.iter().map(|id| self.folder_of(*id)).collect::<Result<_, _>>()?;
        let mut changes = Vec::new();
        self.trees.differences(tree, &older, &mut |path, before, after| {
            let (before, after) = (before.map(ObjectId), after.map(ObjectId));
            changes.push(FileChange { path: path.to_owned(), before, after });
        })?;
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(changes)
    }

    fn folder_of(&mut self, commit: Oid) -> Result<Option<Oid>, git2::Error> {
        let tree = self.repository.find_commit(commit)?.tree_id();
        self.trees.below(tree, self.folder)
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// When the repository does not have them.
    pub fn bytes(&self, id: ObjectId) -> Result<Vec<u8>, git2::Error> {
        Ok(self.odb.read(id.0)?.data().to_vec())
    }

    /// The text of a file; nothing when it is no text.
    ///
    /// # Errors
    /// When the repository does not have it.
    pub fn text(&self, id: ObjectId) -> Result<Option<String>, git2::Error> {
        let bytes = self.bytes(id)?;
        Ok(String::from_utf8(bytes).ok().filter(|text| !text.contains('\0')))
    }

    /// The signature of a commit and what it signs; nothing when it is not signed.
    ///
    /// # Errors
    /// When the repository does not have the commit.
    pub fn signature(&self, id: ObjectId) -> Result<Option<Signed>, git2::Error> {
        match self.repository.extract_signature(&id.0, None) {
            Ok((signature, content)) => {
                Ok(Some(Signed { signature: signature.to_vec(), content: content.to_vec() }))
            }
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}
