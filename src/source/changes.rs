//! Files that are to be written together: all of them, or none.
#![expect(clippy::disallowed_methods, reason = "this is the room that writes")]

use std::collections::BTreeMap;
use std::path::Path;

use super::write::{refused, temporary_beside, write_temporary};
use super::{Entry, Listing, Source, SourceError, Stamp, WriteError};

/// Files to write below the folder of `school.toml`, by path with `/`. Nothing is ever removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes(BTreeMap<String, Vec<u8>>);

impl Changes {
    /// Has a file written; the last bytes given for a path are those that are written.
    pub fn put(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), bytes.into());
    }

    /// The bytes to write at a path.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// The files, in byte order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// How many files are to be written.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes the files below a folder. They are all on the disk, under other names, before the first one
    /// takes its place.
    ///
    /// # Errors
    /// When a path leads out of the folder, or the system refuses: nothing was changed then, unless the
    /// system refused in the middle of the renaming.
    pub fn write(&self, folder: &Path) -> Result<(), WriteError> {
        if let Some((path, _)) = self.iter().find(|(path, _)| !is_inside(path)) {
            let cause = std::io::ErrorKind::InvalidInput.into();
            return Err(refused(Path::new(path))(cause));
        }
        let mut written = Vec::new();
        for (path, bytes) in self.iter() {
            let path = folder.join(path);
            if let Err(error) = write_temporary(&path, bytes) {
                written.iter().chain([&path]).for_each(|path| {
                    // What cannot be tidied up is no worse than what failed.
                    let _ = std::fs::remove_file(temporary_beside(path));
                });
                return Err(error);
            }
            written.push(path);
        }
        for path in &written {
            std::fs::rename(temporary_beside(path), path).map_err(refused(path))?;
        }
        Ok(())
    }
}

/// Whether a path of ours stays in the folder it is joined to.
fn is_inside(path: &str) -> bool {
    let fair = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
    path.split('/').all(fair)
}

/// A source as it will be once some changes are written.
#[derive(Clone, Copy)]
pub struct Changed<'s> {
    /// The source as it is.
    pub before: &'s dyn Source,
    /// What is to be written.
    pub changes: &'s Changes,
}

impl Source for Changed<'_> {
    fn list(&self) -> Result<Listing, SourceError> {
        let Listing { mut entries, unusable } = self.before.list()?;
        entries.retain(|entry| self.changes.get(&entry.path).is_none());
        let new = self.changes.iter();
        entries
            .extend(new.map(|(path, bytes)| Entry { path: path.into(), size: bytes.len() as u64 }));
        entries.sort();
        Ok(Listing { entries, unusable })
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        self.changes.get(path).map_or_else(|| self.before.read(path), |bytes| Ok(bytes.to_vec()))
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        // What is to be written is only known by reading it.
        if self.changes.get(path).is_some() { None } else { self.before.stamp(path) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Memory;

    fn changes(files: &[(&str, &str)]) -> Changes {
        let mut changes = Changes::default();
        files.iter().for_each(|(path, text)| changes.put(*path, *text));
        changes
    }

    #[test]
    fn all_files_are_written_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let read = |path: &str| std::fs::read_to_string(folder.path().join(path)).ok();
        changes(&[("a.toml", "a"), ("b/c/d.toml", "d")]).write(folder.path()).unwrap();
        assert_eq!(
            (read("a.toml").as_deref(), read("b/c/d.toml").as_deref()),
            (Some("a"), Some("d"))
        );
        // A file where a folder is needed: the others stay as they were, and nothing is left beside them.
        let refused = changes(&[("a.toml", "autre"), ("a.toml/x.toml", "x")]).write(folder.path());
        assert!(refused.is_err());
        assert_eq!(read("a.toml").as_deref(), Some("a"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        for path in ["../x", "/x", "a//b", "a/../b", "c:\\x", "a\\b", ""] {
            assert!(
                changes(&[("a.toml", "a"), (path, "x")]).write(folder.path()).is_err(),
                "{path}"
            );
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_changed_source_shows_what_will_be() {
        let before = Memory::new([("a.toml", "a"), ("b.toml", "b")]);
        let changes = changes(&[("b.toml", "autre"), ("c.toml", "c")]);
        let after = Changed { before: &before, changes: &changes };
        let paths: Vec<_> =
            after.list().unwrap().entries.into_iter().map(|e| (e.path, e.size)).collect();
        assert_eq!(paths, [("a.toml".into(), 1), ("b.toml".into(), 5), ("c.toml".into(), 1)]);
        assert_eq!(after.read("b.toml").unwrap(), b"autre");
        assert_eq!(after.read("a.toml").unwrap(), b"a");
    }
}
