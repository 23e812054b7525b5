//! All files of the staff's site, rendered in parallel, each handed over as soon as it is made.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use minijinja::Environment;
use rayon::prelude::*;

use super::memo::{Fingerprint, Note, PageMemo};
use super::page::render_page;
use super::search;
use super::sink::{Bytes, Files, Refused, Sink};
use super::templates::{TemplateError, environment};
use super::twins::Twin;
use crate::page::{Site, Subject, address, is_page_of_its_date, last_review, plan};
use crate::school::{Ix, Pupil, Review};

/// Why a site could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template failed: a fault of the program or its layouts.
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
    /// A file was made and not taken in.
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// Files that every site needs, as they are.
static ASSETS: &[(&str, &[u8])] = &[
    ("assets/css/jalon.css", include_bytes!("../../assets/css/jalon.css")),
    ("assets/js/filtres.js", include_bytes!("../../assets/js/filtres.js")),
    ("assets/js/recopie.js", include_bytes!("../../assets/js/recopie.js")),
    ("assets/js/recherche.js", include_bytes!("../../assets/js/recherche.js")),
];

/// Renders the staff's site in memory.
///
/// # Errors
/// As [`render_into`].
pub fn render(site: &Site<'_>) -> Result<Files, RenderError> {
    render_with(site, &[], &mut PageMemo::default())
}

/// Does what [`render`] does, keeping the pages of pupils whose fingerprint did not change.
///
/// # Errors
/// As [`render_into`].
pub fn render_with(
    site: &Site<'_>,
    fingerprints: &[Fingerprint],
    memo: &mut PageMemo,
) -> Result<Files, RenderError> {
    let files = Mutex::new(Files::new());
    render_into(site, fingerprints, memo, &files)?;
    Ok(files.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Renders the staff's site into a sink, and tells how many files there are. `fingerprints` has one
/// for each pupil: pages of pupils whose fingerprint did not change are kept. Without fingerprints,
/// the memo keeps nothing: a file that the sink let go is gone.
///
/// # Errors
/// When a template fails or the sink refuses a file; all files are tried all the same, and the first
/// failure in the order of addresses is told, whatever the threads did first.
pub fn render_into(
    site: &Site<'_>,
    fingerprints: &[Fingerprint],
    memo: &mut PageMemo,
    sink: &dyn Sink,
) -> Result<usize, RenderError> {
    let copies = copies_of_reviews(site);
    let mut files = files(site);
    let number = files.len();
    for copy in copies.values() {
        files.remove(copy);
    }
    let environment = environment()?;
    let shop = Workshop { environment, site, fingerprints, known: memo, copies, sink };
    let outcomes: Vec<Result<Note, RenderError>> = files
        .into_par_iter()
        .filter_map(|(address, file)| shop.deliver(address, file).transpose())
        .collect();
    memo.keep(outcomes.into_iter().collect::<Result<_, _>>()?);
    Ok(number)
}

/// What it takes to make any file, and where to bring it.
struct Workshop<'a> {
    environment: Environment<'static>,
    site: &'a Site<'a>,
    fingerprints: &'a [Fingerprint],
    known: &'a PageMemo,
    copies: BTreeMap<Ix<Review>, String>,
    sink: &'a dyn Sink,
}

impl Workshop<'_> {
    /// Makes a file, unless it is known, and hands it over. What the memo is to keep of it.
    fn deliver(&self, address: String, file: File) -> Result<Option<Note>, RenderError> {
        let pupil = file.pupil(self.site);
        let fingerprint = pupil.and_then(|pupil| self.fingerprints.get(pupil.get())).copied();
        let bytes = match self.known.get(&address, fingerprint) {
            Some(bytes) => bytes,
            None => self.known.share(&address, file.make(&self.environment, self.site, &address)?),
        };
        let own = self.sink.put(&address, Bytes::clone(&bytes));
        match file.review().and_then(|review| self.copies.get(&review)) {
            Some(copy) => own.and(self.sink.put(copy, Bytes::clone(&bytes)))?,
            None => own?,
        }
        let keeps = !self.fingerprints.is_empty();
        Ok(keeps.then_some(Note { address, fingerprint, bytes }))
    }
}

/// One file of the site, before it is made.
#[derive(Clone, Copy, Debug)]
enum File {
    Page(Subject),
    Twin(Twin),
    SearchIndex,
    Asset(&'static [u8]),
}

impl File {
    fn make(
        self,
        environment: &Environment<'_>,
        site: &Site<'_>,
        at: &str,
    ) -> Result<Vec<u8>, RenderError> {
        match self {
            Self::Page(subject) => render_page(environment, site, at, subject)
                .map_err(|cause| RenderError::Template { address: at.to_owned(), cause }),
            Self::Twin(twin) => Ok(twin.bytes(site)),
            Self::SearchIndex => Ok(search::search_index(site).into_bytes()),
            Self::Asset(bytes) => Ok(bytes.to_vec()),
        }
    }

    /// The pupil whose records alone, with what all pages share, the file is made from.
    fn pupil(self, site: &Site<'_>) -> Option<Ix<Pupil>> {
        match self {
            Self::Page(
                Subject::Dashboard(_, pupil)
                | Subject::Compact(_, pupil)
                | Subject::LastReview(_, pupil)
                | Subject::PupilDocuments(_, pupil)
                | Subject::Portfolio(_, pupil, _)
                | Subject::Booklet(_, pupil)
                | Subject::PrepareAttestation(_, pupil)
                | Subject::Grid(_, pupil, ..)
                | Subject::Livret(_, pupil)
                | Subject::LivretCopy(_, pupil),
            )
            | Self::Twin(Twin::Pupil(_, pupil)) => Some(pupil),
            Self::Page(Subject::Review(review)) => Some(site.school.reviews[review].pupil),
            Self::Page(Subject::Attestation(made)) => Some(site.school.attestations[made].pupil),
            _ => None,
        }
    }

    fn review(self) -> Option<Ix<Review>> {
        match self {
            Self::Page(Subject::Review(review)) => Some(review),
            _ => None,
        }
    }
}

/// All files by address.
fn files(site: &Site<'_>) -> BTreeMap<String, File> {
    let pages = plan(site).pages.into_iter().map(|(at, subject)| (at, File::Page(subject)));
    let twins = Twin::all(site).map(|twin| (twin.address(site), File::Twin(twin)));
    let assets = ASSETS.iter().map(|(at, bytes)| ((*at).to_owned(), File::Asset(bytes)));
    let search = [(search::PATH.to_owned(), File::SearchIndex)];
    pages.chain(twins).chain(search).chain(assets).collect()
}

/// The page of a pupil's last review mostly is that review's page, and is not rendered twice: same
/// folder, same links, same bytes. Where the copy of each review stands.
fn copies_of_reviews(site: &Site<'_>) -> BTreeMap<Ix<Review>, String> {
    let copy = |(d, pupil)| {
        let review = last_review(site, d, pupil).filter(|ix| is_page_of_its_date(site, *ix))?;
        Some((review, address(site, Subject::LastReview(d, pupil))))
    };
    site.dashboards().filter_map(copy).collect()
}
