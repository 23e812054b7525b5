//! The evaluations of a diploma: the current year by level and class, the years before by year
//! (EVA-04).

use serde::Serialize;

use super::{D, Frame, Menu, Site, Subject, address, frame, link};
use crate::record::StudyLevel;
use crate::school::{Class, Evaluation, Ix, RowState};
use crate::text::{SchoolYear, short_date};

/// The context of the lists of evaluations.
#[derive(Debug, Serialize)]
pub struct EvaluationsPage {
    /// Around the page.
    pub frame: Frame,
    /// "2026-2027".
    pub year: String,
    /// Whether these are the years before.
    pub older: bool,
    /// Way to the other list, and how many evaluations it holds.
    pub other: (String, usize),
    /// Way to the scenarios.
    pub scenarios: String,
    /// Levels of the current year, or years.
    pub sections: Vec<EvaluationSection>,
}

/// The evaluations of a level or of a year.
#[derive(Debug, Serialize)]
pub struct EvaluationSection {
    /// "Première", "2025-2026".
    pub title: String,
    /// Anchor.
    pub anchor: String,
    /// How many there are.
    pub count: usize,
    /// Classes, in order.
    pub classes: Vec<EvaluationClass>,
}

/// The evaluations of a class.
#[derive(Debug, Serialize)]
pub struct EvaluationClass {
    /// Name.
    pub name: String,
    /// Way to it.
    pub href: String,
    /// Evaluations, in time order.
    pub evaluations: Vec<EvaluationEntry>,
}

/// An evaluation in a list.
#[derive(Debug, Serialize)]
pub struct EvaluationEntry {
    /// Title.
    pub title: String,
    /// Way to it.
    pub href: String,
    /// "06/11/2026".
    pub date: String,
    /// Date for machines.
    pub iso_date: String,
    /// "Int".
    pub code: &'static str,
    /// "Intermédiaire".
    pub complexity: &'static str,
    /// "M. Mercier".
    pub author: String,
    /// How many pupils were rated, and how many chosen.
    pub rated: (usize, usize),
    /// Whether a validated review took it into account.
    pub frozen: bool,
    /// Whether results show in dashboards.
    pub shown: bool,
    /// Way to change it.
    pub edit: Option<String>,
}

/// Computes the list of the current year, or of the years before.
pub fn evaluations_page(site: &Site<'_>, d: D, older: bool, at: &str) -> EvaluationsPage {
    let school = site.school;
    let to = |subject| link(at, &address(site, subject));
    let current = school.current_year();
    let is_older = |ix: &Ix<Class>| school.classes[*ix].year != current;
    let classes = site.classes(d).iter().copied();
    let (before, now): (Vec<_>, Vec<_>) = classes.partition(is_older);
    let number = |list: &[Ix<Class>]| -> usize {
        list.iter().map(|class| school.classes[*class].evaluations.len()).sum()
    };
    let title = if older { "Évaluations des années précédentes" } else { "Évaluations" };
    let mut around = frame(site, at, title, Some(d), Some(Menu::Evaluations));
    if older {
        around = around.crumb(site, at, "Évaluations", Subject::Evaluations(d));
    }
    EvaluationsPage {
        frame: around,
        year: current.to_string(),
        older,
        other: if older {
            (to(Subject::Evaluations(d)), number(&now))
        } else {
            (to(Subject::OlderEvaluations(d)), number(&before))
        },
        scenarios: to(Subject::Scenarios(d)),
        sections: if older { by_year(site, &before, at) } else { by_level(site, &now, at) },
    }
}

fn by_level(site: &Site<'_>, classes: &[Ix<Class>], at: &str) -> Vec<EvaluationSection> {
    let of = |level: StudyLevel| {
        let classes = classes
            .iter()
            .copied()
            .filter(|class| site.school.classes[*class].record.niveau == level);
        section(site, level.label().to_owned(), level.as_str().to_owned(), classes, at)
    };
    StudyLevel::ALL.iter().filter_map(|level| of(*level)).collect()
}

fn by_year(site: &Site<'_>, classes: &[Ix<Class>], at: &str) -> Vec<EvaluationSection> {
    let mut years: Vec<SchoolYear> =
        classes.iter().map(|class| site.school.classes[*class].year).collect();
    years.dedup();
    let of = |year: SchoolYear| {
        let classes =
            classes.iter().copied().filter(|class| site.school.classes[*class].year == year);
        section(site, year.to_string(), format!("annee-{year}"), classes, at)
    };
    years.into_iter().filter_map(of).collect()
}

/// A section; none without classes.
fn section(
    site: &Site<'_>,
    title: String,
    anchor: String,
    classes: impl Iterator<Item = Ix<Class>>,
    at: &str,
) -> Option<EvaluationSection> {
    let classes: Vec<EvaluationClass> = classes
        .map(|ix| {
            let class = &site.school.classes[ix];
            EvaluationClass {
                name: class.record.nom.clone(),
                href: link(at, &address(site, Subject::Class(ix))),
                evaluations: class.evaluations.iter().map(|ix| line(site, *ix, at)).collect(),
            }
        })
        .collect();
    let count = classes.iter().map(|class| class.evaluations.len()).sum();
    (!classes.is_empty()).then_some(EvaluationSection { title, anchor, count, classes })
}

/// An evaluation as lists show it.
pub(super) fn line(site: &Site<'_>, ix: Ix<Evaluation>, at: &str) -> EvaluationEntry {
    let evaluation = &site.school.evaluations[ix];
    let record = &evaluation.record;
    let rated =
        evaluation.rows.iter().filter(|row| matches!(row.state, RowState::Rated(_))).count();
    let frozen = !evaluation.frozen_by.is_empty();
    EvaluationEntry {
        title: record.titre.clone(),
        href: link(at, &address(site, Subject::Evaluation(ix))),
        date: short_date(record.date),
        iso_date: record.date.to_string(),
        code: record.complexite.as_str(),
        complexity: record.complexite.label(),
        author: evaluation.author.map_or_else(
            || record.auteur.0.clone(),
            |person| site.school.people[person].formal_name(),
        ),
        rated: (rated, evaluation.rows.len()),
        frozen,
        shown: record.affichage,
        // Until a closed review has frozen every pupil, some results may still change.
        edit: if evaluation.frozen_by.len() < evaluation.rows.len().max(1) {
            super::edit_link(site, &evaluation.file)
        } else {
            None
        },
    }
}
