//! All files of the staff's site, rendered in parallel, in one order.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::page::render_page;
use super::search;
use super::templates::{TemplateError, environment};
use crate::page::{Site, plan};

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
    let environment = environment()?;
    let plan = plan(site);
    let pages: Vec<_> = plan.pages.into_iter().collect();
    let rendered: Vec<_> = pages
        .into_par_iter()
        .map(|(address, subject)| {
            let bytes = render_page(&environment, site, &address, subject);
            (address, bytes)
        })
        .collect();
    let mut files = Files::new();
    for (address, bytes) in rendered {
        match bytes {
            Ok(bytes) => drop(files.insert(address, bytes)),
            Err(cause) => return Err(RenderError::Template { address, cause }),
        }
    }
    files.extend(super::twins::twins(site));
    files.insert(search::PATH.to_owned(), search::search_index(site).into_bytes());
    for (path, bytes) in ASSETS {
        files.insert((*path).to_owned(), bytes.to_vec());
    }
    Ok(files)
}
