//! A folder of our own for as long as it is needed, and the tidying of those that an earlier run,
//! stopped short, could not remove.
#![expect(clippy::disallowed_methods, reason = "this is the room that writes")]

use std::fs::{DirEntry, File, TryLockError};
use std::io;
use std::path::Path;

use tempfile::TempDir;

use super::write::{WriteError, refused};

/// How the names of these folders begin, among those of other programs.
const PREFIX: &str = "jalon-presse-";
/// A file that stays locked as long as its folder is in use, however its owner ends.
const LOCK: &str = ".verrou";

/// A folder that nobody else reads or writes, removed when dropped.
#[derive(Debug)]
pub struct Temporary {
    folder: TempDir,
    /// Held, never read: the system lets go of it when the program ends, even killed.
    _lock: File,
}

impl Temporary {
    /// Makes a folder that holds these files, each named by its path in it, with `/`; removes on the
    /// way those that runs which are no more have left.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn new(files: &[(String, &[u8])]) -> Result<Self, WriteError> {
        let place = std::env::temp_dir();
        tidy(&place);
        Self::below(&place, files)
    }

    fn below(place: &Path, files: &[(String, &[u8])]) -> Result<Self, WriteError> {
        let folder =
            tempfile::Builder::new().prefix(PREFIX).tempdir_in(place).map_err(refused(place))?;
        let path = folder.path().join(LOCK);
        let lock = File::create(&path).map_err(refused(&path))?;
        lock.lock().map_err(refused(&path))?;
        for (name, bytes) in files {
            let path = folder.path().join(name);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent).map_err(refused(parent))?;
            }
            std::fs::write(&path, bytes).map_err(refused(&path))?;
        }
        Ok(Self { folder, _lock: lock })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Removes the folders that nobody holds any more. What cannot be removed is left for another time.
fn tidy(place: &Path) {
    let Ok(entries) = std::fs::read_dir(place) else { return };
    for entry in entries.flatten().filter(is_abandoned) {
        let _ = std::fs::remove_dir_all(entry.path());
    }
}

/// Whether this is a folder of ours whose lock is free. One without a lock is being made, or is not
/// ours.
fn is_abandoned(entry: &DirEntry) -> bool {
    let ours = entry.file_name().to_string_lossy().starts_with(PREFIX)
        && entry.file_type().is_ok_and(|kind| kind.is_dir());
    ours && File::open(entry.path().join(LOCK)).is_ok_and(|lock| is_free(&lock))
}

fn is_free(lock: &File) -> bool {
    match lock.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock) => false,
        // Some file systems know no locks: then a folder is left rather than taken from somebody.
        Err(TryLockError::Error(error)) => {
            debug_assert_ne!(error.kind(), io::ErrorKind::WouldBlock);
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_its_files_and_goes_away() {
        let place = tempfile::tempdir().unwrap();
        let files: [(String, &[u8]); 2] = [("a.html".into(), b"1"), ("fonts/b.woff2".into(), b"2")];
        let temporary = Temporary::below(place.path(), &files).unwrap();
        assert_eq!(std::fs::read(temporary.path().join("fonts/b.woff2")).unwrap(), b"2");
        tidy(place.path());
        assert!(temporary.path().join("a.html").exists(), "a folder in use is left alone");
        drop(temporary);
        assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_a_stopped_run_left_is_removed_and_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        let left = place.path().join(format!("{PREFIX}dead"));
        std::fs::create_dir_all(left.join("fonts")).unwrap();
        std::fs::write(left.join(LOCK), "").unwrap();
        let others = ["elsewhere", "jalon-presse-sans-verrou"].map(|name| place.path().join(name));
        for other in &others {
            std::fs::create_dir_all(other).unwrap();
        }
        tidy(place.path());
        assert!(!left.exists() && others.iter().all(|other| other.exists()));
    }
}
