//! The way from pages to documents.

use serde::Serialize;

use super::{Document, document_address};
use crate::page::{Site, root};

/// A document that a page leads to.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentLink {
    /// "Bilan de compétences"; with the class, where a page leads to one for each class.
    pub label: String,
    /// Way to it.
    pub href: String,
}

/// The documents among these that are printed, as a page at `at` leads to them; none when documents
/// are left out. `pdf` stands beside the folder of the site; where the site is published at the top of
/// a host, a browser stops at the top and finds `pdf` there.
pub fn document_links(site: &Site<'_>, at: &str, documents: &[Document]) -> Vec<DocumentLink> {
    if !site.documents {
        return Vec::new();
    }
    let link = |document: Document| DocumentLink {
        label: match document {
            Document::BlankGrid(_, class) => {
                format!("{}, {}", document.kind().name, site.school.classes[class].record.nom)
            }
            _ => document.kind().name.to_owned(),
        },
        href: format!("{}../pdf/{}", root(at), document_address(site, document)),
    };
    documents.iter().filter(|document| document.exists(site)).map(|one| link(*one)).collect()
}
