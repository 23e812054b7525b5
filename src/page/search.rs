//! The search page: results come by script; without it, the lists to go to.

use serde::Serialize;

use super::{Frame, Site, Subject, address, frame, link};

/// The context of the search page.
#[derive(Debug, Serialize)]
pub struct SearchPage {
    /// Around the page.
    pub frame: Frame,
    /// Way to the team.
    pub team: String,
    /// Diplomas.
    pub diplomas: Vec<SearchDiploma>,
}

/// A diploma and the lists it offers.
#[derive(Debug, Serialize)]
pub struct SearchDiploma {
    /// Acronym.
    pub sigle: String,
    /// Way to its home.
    pub href: String,
    /// Lists: label and way to each.
    pub lists: Vec<(&'static str, String)>,
    /// Classes of the year: name and way to each.
    pub classes: Vec<(String, String)>,
}

/// Computes the search page.
pub fn search_page(site: &Site<'_>, at: &str) -> SearchPage {
    let to = |subject| link(at, &address(site, subject));
    let diplomas = site
        .all_diplomas()
        .map(|d| SearchDiploma {
            sigle: site.school.referentials[d].record.sigle.clone(),
            href: to(Subject::Diploma(d)),
            lists: vec![
                ("tableaux de bord des apprenants", to(Subject::Pupils(d))),
                ("scénarios", to(Subject::Scenarios(d))),
                ("évaluations", to(Subject::Evaluations(d))),
                ("référentiel", to(Subject::Referential(d))),
            ],
            classes: site
                .current_classes(d)
                .map(|ix| (site.school.classes[ix].record.nom.clone(), to(Subject::Class(ix))))
                .collect(),
        })
        .collect();
    SearchPage {
        frame: frame(site, at, "Recherche", None, None),
        team: to(Subject::Team),
        diplomas,
    }
}
