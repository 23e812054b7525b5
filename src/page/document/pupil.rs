//! All documents of a learner on a diploma: which exist, and where they are.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{DOCUMENT_KINDS, Document, document_address};
use crate::page::{D, Day, Frame, Menu, Neighbour, Site, Subject, address, frame, link, root};
use crate::school::{Ix, Pupil};

/// The context of the page of a learner's documents.
#[derive(Debug, Serialize)]
pub struct PupilDocumentsPage {
    /// Around the page.
    pub frame: Frame,
    /// "DUPONT Léa".
    pub name: String,
    /// Way to the dashboard.
    pub dashboard: String,
    /// The documents, kind by kind, in the order of the gallery.
    pub kinds: Vec<KindOfPupil>,
    /// How many there are.
    pub total: usize,
}

/// The documents of one kind.
#[derive(Debug, Serialize)]
pub struct KindOfPupil {
    /// "Bilan de compétences".
    pub name: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// What tells each apart, its day where it has one, the way to it; oldest first.
    pub documents: Vec<(String, Option<Day>, String)>,
}

/// The documents of a learner on a diploma, in the order of the gallery then of time.
pub fn documents_of(site: &Site<'_>, d: D, ix: Ix<Pupil>) -> Vec<Document> {
    let school = site.school;
    let pupil = &school.pupils[ix];
    let mut all =
        vec![Document::FollowUp(d, ix), Document::PlacementRecap(d, ix), Document::Booklet(d, ix)];
    let reviews = pupil.reviews.iter().filter(|ix| school.reviews[**ix].diploma == d);
    all.extend(reviews.map(|ix| Document::Review(*ix)));
    let grids = pupil.grids.iter().filter(|ix| school.grids[**ix].diploma == d);
    all.extend(grids.map(|ix| Document::Grid(*ix)));
    for (&(diploma, session), candidates) in &site.certification {
        if diploma == d && candidates.iter().any(|(other, _)| *other == ix) {
            all.push(Document::Dossier(d, ix, session));
        }
    }
    let attested = pupil.attestations.iter().filter(|ix| school.attestations[**ix].diploma == d);
    all.extend(attested.map(|ix| Document::Attestation(*ix)));
    let livrets = pupil.livrets.iter().filter(|ix| school.livrets[**ix].diploma == d);
    all.extend(livrets.map(|ix| Document::Livret(*ix)));
    let companies = super::plan::of_companies(site, ix).into_iter();
    all.extend(companies.filter(|document| period_of(site, *document) == Some(d)));
    if site.home_diploma(ix) == Some(d) && !pupil.book_pages.is_empty() {
        all.push(Document::Book(ix));
    }
    all.retain(|document| document.exists(site));
    all.sort_by_key(|document| (document.place(), day(site, *document), *document));
    all
}

/// The diploma of the period of a document about companies.
fn period_of(site: &Site<'_>, document: Document) -> Option<D> {
    let school = site.school;
    let period = match document {
        Document::CompanyFile(period, _) => period,
        Document::Portfolio(ix) | Document::PlacementProof(ix) | Document::ActivitySheet(ix, _) => {
            school.portfolios[ix].period
        }
        _ => return None,
    };
    Some(school.periods[period].diploma)
}

/// The day of a document, as far as it has one.
fn day(site: &Site<'_>, document: Document) -> Option<crate::text::Date> {
    let school = site.school;
    match document {
        Document::Review(ix) => Some(school.reviews[ix].key.date),
        Document::Attestation(ix) => Some(school.attestations[ix].key.date),
        Document::CompanyFile(period, _) => Some(school.periods[period].record.debut),
        Document::Portfolio(ix) | Document::PlacementProof(ix) => {
            Some(school.periods[school.portfolios[ix].period].record.debut)
        }
        Document::ActivitySheet(ix, place) => {
            Some(school.portfolios[ix].record.fiches[place].saisi_le)
        }
        _ => None,
    }
}

/// What tells a document apart from those of its kind: "PFMP 3", "session 2027, E31".
fn label(site: &Site<'_>, d: D, document: Document) -> String {
    let school = site.school;
    match document {
        Document::Review(_) | Document::Attestation(_) => String::new(),
        Document::Grid(ix) => {
            let grid = &school.grids[ix];
            let form = grid.form(school);
            format!("{} {}, session {}", form.code, form.titre, grid.session)
        }
        Document::Dossier(_, _, session) => format!("Session {session}"),
        Document::Livret(ix) => {
            let livret = &school.livrets[ix];
            format!("{}, {}", livret.year, school.classes[livret.class].record.nom)
        }
        Document::CompanyFile(period, _) => school.periods[period].record.titre.clone(),
        Document::Portfolio(ix) | Document::PlacementProof(ix) => {
            school.periods[school.portfolios[ix].period].record.titre.clone()
        }
        Document::ActivitySheet(ix, place) => {
            school.portfolios[ix].record.fiches[place].titre.clone()
        }
        _ => school.referentials[d].record.sigle.clone(),
    }
}

/// Computes the page of a learner's documents.
pub fn pupil_documents_page(site: &Site<'_>, d: D, ix: Ix<Pupil>, at: &str) -> PupilDocumentsPage {
    let school = site.school;
    let name = school.pupils[ix].list_name();
    let to = |subject| link(at, &address(site, subject));
    let mut by_kind: BTreeMap<usize, Vec<(String, Option<Day>, String)>> = BTreeMap::new();
    let all = documents_of(site, d, ix);
    for document in &all {
        let href = format!("{}../pdf/{}", root(at), document_address(site, *document));
        let line = (label(site, d, *document), day(site, *document).map(Day::from), href);
        by_kind.entry(document.place()).or_default().push(line);
    }
    let kind = |(place, documents): (usize, _)| {
        let kind = DOCUMENT_KINDS[place];
        KindOfPupil { name: kind.name, purpose: kind.purpose, documents }
    };
    let mut around = frame(site, at, format!("{name}, documents"), Some(d), Some(Menu::Dashboards))
        .crumb(site, at, "Tableaux de bord apprenants", Subject::Pupils(d));
    if let Some(class) = site.last_class(d, ix) {
        let list = &school.classes[class].pupils;
        around =
            around.crumb(site, at, &school.classes[class].record.nom, Subject::Class(class)).walk(
                format!("Apprenants de {}", school.classes[class].record.nom),
                list,
                ix,
                |other| Neighbour {
                    label: school.pupils[other].list_name(),
                    href: to(Subject::PupilDocuments(d, other)),
                },
            );
    }
    PupilDocumentsPage {
        frame: around,
        name,
        dashboard: to(Subject::Dashboard(d, ix)),
        total: all.len(),
        kinds: by_kind.into_iter().map(kind).collect(),
    }
}
