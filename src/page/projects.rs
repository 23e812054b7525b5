//! "Suivi de projet": evaluations of the year, by the folder of the scenario they come from (SUI-01).

use serde::Serialize;

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
    let mut projects: Vec<Project> = Vec::new();
    let mut others = Vec::new();
    for ix in evaluations {
        let line = evaluation_line(site, at, ix);
        // A private scenario stays with its author, and so does the name of its folder (SCE-15).
        let scenario = school.evaluations[ix].scenario.map(|scenario| &school.scenarios[scenario]);
        let folder = scenario
            .filter(|scenario| !scenario.record.prive)
            .and_then(|scenario| scenario.record.dossier.as_ref());
        let Some(folder) = folder else {
            others.push(line);
            continue;
        };
        match projects.iter_mut().find(|project| project.name == *folder) {
            Some(project) => project.evaluations.push(line),
            None => projects.push(Project { name: folder.clone(), evaluations: vec![line] }),
        }
    }
    projects.sort_by(|a, b| site.collation.compare(&a.name, &b.name));
    let frame = frame(site, at, "Suivi de projet", Some(d), Some(Menu::Projects));
    ProjectsPage { frame, projects, others }
}
