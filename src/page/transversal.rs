//! "Suivi des compétences transversales": the class view, on transversal competences only (SUI-03).

use serde::Serialize;

use crate::insight::{ClassView, class_view};
use crate::school::{CompetenceIx, Referential};

use super::roll::{ClassLine, class_line};
use super::{D, Frame, Menu, Site, Subject, address, frame, link};

/// The context of the page of transversal competences.
#[derive(Debug, Serialize)]
pub struct TransversalPage {
    /// Around the page.
    pub frame: Frame,
    /// Acronym of the diploma.
    pub sigle: String,
    /// Way to the référentiel.
    pub referential: String,
    /// Code and wording of each; none when the référentiel has no transversal competence (SCE-02).
    pub competences: Vec<(String, String)>,
    /// Classes of the current year.
    pub classes: Vec<ClassLine>,
    /// The figures of each class.
    #[serde(skip)]
    pub views: Vec<ClassView>,
}

/// Whether a competence is transversal.
pub fn is_transversal(referential: &Referential, competence: CompetenceIx) -> bool {
    referential.competence_record(competence).transversale
}

/// Computes the page of transversal competences of a diploma.
pub fn transversal_page(site: &Site<'_>, d: D, at: &str) -> TransversalPage {
    let referential = &site.school.referentials[d];
    let competences: Vec<(String, String)> = referential
        .competence_ixs()
        .filter(|competence| is_transversal(referential, *competence))
        .map(|competence| referential.competence_record(competence))
        .map(|record| (record.code.clone(), record.intitule.clone()))
        .collect();
    let classes: Vec<_> = site.current_classes(d).filter(|_| !competences.is_empty()).collect();
    let title = "Suivi des compétences transversales";
    TransversalPage {
        frame: frame(site, at, title, Some(d), Some(Menu::Transversal)).wide(),
        sigle: referential.record.sigle.clone(),
        referential: link(at, &address(site, Subject::Referential(d))),
        competences,
        views: classes.iter().map(|class| class_view(site.school, *class)).collect(),
        classes: classes.into_iter().map(|class| class_line(site, at, class)).collect(),
    }
}
