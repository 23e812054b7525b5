//! Files kept from one rendering to the next, for the preview.
//!
//! Most pages of a large school are those of one pupil: dashboard, reviews. They are pure functions
//! of the pupil's own records and of what all pages share; a fingerprint of both tells whether they
//! can be kept. A test holds what is served to a fresh build, byte for byte.
//!
//! The bytes are shared with the site being shown, and a file that is made again and comes out the
//! same gives way to the one that is there: two generations only differ by what differs.

use std::collections::BTreeMap;

use super::sink::Bytes;

/// A digest of everything that the pages of a pupil are made from.
pub type Fingerprint = [u8; 32];

/// Files by address; those of a pupil with the fingerprint they were made from.
#[derive(Debug, Default)]
pub struct PageMemo(BTreeMap<String, (Option<Fingerprint>, Bytes)>);

impl PageMemo {
    /// The page of a pupil at an address, if it was made from the same things.
    pub(super) fn get(&self, address: &str, fingerprint: Option<Fingerprint>) -> Option<Bytes> {
        let (known, bytes) = self.0.get(address)?;
        (fingerprint.is_some() && *known == fingerprint).then(|| Bytes::clone(bytes))
    }

    /// What was made for an address, as the bytes that stand there already when they are the same.
    pub(super) fn share(&self, address: &str, made: Vec<u8>) -> Bytes {
        match self.0.get(address) {
            Some((_, same)) if **same == *made => Bytes::clone(same),
            _ => made.into(),
        }
    }

    /// Keeps these files, and no others.
    pub(super) fn keep(&mut self, notes: Vec<Note>) {
        let kept = notes.into_iter().map(|note| (note.address, (note.fingerprint, note.bytes)));
        self.0 = kept.collect();
    }
}

/// A file, for the memo.
pub(super) struct Note {
    pub(super) address: String,
    /// What it was made from, when it is of one pupil.
    pub(super) fingerprint: Option<Fingerprint>,
    pub(super) bytes: Bytes,
}
