//! What the pages of each pupil are made from, as one digest.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::page::grid_names;
use crate::render::Fingerprint;
use crate::school::{Pupil, School};
use crate::source::Texts;

/// One fingerprint a pupil, in the order of [`School::pupils`].
///
/// A pupil's pages are made from the pupil's own reviews, portfolios, grids and attestations, from the
/// evaluations that rate the pupil or that those reviews name, from the livrets of the pupil's classes
/// (the page of a livret shows the figures of its group), from whether the pupil's periods in companies
/// have begun and are over (which the portfolios of others tell), and from what all pages share: every
/// other text, the list of all paths (the arrows lead to neighbours) and the records that could not be
/// read (the foot of each page counts them).
pub fn fingerprints(school: &School, texts: &Texts) -> Vec<Fingerprint> {
    let mut shared = blake3::Hasher::new();
    let mut own: BTreeMap<&str, blake3::Hash> = BTreeMap::new();
    for (path, text) in texts.iter() {
        add(&mut shared, path.as_bytes());
        if is_of_pupils(path) {
            own.insert(path, blake3::hash(text.as_bytes()));
        } else {
            add(&mut shared, text.as_bytes());
        }
    }
    for path in school.broken.keys() {
        add(&mut shared, path.as_bytes());
    }
    // Two grids of one name are told apart: the name of a file may come from another pupil's.
    let grid_names = grid_names(school);
    let pupils = school.pupils.values().iter();
    pupils
        .map(|pupil| {
            let mut hasher = shared.clone();
            let rated = pupil.evaluations.iter().map(|(evaluation, _)| *evaluation);
            let named =
                pupil.reviews.iter().flat_map(|review| &school.reviews[*review].evaluations);
            let evaluations = rated.chain(named.copied()).map(|ix| &school.evaluations[ix].file);
            let reviews = pupil.reviews.iter().map(|ix| &school.reviews[*ix].file);
            let portfolios = pupil.portfolios.iter().map(|ix| &school.portfolios[*ix].file);
            let grids = pupil.grids.iter().map(|ix| &school.grids[*ix].file);
            let attestations = pupil.attestations.iter().map(|ix| &school.attestations[*ix].file);
            for file in evaluations
                .chain(reviews)
                .chain(portfolios)
                .chain(grids)
                .chain(attestations)
                .chain(livrets_around(school, pupil))
            {
                if let Some(hash) = own.get(file.as_ref()) {
                    hasher.update(hash.as_bytes());
                }
            }
            for grid in &pupil.grids {
                add(&mut hasher, grid_names[grid.get()].as_bytes());
            }
            for period in &pupil.periods {
                hasher.update(&[school.has_begun(*period).into(), school.is_over(*period).into()]);
            }
            *hasher.finalize().as_bytes()
        })
        .collect()
}

/// Whether the pages of a pupil need this text only when it speaks of that pupil.
fn is_of_pupils(path: &str) -> bool {
    let own = ["/reviews/", "/pfmp/", "/certification/", "/attestations/", "/lsl/"];
    path.starts_with("evaluations/")
        || path.starts_with("students/") && own.iter().any(|folder| path.contains(folder))
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
