//! A school read from a folder of the disk.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{Editions, Entry, Listing, Source, SourceError, Stamp, Texts, hidden};

/// The folder that holds `school.toml`.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Opens the folder of a school.
    ///
    /// # Errors
    /// When there is no such folder, or no `school.toml` in it.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, SourceError> {
        let root = root.into();
        if root.join("school.toml").symlink_metadata().is_ok() {
            Ok(Self { root })
        } else {
            Err(SourceError::NotASchool(root))
        }
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn relative(&self, path: &Path) -> String {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<_> =
            relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }
}

impl Source for Folder {
    fn list(&self) -> Result<Listing, SourceError> {
        let mut listing = Listing::default();
        let walk = WalkDir::new(&self.root)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| {
                entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
            });
        for item in walk {
            match item {
                Ok(entry) if entry.file_type().is_file() => {
                    let path = self.relative(entry.path());
                    if entry.path().to_str().is_none() {
                        listing
                            .unusable
                            .push((path, "son nom contient des caractères illisibles".into()));
                        continue;
                    }
                    let size = entry.metadata().map_or(0, |data| data.len());
                    listing.entries.push(Entry { path, size });
                }
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().map(|path| self.relative(path)).unwrap_or_default();
                    if path.is_empty() {
                        let cause = error
                            .into_io_error()
                            .unwrap_or_else(|| std::io::Error::other("parcours"));
                        return Err(SourceError::Read { path: ".".into(), cause });
                    }
                    if hidden(&path) {
                        continue;
                    }
                    let reason = if error.loop_ancestor().is_some() {
                        "ce dossier se contient lui-même (un raccourci mène à l’un de ses parents)"
                    } else {
                        "ce fichier ou ce raccourci ne peut pas être ouvert"
                    };
                    listing.unusable.push((path, reason.to_owned()));
                }
            }
        }
        listing.entries.sort();
        listing.unusable.sort();
        Ok(listing)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        std::fs::read(self.root.join(path))
            .map_err(|cause| SourceError::Read { path: path.to_owned(), cause })
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        std::fs::metadata(self.root.join(path)).ok().map(|data| Stamp::of(&data))
    }

    fn editions(
        &self,
        texts: &Texts,
        below: &str,
        kept: Option<&Path>,
    ) -> Result<Editions, SourceError> {
        Editions::of_texts(&self.root, (texts, below), kept).map_err(SourceError::History)
    }
}
