//! An evaluation as one line of a list.

use serde::Serialize;

use crate::school::{Evaluation, Ix, RowState};

use super::{Day, Site, Subject, address, link};

/// An evaluation in a list.
#[derive(Debug, Serialize)]
pub struct EvaluationLine {
    /// Title.
    pub title: String,
    /// Way to it.
    pub href: String,
    /// When.
    pub day: Day,
    /// "Intermédiaire".
    pub complexity: &'static str,
    /// Name of the class and way to it.
    pub class: (String, String),
    /// "M. Mercier".
    pub author: String,
    /// Pupils rated.
    pub rated: usize,
    /// Pupils chosen.
    pub chosen: usize,
}

/// An evaluation as a line of a page.
pub(super) fn evaluation_line(site: &Site<'_>, at: &str, ix: Ix<Evaluation>) -> EvaluationLine {
    let school = site.school;
    let evaluation = &school.evaluations[ix];
    let to = |subject| link(at, &address(site, subject));
    let rated = |row: &&crate::school::Row| matches!(row.state, RowState::Rated(_));
    EvaluationLine {
        title: evaluation.record.titre.clone(),
        href: to(Subject::Evaluation(ix)),
        day: evaluation.record.date.into(),
        complexity: evaluation.record.complexite.label(),
        class: (
            school.classes[evaluation.class].record.nom.clone(),
            to(Subject::Class(evaluation.class)),
        ),
        author: evaluation.author.map_or_else(
            || evaluation.record.auteur.0.clone(),
            |ix| school.people[ix].formal_name(),
        ),
        rated: evaluation.rows.iter().filter(rated).count(),
        chosen: evaluation.rows.len(),
    }
}
