//! What stands around every page: band, menu, way back, arrows to the neighbours.

use serde::Serialize;

use super::{
    D, Document, DocumentLink, Mark, MarkWords, Site, Subject, accessibility_statement, address,
    document_links, link, root,
};

/// An entry of the diploma's menu, to mark the current one (CNX-07, CNX-09).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Menu {
    /// Scénarios
    Scenarios,
    /// Évaluations
    Evaluations,
    /// Annexes pédagogiques
    Annexes,
    /// Périodes en entreprise
    Periods,
    /// Semaines de PFMP
    Coverage,
    /// Portfolios des activités en entreprise
    Portfolios,
    /// Tableaux de bord apprenants
    Dashboards,
    /// Suivi de projet
    Projects,
    /// Vue classes
    Classes,
    /// Suivi des compétences transversales
    Transversal,
    /// Livrets des apprentis
    Apprentices,
    /// Éditer les bilans
    Reviews,
    /// Attestation de compétences
    Attestations,
    /// Commission de certification
    Certification,
    /// Book apprenant, once it is open (BOOK-01)
    Book,
    /// Espace de stockage
    Storage,
    /// Ressources
    Resources,
    /// LSL Pro
    Lsl,
}

/// A diploma as the band names it, and the addresses of its menu.
#[derive(Clone, Debug, Serialize)]
pub struct Diploma {
    /// Acronym.
    pub sigle: String,
    /// Way to its folder: `../../mcv-a/`.
    pub folder: String,
    /// Whether somebody may change to another one.
    pub others: bool,
}

/// One step of the way back.
#[derive(Clone, Debug, Serialize)]
pub struct Crumb {
    /// Words.
    pub label: String,
    /// Where to.
    pub href: String,
}

/// A neighbour in a list that can be walked.
#[derive(Clone, Debug, Serialize)]
pub struct Neighbour {
    /// Its name.
    pub label: String,
    /// Where it is.
    pub href: String,
}

/// Arrows to the previous and next of a list; an end has no neighbour (BIL-03).
#[derive(Clone, Debug, Serialize)]
pub struct Pager {
    /// What the list is.
    pub label: String,
    /// The one before.
    pub previous: Option<Neighbour>,
    /// Place in the list, from 1.
    pub position: usize,
    /// Length of the list.
    pub total: usize,
    /// The one after.
    pub next: Option<Neighbour>,
}

/// What stands around a page.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// Title of the window.
    pub title: String,
    /// Way to the top of the site: `../../`.
    pub root: String,
    /// Name of the establishment.
    pub school: String,
    /// Its e-mail address.
    pub email: String,
    /// The current school year.
    pub year: String,
    /// The diploma, on its pages.
    pub diploma: Option<Diploma>,
    /// The current entry of the menu.
    pub menu: Option<Menu>,
    /// The way back.
    pub crumbs: Vec<Crumb>,
    /// The arrows.
    pub pager: Option<Pager>,
    /// Whether the page needs the whole width.
    pub wide: bool,
    /// What the page says when the site shows a state of the past.
    pub mark: Option<MarkWords>,
    /// How many files could not be read.
    pub alerts: usize,
    /// "non conforme": what each page says of its accessibility, by law.
    pub accessibility: &'static str,
    /// Whether the learners' books are open.
    pub book: bool,
    /// Whether there are documents to print.
    pub printed: bool,
    /// The documents that print what the page shows.
    pub documents: Vec<DocumentLink>,
}

/// The frame of a page; the caller adds crumbs and arrows.
pub fn frame(
    site: &Site<'_>,
    at: &str,
    title: impl Into<String>,
    diploma: Option<D>,
    menu: Option<Menu>,
) -> Frame {
    let establishment = &site.school.establishment;
    let several = site.diplomas.len() + site.former.len() > 1;
    let mut crumbs = Vec::new();
    let diploma = diploma.map(|d| {
        let home = address(site, Subject::Diploma(d));
        let sigle = site.school.referentials[d].record.sigle.clone();
        crumbs.push(Crumb { label: sigle.clone(), href: link(at, &home) });
        let folder = format!("{}{}/", root(at), site.school.referentials[d].code);
        Diploma { sigle, folder, others: several }
    });
    Frame {
        title: title.into(),
        root: root(at),
        school: establishment.nom.clone(),
        email: establishment.courriel.clone(),
        year: establishment.annee.to_string(),
        diploma,
        menu,
        crumbs,
        pager: None,
        wide: false,
        mark: site.mark.as_ref().map(Mark::words),
        alerts: site.school.broken.len(),
        accessibility: accessibility_statement(establishment).state,
        book: establishment.book,
        printed: site.documents,
        documents: Vec::new(),
    }
}

impl Frame {
    /// Adds a step to the way back.
    #[must_use]
    pub fn crumb(
        mut self,
        site: &Site<'_>,
        at: &str,
        label: impl Into<String>,
        subject: Subject,
    ) -> Self {
        self.crumbs.push(Crumb { label: label.into(), href: link(at, &address(site, subject)) });
        self
    }

    /// Leads to the documents among these that exist.
    #[must_use]
    pub fn papers(mut self, site: &Site<'_>, at: &str, documents: &[Document]) -> Self {
        self.documents = document_links(site, at, documents);
        self
    }

    /// Takes the whole width.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// Adds the arrows that walk a list; nothing when the current item is not in it.
    #[must_use]
    pub fn walk<T: PartialEq + Copy>(
        mut self,
        label: impl Into<String>,
        list: &[T],
        current: T,
        neighbour: impl Fn(T) -> Neighbour,
    ) -> Self {
        self.pager = list.iter().position(|item| *item == current).map(|place| Pager {
            label: label.into(),
            previous: place.checked_sub(1).map(|before| neighbour(list[before])),
            position: place + 1,
            total: list.len(),
            next: list.get(place + 1).map(|after| neighbour(*after)),
        });
        self
    }
}
