//! All files of the staff's site, rendered in parallel, in one order.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::memo::{Fingerprint, Made, PageMemo, fingerprint};
use super::page::render_page;
use super::search;
use super::templates::{TemplateError, environment};
use super::twins::twins;
use crate::page::{Site, Subject, address, last_review, plan};

/// The files of a site by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Why a site could not be rendered: always a fault of the program or its layouts.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template failed.
    #[error("la page {address} ne peut pas être composée")]
    Template {
        /// Address of the page.
        address: String,
        /// What failed.
        #[source]
        cause: TemplateError,
    },
    /// The templates themselves are broken.
    #[error("les gabarits ne peuvent pas être lus")]
    Layouts(#[from] TemplateError),
}

/// Files that every site needs, as they are.
static ASSETS: &[(&str, &[u8])] = &[
    ("assets/css/jalon.css", include_bytes!("../../assets/css/jalon.css")),
    ("assets/js/filtres.js", include_bytes!("../../assets/js/filtres.js")),
    ("assets/js/recherche.js", include_bytes!("../../assets/js/recherche.js")),
];

/// Renders the staff's site.
///
/// # Errors
/// When a template fails; all pages are tried, and the first failure in address order is told.
pub fn render(site: &Site<'_>) -> Result<Files, RenderError> {
    render_with(site, &[], &mut PageMemo::default())
}

/// Does what [`render`] does, keeping the pages of pupils whose fingerprint did not change.
///
/// # Errors
/// As [`render`].
pub fn render_with(
    site: &Site<'_>,
    fingerprints: &[Fingerprint],
    memo: &mut PageMemo,
) -> Result<Files, RenderError> {
    let environment = environment()?;
    let pages: Vec<_> = plan(site).pages.into_iter().collect();
    let known = &*memo;
    let rendered: Vec<Result<Made, RenderError>> = pages
        .into_par_iter()
        .filter(|(_, subject)| !is_copy(site, *subject))
        .map(|(address, subject)| {
            let fingerprint = fingerprint(site, fingerprints, subject);
            if let Some(bytes) = known.get(&address, fingerprint) {
                return Ok(Made { address, bytes, fingerprint, known: true });
            }
            match render_page(&environment, site, &address, subject) {
                Ok(bytes) => Ok(Made { address, bytes, fingerprint, known: false }),
                Err(cause) => Err(RenderError::Template { address, cause }),
            }
        })
        .collect();
    let twins = twins(site, fingerprints, known);
    let mut files = Files::new();
    let mut notes = Vec::new();
    for made in rendered.into_iter().chain(twins.into_iter().map(Ok)) {
        let made = made?;
        notes.extend(made.note());
        files.insert(made.address, made.bytes);
    }
    memo.keep(notes);
    copy_last_reviews(site, &mut files);
    files.insert(search::PATH.to_owned(), search::search_index(site).into_bytes());
    for (path, bytes) in ASSETS {
        files.insert((*path).to_owned(), bytes.to_vec());
    }
    Ok(files)
}

/// Whether a page is the same as another one in the same folder, and need not be rendered.
fn is_copy(site: &Site<'_>, subject: Subject) -> bool {
    matches!(subject, Subject::LastReview(d, pupil) if last_review(site, d, pupil).is_some())
}

/// The page of the last review is that review's page: same folder, same links, same bytes.
fn copy_last_reviews(site: &Site<'_>, files: &mut Files) {
    for (d, pupil) in site.dashboards() {
        if let Some(review) = last_review(site, d, pupil)
            && let Some(bytes) = files.get(&address(site, Subject::Review(review))).cloned()
        {
            files.insert(address(site, Subject::LastReview(d, pupil)), bytes);
        }
    }
}
