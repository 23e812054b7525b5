//! "Suivi de projet": evaluations of the year, by the folder of the scenario they come from (SUI-01).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::school::{Evaluation, Ix};

use super::evaluation_line::{EvaluationLine, evaluation_line};
use super::{D, Frame, Menu, Site, frame};

/// The context of the page of projects.
#[derive(Debug, Serialize)]
pub struct ProjectsPage {
    /// Around the page.
    pub frame: Frame,
    /// Projects, in the order of names.
    pub projects: Vec<Project>,
    /// Evaluations that belong to none.
    pub others: Vec<EvaluationLine>,
}

/// The evaluations that come from one folder of scenarios.
#[derive(Debug, Serialize)]
pub struct Project {
    /// Name of the folder.
    pub name: String,
    /// In time order.
    pub evaluations: Vec<EvaluationLine>,
    /// How many classes take part.
    pub classes: usize,
    /// The teachers, in the order of their evaluations.
    pub teachers: Vec<String>,
    /// Codes of the competences assessed, in the order of the référentiel.
    pub competences: Vec<String>,
}

/// Computes the page of projects of a diploma.
pub fn projects_page(site: &Site<'_>, d: D, at: &str) -> ProjectsPage {
    let school = site.school;
    let mut evaluations: Vec<_> = site
        .current_classes(d)
        .flat_map(|class| &school.classes[class].evaluations)
        .copied()
        .collect();
    evaluations
        .sort_by_key(|ix| (school.evaluations[*ix].record.date, &school.evaluations[*ix].id));
    let mut folders: BTreeMap<String, Vec<Ix<Evaluation>>> = BTreeMap::new();
    let mut others = Vec::new();
    for ix in evaluations {
        // A private scenario stays with its author, and so does the name of its folder (SCE-15).
        let scenario = school.evaluations[ix].scenario.map(|scenario| &school.scenarios[scenario]);
        let folder = scenario
            .filter(|scenario| !scenario.record.prive)
            .and_then(|scenario| scenario.record.dossier.as_ref());
        match folder {
            Some(folder) => folders.entry(folder.clone()).or_default().push(ix),
            None => others.push(evaluation_line(site, at, ix)),
        }
    }
    let folders = folders.into_iter();
    let mut projects: Vec<Project> =
        folders.map(|(name, list)| project(site, at, d, name, &list)).collect();
    projects.sort_by(|a, b| site.collation.compare(&a.name, &b.name));
    let frame = frame(site, at, "Suivi de projet", Some(d), Some(Menu::Projects));
    ProjectsPage { frame, projects, others }
}

fn project(site: &Site<'_>, at: &str, d: D, name: String, list: &[Ix<Evaluation>]) -> Project {
    let school = site.school;
    let referential = &school.referentials[d];
    let evaluations: Vec<_> = list.iter().map(|ix| evaluation_line(site, at, *ix)).collect();
    let mut teachers: Vec<String> = Vec::new();
    for line in &evaluations {
        if !teachers.contains(&line.author) {
            teachers.push(line.author.clone());
        }
    }
    let criteria = list.iter().flat_map(|ix| &school.evaluations[*ix].criteria);
    let competences: BTreeSet<_> =
        criteria.map(|criterion| referential.competence_of(*criterion)).collect();
    let classes: BTreeSet<_> = list.iter().map(|ix| school.evaluations[*ix].class).collect();
    Project {
        name,
        evaluations,
        classes: classes.len(),
        teachers,
        competences: competences
            .into_iter()
            .map(|competence| referential.competence_record(competence).code.clone())
            .collect(),
    }
}
