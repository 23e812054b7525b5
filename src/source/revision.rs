//! A school read from a Git revision, without touching the work tree.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use git2::{ObjectType, Oid, Repository, TreeWalkMode, TreeWalkResult};

use super::{Editions, Entry, Listing, Past, Source, SourceError, Texts, hidden};

/// Why a link of the file system is not read: its bytes are the way to a file, not the file.
const LINK: &str = "c’est un raccourci, qui n’est pas suivi dans une version passée";

/// The content folder as a commit has it.
pub struct Revision {
    repository: Mutex<Repository>,
    blobs: BTreeMap<String, (Oid, u64)>,
    unusable: Vec<(String, String)>,
    /// The folder in the repository, with `/`.
    folder: String,
    commit: Oid,
}

impl Revision {
    /// Opens the repository around `content` and lists that folder in `revision`
    /// (a branch, a tag, a commit, `HEAD~2` …).
    ///
    /// # Errors
    /// When there is no repository, no such revision, or no such folder in it.
    pub fn open(content: &Path, revision: &str) -> Result<Self, SourceError> {
        let absent = || SourceError::Revision {
            revision: revision.to_owned(),
            cause: git2::Error::new(
                git2::ErrorCode::NotFound,
                git2::ErrorClass::Repository,
                "no repository",
            ),
        };
        let past = Past::open(content)?.ok_or_else(absent)?;
        past.revision(past.resolve(revision)?)
    }

    /// Lists the folder of a school in a commit.
    pub(super) fn of(
        repository: Repository,
        folder: &str,
        commit: Oid,
    ) -> Result<Self, git2::Error> {
        let mut blobs = BTreeMap::new();
        let mut unusable = Vec::new();
        {
            let mut tree = repository.find_commit(commit)?.tree()?;
            if !folder.is_empty() {
                let entry = tree.get_path(Path::new(folder))?;
                tree = repository.find_tree(entry.id())?;
            }
            let odb = repository.odb()?;
            let mut failed = None;
            tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
                let path = format!("{folder}{}", String::from_utf8_lossy(entry.name_bytes()));
                if hidden(&path) {
                    return TreeWalkResult::Skip;
                }
                if entry.kind() == Some(ObjectType::Blob) {
                    if entry.filemode() == i32::from(git2::FileMode::Link) {
                        unusable.push((path, LINK.to_owned()));
                        return TreeWalkResult::Ok;
                    }
                    if entry.name().is_err() || folder.contains('\u{fffd}') {
                        unusable
                            .push((path, "son nom contient des caractères illisibles".to_owned()));
                        return TreeWalkResult::Ok;
                    }
                    // A repository that was copied in part is told now, not file by file.
                    match odb.read_header(entry.id()) {
                        Ok((size, _)) => _ = blobs.insert(path, (entry.id(), size as u64)),
                        Err(error) => {
                            failed = Some(error);
                            return TreeWalkResult::Abort;
                        }
                    }
                }
                TreeWalkResult::Ok
            })
            .map_err(|error| failed.take().unwrap_or(error))?;
        }
        let folder = folder.to_owned();
        Ok(Self { repository: Mutex::new(repository), blobs, unusable, folder, commit })
    }

    /// Whether this is the folder of a school.
    pub fn is_a_school(&self) -> bool {
        self.blobs.contains_key("school.toml")
    }
}

impl std::fmt::Debug for Revision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Revision").field("commit", &self.commit).finish_non_exhaustive()
    }
}

impl Source for Revision {
    fn list(&self) -> Result<Listing, SourceError> {
        let entries = self
            .blobs
            .iter()
            .map(|(path, (_, size))| Entry { path: path.clone(), size: *size })
            .collect();
        Ok(Listing { entries, unusable: self.unusable.clone() })
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        let missing = || SourceError::Read {
            path: path.to_owned(),
            cause: std::io::ErrorKind::NotFound.into(),
        };
        let (id, _) = self.blobs.get(path).ok_or_else(missing)?;
        let repository = self.repository.lock().map_err(|_| missing())?;
        let blob = repository.find_blob(*id).map_err(SourceError::History)?;
        Ok(blob.content().to_vec())
    }

    fn editions(
        &self,
        _texts: &Texts,
        below: &str,
        kept: Option<&Path>,
    ) -> Result<Editions, SourceError> {
        let repository = self.repository.lock().unwrap_or_else(PoisonError::into_inner);
        Editions::of_commit(&repository, (&self.folder, below), self.commit, kept)
            .map_err(SourceError::History)
    }
}
