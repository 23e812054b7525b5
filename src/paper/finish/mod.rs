//! Makes of what the browser prints a file that lasts: PDF/A-2a and PDF/UA-1, small, and the same
//! bytes each time.
//!
//! Each step is a file. The structure tree is read once, changed in memory, and written back with
//! the tables that lead from content to it:
//!
//! ```text
//! streams      content streams, read into operators           (content, artifacts)
//! tree         the structure tree
//! identifiers  names of cells that do not tell the browser's life
//! repair       lists, figures, types that PDF 1.7 does not know
//! tables       cells that were left out
//! leaves       decoration and repeated heads out of the tree
//! links        what links say
//! metadata     title, author, subject, dates
//! profile      the colours
//! save         the bytes
//! ```

mod artifacts;
mod content;
mod identifiers;
mod leaves;
mod links;
mod metadata;
mod profile;
mod repair;
mod save;
mod streams;
mod tables;
#[cfg(test)]
mod tests;
mod tree;

use lopdf::{Document, LoadOptions};

use super::Facts;

/// More bytes than any document of a school, printed or in one of its streams.
const MOST_BYTES: usize = 256 * 1024 * 1024;

/// Why a printed document cannot be finished. Never holds what the document says.
#[derive(Debug, thiserror::Error)]
pub enum FinishError {
    /// Far more than any document of a school.
    #[error("le document imprimé est trop volumineux")]
    TooLarge,
    /// Nothing that reads as a PDF.
    #[error("ce que le navigateur a imprimé ne se lit pas")]
    Unreadable(#[from] lopdf::Error),
    /// It asks for a password.
    #[error("le document imprimé est chiffré")]
    Encrypted,
    /// It has no structure for those who cannot see it.
    #[error("le document imprimé n’a pas de structure : le navigateur doit produire un PDF balisé")]
    Untagged,
    /// It has no title.
    #[error("le document n’a pas de titre")]
    Untitled,
    /// A picture says nothing to those who cannot see it.
    #[error(
        "une image du document n’a pas de texte de remplacement : donnez-lui alt ou aria-label, ou alt=\"\" si elle décore"
    )]
    Figure,
    /// Its structure is not a tree over its pages.
    #[error("la structure du document imprimé est incohérente")]
    Structure,
    /// The drawing of a page is cut short or not well nested.
    #[error("le dessin d’une page du document imprimé est incohérent")]
    Content,
}

/// Finishes what the browser printed, tagged and with an outline: the result conforms to PDF/A-2a
/// and PDF/UA-1 as far as a program can see to it, and depends only on `raw` and `facts`.
///
/// # Errors
/// When `raw` is no tagged PDF, or `facts` has no title. Nothing of the document is in the error.
pub fn finish(raw: &[u8], facts: &Facts) -> Result<Vec<u8>, FinishError> {
    if raw.len() > MOST_BYTES {
        return Err(FinishError::TooLarge);
    }
    if facts.title.trim().is_empty() {
        return Err(FinishError::Untitled);
    }
    let options =
        LoadOptions { strict: true, ..LoadOptions::with_max_decompressed_size(MOST_BYTES) };
    let mut document = Document::load_mem_with_options(raw, options)?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(FinishError::Encrypted);
    }
    let sheets = streams::read(&document)?;
    let mut tree = tree::Tree::read(&document)?;
    let names = identifiers::rename(&mut tree, &document);
    repair::repair(&mut tree, &mut document)?;
    tables::square(&mut tree, &mut document);
    let leaving = leaves::leave(&mut tree, &sheets);
    leaves::tidy(&mut tree);
    streams::write(&mut document, &sheets, &leaving)?;
    links::describe(&mut document, &tree)?;
    tree.write(&mut document, &names)?;
    metadata::write(&mut document, facts)?;
    profile::declare(&mut document)?;
    save::save(&document)
}
