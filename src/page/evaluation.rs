//! An evaluation: what it is about, who is in it, whether it is frozen.

use serde::Serialize;

use crate::insight::{Distribution, distribution};
use crate::school::{Evaluation, Ix};
use crate::text::{count, short_date};

use super::{Frame, Menu, Neighbour, Site, Subject, address, frame, link};

/// The context of an evaluation's page.
#[derive(Debug, Serialize)]
pub struct EvaluationPage {
    /// Around the page.
    pub frame: Frame,
    /// Title.
    pub title: String,
    /// "06/11/2026".
    pub date: String,
    /// Date for machines.
    pub iso_date: String,
    /// "M. Mercier".
    pub author: String,
    /// Way to the author's page.
    pub author_href: Option<String>,
    /// "Intermédiaire".
    pub complexity: &'static str,
    /// "Int".
    pub code: &'static str,
    /// Name of the class and way to it.
    pub class: (String, String),
    /// Title of the scenario and way to it, if it still exists and is shared.
    pub scenario: Option<(String, String)>,
    /// Whether results show in dashboards.
    pub shown: bool,
    /// The validated reviews that froze it, and how many there are.
    pub frozen: Vec<Freezing>,
    /// Number of pupils whose validated review took it into account.
    pub frozen_count: usize,
    /// Whether a pupil at least is still open to change.
    pub open: bool,
    /// Context, in Markdown.
    pub context: Option<String>,
    /// Sectors of activity.
    pub sectors: Vec<String>,
    /// Tasks: code and wording.
    pub tasks: Vec<(String, String)>,
    /// Documents and links: title and way to each.
    pub resources: Vec<(String, String)>,
    /// "18 élèves choisis, 15 évalués, 2 absents".
    pub summary: String,
    /// Way to change the file on the forge.
    pub edit: Option<String>,
    /// The figures.
    #[serde(skip)]
    pub distribution: Distribution,
}

/// A date on which validated reviews froze the evaluation.
#[derive(Debug, Serialize)]
pub struct Freezing {
    /// "11/12/2026".
    pub date: String,
    /// "3 élèves".
    pub pupils: String,
}

/// Computes the page of an evaluation.
pub fn evaluation_page(site: &Site<'_>, ix: Ix<Evaluation>, at: &str) -> EvaluationPage {
    let school = site.school;
    let evaluation = &school.evaluations[ix];
    let record = &evaluation.record;
    let class = &school.classes[evaluation.class];
    let d = class.diploma;
    let referential = &school.referentials[d];
    let to = |subject| link(at, &address(site, subject));
    let around = frame(site, at, &record.titre, Some(d), Some(Menu::Evaluations))
        .crumb(
            site,
            at,
            format!("Évaluations {}", class.year),
            if class.year == school.current_year() {
                Subject::Evaluations(d)
            } else {
                Subject::OlderEvaluations(d)
            },
        )
        .crumb(site, at, &class.record.nom, Subject::Class(evaluation.class))
        .walk(format!("Évaluations de {}", class.record.nom), &class.evaluations, ix, |other| {
            Neighbour {
                label: school.evaluations[other].record.titre.clone(),
                href: to(Subject::Evaluation(other)),
            }
        })
        .wide();
    let figures = distribution(evaluation);
    let mut dates: Vec<(crate::text::Date, usize)> = Vec::new();
    for review in &evaluation.frozen_by {
        let date = school.reviews[*review].key.date;
        match dates.iter_mut().find(|(other, _)| *other == date) {
            Some((_, number)) => *number += 1,
            None => dates.push((date, 1)),
        }
    }
    dates.sort_unstable();
    EvaluationPage {
        frame: around,
        title: record.titre.clone(),
        date: short_date(record.date),
        iso_date: record.date.to_string(),
        author: evaluation
            .author
            .map_or_else(|| record.auteur.0.clone(), |person| school.people[person].formal_name()),
        author_href: evaluation.author.map(|person| to(Subject::Person(person))),
        complexity: record.complexite.label(),
        code: record.complexite.as_str(),
        class: (class.record.nom.clone(), to(Subject::Class(evaluation.class))),
        scenario: evaluation
            .scenario
            .filter(|scenario| !school.scenarios[*scenario].record.prive)
            .map(|scenario| {
                (school.scenarios[scenario].record.titre.clone(), to(Subject::Scenario(scenario)))
            }),
        shown: record.affichage,
        frozen_count: evaluation.frozen_by.len(),
        open: evaluation.frozen_by.len() < evaluation.rows.len(),
        frozen: dates
            .into_iter()
            .map(|(date, number)| Freezing {
                date: short_date(date),
                pupils: count(number, "élève", "élèves"),
            })
            .collect(),
        context: record.contexte.as_ref().map(|prose| prose.0.clone()),
        sectors: record.secteurs.clone(),
        tasks: evaluation
            .tasks
            .iter()
            .map(|task| {
                (
                    referential.task_record(*task).code.clone(),
                    referential.task_record(*task).intitule.clone(),
                )
            })
            .collect(),
        resources: super::resource_links(site, at, &record.ressources, evaluation.scenario),
        summary: summary(&figures, evaluation.rows.len()),
        edit: super::edit_link(site, &evaluation.file),
        distribution: figures,
    }
}

fn summary(figures: &Distribution, chosen: usize) -> String {
    let mut parts = vec![
        count(chosen, "élève choisi", "élèves choisis"),
        count(figures.rated, "évalué", "évalués"),
    ];
    for (number, one, many) in [
        (figures.absent, "absent", "absents"),
        (figures.exempt, "dispensé", "dispensés"),
        (figures.unrated, "pas encore évalué", "pas encore évalués"),
    ] {
        if number > 0 {
            parts.push(count(number, one, many));
        }
    }
    parts.join(", ")
}
