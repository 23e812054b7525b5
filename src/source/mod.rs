//! Where texts come from: a folder, a Git revision or memory. The only reader, the only writer.

mod changes;
mod editions;
mod folder;
mod memory;
mod new_history;
mod past;
mod picture;
mod private;
mod repository;
mod revision;
mod stamp;
mod store;
mod temporary;
mod texts;
mod tree;
#[cfg(test)]
pub(crate) mod trial;
mod write;

use std::path::{Path, PathBuf};

pub use changes::{Changed, Changes};
pub use editions::{Edition, Editions, inside_repository};
pub use folder::Folder;
pub use memory::Memory;
pub use new_history::{HistoryError, NewChange, NewCommit, NewHand, create_new_history};
pub use past::{
    Commit, Elsewhere, Evening, FileChange, Hand, ObjectId, Past, Reader, Signed, Stretch,
    unfetched_part,
};
pub use picture::Picture;
pub use private::{PrivateFolder, create_private_file};
pub use repository::create_repository;
pub use revision::Revision;
pub use stamp::Stamp;
pub use store::{Key, Store};
pub use temporary::Temporary;
pub use texts::{CODES, Shelf, Texts, is_record};
pub use write::{Output, WriteError, Written, create_new_tree, earlier_output, write_if_changed};

/// A file of the content, named by its path from the folder of `school.toml`, with `/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Path from the folder of `school.toml`.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
}

/// What a listing met: the files, in byte order of their paths, and the paths that lead nowhere.
#[derive(Debug, Default)]
pub struct Listing {
    /// The files that can be read.
    pub entries: Vec<Entry>,
    /// Paths that cannot be followed (a folder that contains itself, a dangling link, a name that
    /// is not UTF-8), each with a French reason.
    pub unusable: Vec<(String, String)>,
}

/// One place to read a school from.
pub trait Source: Sync {
    /// All files below the folder of `school.toml`, hidden ones excepted.
    ///
    /// # Errors
    /// When the place itself cannot be read.
    fn list(&self) -> Result<Listing, SourceError>;

    /// The bytes of one file.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError>;

    /// What tells, without reading a file, that it did not change; nothing when only reading can.
    fn stamp(&self, _path: &str) -> Option<Stamp> {
        None
    }

    /// The editions of the files below a folder (`""` for all), those of the texts read from here at least; none
    /// where there is no history. `kept` names the file where what was found is kept from one run to the next: each
    /// folder asks for a file of its own. A folder that seldom changes is quick to follow, without anything kept.
    ///
    /// # Errors
    /// When there is a history and it cannot be read.
    fn editions(
        &self,
        _texts: &Texts,
        _below: &str,
        _kept: Option<&Path>,
    ) -> Result<Editions, SourceError> {
        Ok(Editions::default())
    }
}

/// A broken disk or repository: nothing a record's author could mend.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The folder given as content does not exist or holds no `school.toml`.
    #[error("« {} » n’est pas le dossier d’un établissement : il n’y a pas de school.toml", .0.display())]
    NotASchool(PathBuf),
    /// A file or folder could not be read.
    #[error("lecture impossible de « {path} »")]
    Read {
        /// Path from the folder of `school.toml`.
        path: String,
        /// What the system says.
        #[source]
        cause: std::io::Error,
    },
    /// The repository or the revision could not be opened.
    #[error("version « {revision} » introuvable dans l’historique")]
    Revision {
        /// The revision asked for.
        revision: String,
        /// What Git says.
        #[source]
        cause: git2::Error,
    },
    /// There is a repository, and what it tells of the past cannot be read.
    #[error("l’historique des fichiers ne peut pas être lu")]
    History(#[source] git2::Error),
}

fn hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}
