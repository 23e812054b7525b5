//! The gallery: every kind of document with a small picture, and those of whole classes and sessions.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{DOCUMENT_KINDS, Document, DocumentKind, Family, document_address, documents};
use crate::page::{Frame, Site, frame, root};

/// The context of the gallery.
#[derive(Debug, Serialize)]
pub struct GalleryPage {
    /// Around the page.
    pub frame: Frame,
    /// The shelves, each with its kinds.
    pub shelves: Vec<Shelf>,
    /// How many documents there are in all.
    pub total: usize,
}

/// A family of documents.
#[derive(Debug, Serialize)]
pub struct Shelf {
    /// Its name.
    pub name: &'static str,
    /// Its kinds.
    pub kinds: Vec<KindPart>,
}

/// A kind of document.
#[derive(Debug, Serialize)]
pub struct KindPart {
    /// "Bilan de compétences".
    pub name: &'static str,
    /// Name to lead to it.
    pub slug: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// How many there are.
    pub number: usize,
    /// Way to the example and to its picture; none while there is no document of this kind.
    pub example: Option<(String, String)>,
    /// The documents, named, when there is one a class, a session or less; else they stand on the
    /// page of each learner.
    pub documents: Vec<(String, String)>,
}

/// The first document of each kind, whose first page is drawn for the gallery, with the address of
/// the picture below the folder `pdf`.
pub fn gallery_examples(all: &BTreeMap<String, Document>) -> Vec<(String, Document)> {
    let mut first: BTreeMap<usize, Document> = BTreeMap::new();
    for document in all.values() {
        first.entry(document.place()).or_insert(*document);
    }
    let picture = |(place, document): (usize, Document)| (picture(DOCUMENT_KINDS[place]), document);
    first.into_iter().map(picture).collect()
}

fn picture(kind: DocumentKind) -> String {
    format!("apercus/{}.png", kind.slug)
}

/// Computes the gallery.
pub fn gallery_page(site: &Site<'_>, at: &str) -> GalleryPage {
    let all = documents(site);
    let top = format!("{}../pdf/", root(at));
    let mut by_kind: BTreeMap<usize, Vec<(&str, Document)>> = BTreeMap::new();
    for (address, document) in &all {
        by_kind.entry(document.place()).or_default().push((address, *document));
    }
    let part = |place: usize, kind: DocumentKind| {
        let list = by_kind.get(&place).map_or(&[][..], Vec::as_slice);
        let example = list.first().map(|(_, document)| *document);
        KindPart {
            name: kind.name,
            slug: kind.slug,
            purpose: kind.purpose,
            number: list.len(),
            example: example.map(|document| {
                let address = document_address(site, document);
                (format!("{top}{address}"), format!("{top}{}", picture(kind)))
            }),
            documents: list
                .iter()
                .filter_map(|(address, document)| {
                    Some((of_many(site, *document)?, format!("{top}{address}")))
                })
                .collect(),
        }
    };
    let shelf = |family: Family| {
        let kinds = DOCUMENT_KINDS.iter().enumerate().filter(|(_, kind)| kind.family == family);
        Shelf {
            name: family.name(),
            kinds: kinds.map(|(place, kind)| part(place, *kind)).collect(),
        }
    };
    let shelves = [Family::FollowUp, Family::Company, Family::SchoolLife].map(shelf).into();
    GalleryPage { frame: frame(site, at, "Documents", None, None), shelves, total: all.len() }
}

/// How the gallery names a document that is not one learner's.
fn of_many(site: &Site<'_>, document: Document) -> Option<String> {
    let school = site.school;
    let sigle = |d: crate::page::D| &school.referentials[d].record.sigle;
    Some(match document {
        Document::ClassReviews(class)
        | Document::ClassList(class)
        | Document::PaperEdition(class)
        | Document::PaperSigning(class) => school.classes[class].record.nom.clone(),
        Document::Recap(d, session) | Document::Bordereau(d, session) => {
            format!("{}, session {session}", sigle(d))
        }
        Document::Annex(ix) => {
            let annex = &school.annexes[ix];
            format!("{}, {}", sigle(annex.diploma), annex.record.titre)
        }
        Document::DeliverySheet(ix) => {
            let delivery = &school.deliveries[ix];
            format!("{} {}", delivery.session, delivery.slug)
        }
        Document::Reminders => "Rappels du jour".to_owned(),
        Document::Kickoff => "Liste de contrôle".to_owned(),
        _ => return None,
    })
}
