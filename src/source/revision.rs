//! A school read from a Git revision, without touching the work tree.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use git2::{ObjectType, Oid, Repository, TreeWalkMode, TreeWalkResult};

use super::editions::slashed;
use super::{Editions, Entry, Listing, Source, SourceError, Texts, hidden};

/// The content folder as a commit has it.
pub struct Revision {
    repository: Mutex<Repository>,
    blobs: BTreeMap<String, (Oid, u64)>,
    unusable: Vec<(String, String)>,
    /// The folder in the repository.
    inside: PathBuf,
    commit: Oid,
}

impl Revision {
    /// Opens the repository around `content` and lists that folder in `revision`
    /// (a branch, a tag, a commit, `HEAD~2` …).
    ///
    /// # Errors
    /// When there is no repository, no such revision, or no such folder in it.
    pub fn open(content: &Path, revision: &str) -> Result<Self, SourceError> {
        let failure = |cause| SourceError::Revision { revision: revision.to_owned(), cause };
        let content = content.canonicalize().unwrap_or_else(|_| content.to_path_buf());
        let repository = Repository::discover(&content).map_err(failure)?;
        let top = repository.workdir().unwrap_or_else(|| repository.path());
        let top = top.canonicalize().unwrap_or_else(|_| top.to_path_buf());
        let inside = content.strip_prefix(&top).unwrap_or(Path::new("")).to_path_buf();

        let mut blobs = BTreeMap::new();
        let mut unusable = Vec::new();
        let commit = {
            let commit = repository
                .revparse_single(revision)
                .and_then(|object| object.peel_to_commit())
                .map_err(failure)?;
            let mut tree = commit.tree().map_err(failure)?;
            if !inside.as_os_str().is_empty() {
                let entry = tree.get_path(&inside).map_err(failure)?;
                tree = repository.find_tree(entry.id()).map_err(failure)?;
            }
            let sizes = repository.odb().map_err(failure)?;
            tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
                let path = format!("{folder}{}", String::from_utf8_lossy(entry.name_bytes()));
                if hidden(&path) {
                    return TreeWalkResult::Skip;
                }
                if entry.kind() == Some(ObjectType::Blob) {
                    if entry.name().is_err() || folder.contains('\u{fffd}') {
                        unusable
                            .push((path, "son nom contient des caractères illisibles".to_owned()));
                    } else {
                        let size = sizes.read_header(entry.id()).map_or(0, |(size, _)| size as u64);
                        blobs.insert(path, (entry.id(), size));
                    }
                }
                TreeWalkResult::Ok
            })
            .map_err(failure)?;
            commit.id()
        };
        Ok(Self { repository: Mutex::new(repository), blobs, unusable, inside, commit })
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
        let blob = repository.find_blob(*id).map_err(|_| missing())?;
        Ok(blob.content().to_vec())
    }

    fn editions(&self, _texts: &Texts, kept: Option<&Path>) -> Result<Editions, SourceError> {
        let Some(folder) = slashed(&self.inside) else { return Ok(Editions::default()) };
        let repository = self.repository.lock().unwrap_or_else(PoisonError::into_inner);
        Editions::of_commit(&repository, &folder, self.commit, kept).map_err(SourceError::History)
    }
}
