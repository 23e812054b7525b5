//! Pages of pupils kept from one rendering to the next, for the preview.
//!
//! Most pages of a large school are those of one pupil: dashboard, reviews. They are pure functions
//! of the pupil's own records and of what all pages share; a fingerprint of both tells whether they
//! can be kept. A test holds what is served to a fresh build, byte for byte.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A digest of everything that the pages of a pupil are made from.
pub type Fingerprint = [u8; 32];

/// Pages of pupils by address, each with the fingerprint it was made from.
#[derive(Debug, Default)]
pub struct PageMemo(BTreeMap<String, (Fingerprint, Arc<Vec<u8>>)>);

impl PageMemo {
    /// The page at an address, if it was made from the same things.
    pub(super) fn get(&self, address: &str, fingerprint: Option<Fingerprint>) -> Option<Vec<u8>> {
        let (known, bytes) = self.0.get(address)?;
        (Some(*known) == fingerprint).then(|| bytes.to_vec())
    }

    /// Keeps these pages, and no others: those without bytes are as they were.
    pub(super) fn keep(&mut self, notes: Vec<Note>) {
        let mut before = std::mem::take(&mut self.0);
        for Note { address, fingerprint, bytes } in notes {
            let kept = match bytes {
                Some(bytes) => Some((fingerprint, Arc::new(bytes))),
                None => before.remove(&address),
            };
            if let Some(kept) = kept {
                self.0.insert(address, kept);
            }
        }
    }
}

/// A page of a pupil, for the memo.
pub(super) struct Note {
    pub(super) address: String,
    /// What it was made from.
    pub(super) fingerprint: Fingerprint,
    /// Nothing when the memo has them.
    pub(super) bytes: Option<Vec<u8>>,
}
