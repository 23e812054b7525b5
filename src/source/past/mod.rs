//! The past of a school's files as Git has it: commits, what each changed, bytes of any day.
//!
//! One opening serves a whole run. Threads cannot share a repository: [`Past::each`] gives every
//! stretch of work a [`Reader`] of its own.

mod commit;
mod elsewhere;
mod evening;
mod mainline;
mod reader;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use git2::{ErrorCode, Oid, Repository};
use rayon::prelude::*;

use super::editions::{boundary, inside, slashed};
use super::{Revision, SourceError};

pub use commit::{Commit, Hand, ObjectId};
pub use elsewhere::{Elsewhere, unfetched_part};
pub use evening::Evening;
pub use mainline::Stretch;
pub use reader::{FileChange, Reader, Signed};

/// Pieces of work that one thread takes at once: neighbours share most of their trees.
const AT_ONCE: usize = 512;

/// A school's repository, open.
#[derive(Debug)]
pub struct Past {
    /// The folder that Git keeps for itself.
    place: PathBuf,
    /// The folder of `school.toml` in the repository, with `/`; empty at its top.
    folder: String,
    /// The commits whose parents a shallow repository lacks.
    boundary: BTreeSet<Oid>,
    head: Option<ObjectId>,
    shallow: bool,
    /// The address that Git would sign with here, for what is not recorded yet.
    user: Option<(String, String)>,
}

impl Past {
    /// Opens the repository around the folder of `school.toml`; nothing when there is none.
    ///
    /// # Errors
    /// When there is a repository that cannot be read, or whose owner is somebody else.
    pub fn open(content: &Path) -> Result<Option<Self>, SourceError> {
        let (there, gone) = as_far_as_it_is(content);
        let repository = match Repository::discover(&there) {
            Ok(repository) => repository,
            Err(error) if error.code() == ErrorCode::NotFound => return Ok(None),
            Err(error) => return Err(SourceError::History(error)),
        };
        let content = there.join(gone);
        // Nobody works in a bare repository: the school is at its top, or in a folder of this name.
        let folder = match repository.workdir() {
            Some(_) => inside(&repository, &content),
            None => content.strip_prefix(repository.path()).ok().and_then(slashed),
        };
        let Some(folder) = folder else { return Ok(None) };
        // As Git does: what is read was checked when it was fetched.
        git2::opts::strict_hash_verification(false);
        let head = match repository.head().and_then(|head| head.peel_to_commit()) {
            Ok(commit) => Some(ObjectId(commit.id())),
            Err(error) if matches!(error.code(), ErrorCode::NotFound | ErrorCode::UnbornBranch) => {
                None
            }
            Err(error) => return Err(SourceError::History(error)),
        };
        let user = repository
            .signature()
            .ok()
            .and_then(|hand| Some((hand.name().ok()?.to_owned(), hand.email().ok()?.to_owned())));
        Ok(Some(Self {
            place: repository.path().to_path_buf(),
            folder,
            boundary: boundary(&repository),
            head,
            shallow: repository.is_shallow(),
            user,
        }))
    }

    /// The commit that is checked out; nothing when there is none yet.
    pub fn head(&self) -> Option<ObjectId> {
        self.head
    }

    /// Whether a part of the past was left out when the repository was copied.
    pub fn is_shallow(&self) -> bool {
        self.shallow
    }

    /// Whether the parents of a commit were left out when the repository was copied.
    pub fn is_cut(&self, commit: ObjectId) -> bool {
        self.boundary.contains(&commit.0)
    }

    /// The folder of `school.toml` in the repository, with `/`; empty at its top.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// Name and address of whoever works here, as Git is set up.
    pub fn user(&self) -> Option<(&str, &str)> {
        self.user.as_ref().map(|(name, email)| (name.as_str(), email.as_str()))
    }

    /// The commit that a name stands for: a branch, a tag, the beginning of a number.
    ///
    /// # Errors
    /// When there is no such commit.
    pub fn resolve(&self, revision: &str) -> Result<ObjectId, SourceError> {
        let failure = |cause| SourceError::Revision { revision: revision.to_owned(), cause };
        let repository = self.repository().map_err(failure)?;
        let commit = repository.revparse_single(revision).and_then(|found| found.peel_to_commit());
        commit.map(|commit| ObjectId(commit.id())).map_err(failure)
    }

    /// The last commit that two commits have in common; nothing when they have none.
    ///
    /// # Errors
    /// When the past cannot be read.
    pub fn common(&self, one: ObjectId, other: ObjectId) -> Result<Option<ObjectId>, SourceError> {
        let found = self.repository().and_then(|repository| repository.merge_base(one.0, other.0));
        match found {
            Ok(found) => Ok(Some(ObjectId(found))),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(SourceError::History(error)),
        }
    }

    /// Whether a commit is among the ancestors of another one, or is that one.
    ///
    /// # Errors
    /// When the past cannot be read.
    pub fn leads_to(&self, older: ObjectId, newer: ObjectId) -> Result<bool, SourceError> {
        let descends = |repository: Repository| match repository.find_commit(older.0) {
            Err(error) if error.code() == ErrorCode::NotFound => Ok(false),
            Err(error) => Err(error),
            Ok(_) => repository.graph_descendant_of(newer.0, older.0),
        };
        Ok(older == newer || self.repository().and_then(descends).map_err(SourceError::History)?)
    }

    /// Does a piece of work for each item, side by side, and gives what came of it in their order.
    ///
    /// # Errors
    /// When the past cannot be read.
    pub fn each<T: Sync, R: Send>(
        &self,
        items: &[T],
        work: impl Fn(&mut Reader<'_>, &T) -> Result<R, git2::Error> + Sync,
    ) -> Result<Vec<R>, SourceError> {
        // Opening a repository takes longer than most pieces of work.
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let stretch = |items: &[T]| -> Result<Vec<R>, git2::Error> {
            let repository = self.repository()?;
            let odb = repository.odb()?;
            let mut reader = Reader::new(&repository, &odb, &self.folder, &self.boundary);
            items.iter().map(|item| work(&mut reader, item)).collect()
        };
        let done: Result<Vec<_>, _> = if items.len() <= AT_ONCE / 8 {
            stretch(items).map(|done| vec![done])
        } else {
            items.par_chunks(AT_ONCE).map(stretch).collect()
        };
        Ok(done.map_err(SourceError::History)?.into_iter().flatten().collect())
    }

    /// The school as a commit has it.
    ///
    /// # Errors
    /// When the repository lacks a part of it, or the folder was not there.
    pub fn revision(&self, commit: ObjectId) -> Result<Revision, SourceError> {
        self.repository()
            .and_then(|repository| Revision::of(repository, &self.folder, commit.0))
            .map_err(|cause| SourceError::Revision { revision: commit.short(), cause })
    }

    /// Whether nobody works in the repository: it has no files but those that Git keeps for itself.
    pub fn is_bare(&self) -> bool {
        self.repository().is_ok_and(|repository| repository.is_bare())
    }

    fn repository(&self) -> Result<Repository, git2::Error> {
        Repository::open(&self.place)
    }
}

/// The part of a path that is on the disk, in full, and what follows: the folder of a school may be
/// gone today, or in a repository where nobody works.
fn as_far_as_it_is(path: &Path) -> (PathBuf, PathBuf) {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    for there in path.ancestors() {
        if let Ok(full) = there.canonicalize() {
            let gone = path.strip_prefix(there).unwrap_or(Path::new(""));
            return (full, gone.to_path_buf());
        }
    }
    (path, PathBuf::new())
}
