//! What the pages of each pupil are made from, as one digest.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::render::Fingerprint;
use crate::school::{Pupil, School};
use crate::source::Texts;

/// One fingerprint a pupil, in the order of [`School::pupils`].
///
/// A pupil's pages are made from the pupil's own reviews, from the evaluations that rate the pupil
/// or that those reviews name, from the livrets of the pupil's classes (the page of a livret shows
/// the figures of its group), and from what all pages share: every text that is neither an
/// evaluation, a review nor a livret, the list of all paths (the arrows lead to neighbours' reviews)
/// and the records that could not be read (the foot of each page counts them).
pub fn fingerprints(school: &School, texts: &Texts) -> Vec<Fingerprint> {
    let mut shared = blake3::Hasher::new();
    let mut own: BTreeMap<&str, blake3::Hash> = BTreeMap::new();
    for (path, text) in texts.iter() {
        add(&mut shared, path.as_bytes());
        if path.starts_with("evaluations/") || path.contains("/reviews/") || path.contains("/lsl/")
        {
            own.insert(path, blake3::hash(text.as_bytes()));
        } else {
            add(&mut shared, text.as_bytes());
        }
    }
    for path in school.broken.keys() {
        add(&mut shared, path.as_bytes());
    }
    let pupils = school.pupils.values().iter();
    pupils
        .map(|pupil| {
            let mut hasher = shared.clone();
            let rated = pupil.evaluations.iter().map(|(evaluation, _)| *evaluation);
            let named =
                pupil.reviews.iter().flat_map(|review| &school.reviews[*review].evaluations);
            let evaluations = rated.chain(named.copied()).map(|ix| &school.evaluations[ix].file);
            let reviews = pupil.reviews.iter().map(|ix| &school.reviews[*ix].file);
            for file in evaluations.chain(reviews).chain(livrets_around(school, pupil)) {
                if let Some(hash) = own.get(file.as_ref()) {
                    hasher.update(hash.as_bytes());
                }
            }
            *hasher.finalize().as_bytes()
        })
        .collect()
}

/// The livrets of everybody in a pupil's classes, those of the pupil among them.
fn livrets_around<'a>(school: &'a School, pupil: &'a Pupil) -> impl Iterator<Item = &'a Arc<str>> {
    pupil.stays.iter().flat_map(move |stay| {
        let class = &school.classes[stay.class];
        let livrets = class.pupils.iter().filter_map(|other| school.livret_of(*other, class.year));
        livrets.map(|livret| &school.livrets[livret].file)
    })
}

/// Adds a text with its length, so that two texts cannot be taken for one.
fn add(hasher: &mut blake3::Hasher, text: &[u8]) {
    hasher.update(&(text.len() as u64).to_le_bytes());
    hasher.update(text);
}
