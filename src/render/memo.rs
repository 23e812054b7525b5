//! Pages of pupils kept from one rendering to the next, for the preview.
//!
//! Most pages of a large school are those of one pupil: dashboard, reviews. They are pure functions
//! of the pupil's own records and of what all pages share; a fingerprint of both tells whether they
//! can be kept. A test holds what is served to a fresh build, byte for byte.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::page::{Site, Subject};

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
    pub(super) fn keep(&mut self, pages: Vec<(String, Fingerprint, Option<Vec<u8>>)>) {
        let mut before = std::mem::take(&mut self.0);
        for (address, fingerprint, bytes) in pages {
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

/// A page just made or kept, to be kept in turn.
pub(super) struct Made {
    pub(super) address: String,
    pub(super) bytes: Vec<u8>,
    /// What it was made from, for the page of a pupil.
    pub(super) fingerprint: Option<Fingerprint>,
    /// Whether it was kept from an earlier rendering.
    pub(super) known: bool,
}

impl Made {
    /// What the memo keeps of it.
    pub(super) fn note(&self) -> Option<(String, Fingerprint, Option<Vec<u8>>)> {
        let fingerprint = self.fingerprint?;
        Some((self.address.clone(), fingerprint, (!self.known).then(|| self.bytes.clone())))
    }
}

/// The fingerprint of a page, if it is the page of one pupil. `fingerprints` has one for each pupil.
pub(super) fn fingerprint(
    site: &Site<'_>,
    fingerprints: &[Fingerprint],
    subject: Subject,
) -> Option<Fingerprint> {
    let pupil = match subject {
        Subject::Dashboard(_, pupil)
        | Subject::Compact(_, pupil)
        | Subject::LastReview(_, pupil)
        | Subject::Livret(_, pupil) => pupil,
        Subject::Review(review) => site.school.reviews[review].pupil,
        _ => return None,
    };
    fingerprints.get(pupil.get()).copied()
}
