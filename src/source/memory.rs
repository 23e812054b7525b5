//! A school held in memory: what tests and the preview of an edit read from.

use std::collections::BTreeMap;

use super::{Entry, Listing, Source, SourceError};

/// Files by path.
#[derive(Clone, Debug, Default)]
pub struct Memory(pub BTreeMap<String, Vec<u8>>);

impl Memory {
    /// Files from paths and texts.
    pub fn new<P: Into<String>, T: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        Self(files.into_iter().map(|(path, text)| (path.into(), text.into())).collect())
    }
}

impl Source for Memory {
    fn list(&self) -> Result<Listing, SourceError> {
        let entries = self
            .0
            .iter()
            .map(|(path, bytes)| Entry { path: path.clone(), size: bytes.len() as u64 })
            .collect();
        Ok(Listing { entries, unusable: Vec::new() })
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        self.0.get(path).cloned().ok_or_else(|| SourceError::Read {
            path: path.to_owned(),
            cause: std::io::ErrorKind::NotFound.into(),
        })
    }
}
