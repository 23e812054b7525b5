//! One period in companies: dates and weeks, learners and referents, objectives and planned tasks.

use serde::Serialize;

use super::period_line::{Clash, InCompany, clashes, period_line, same_level};
use super::scenario::{ChosenActivity, chosen_activities};
use super::{Day, Frame, Menu, Neighbour, Site, Subject, address, frame, link, portfolio_href};
use crate::school::{Ix, Period, Pupil, weekdays};

/// The context of a period's page.
#[derive(Debug, Serialize)]
pub struct PeriodPage {
    /// Around the page.
    pub frame: Frame,
    /// What the list says of it.
    pub line: InCompany,
    /// Acronym of the diploma.
    pub sigle: String,
    /// Its weeks.
    pub weeks: Vec<WeekLine>,
    /// Its learners, by name.
    pub learners: Vec<LearnerLine>,
    /// Learners of the level who are not in it, by name.
    pub others: Vec<String>,
    /// How many learners have no referent.
    pub without_referent: usize,
    /// Objectives, in Markdown.
    pub goals: Option<String>,
    /// Planned tasks, by activity.
    pub activities: Vec<ChosenActivity>,
    /// How many tasks are planned.
    pub tasks: usize,
    /// Periods in the way of this one.
    pub clashes: Vec<Clash>,
    /// How many portfolios would go with the period (PFM-14).
    pub portfolios: usize,
    /// How many entries they hold.
    pub entries: usize,
    /// Path of the file.
    pub file: String,
    /// Way to change it.
    pub edit: Option<String>,
    /// Way to the référentiel.
    pub referential: String,
    /// Way to the weeks of PFMP.
    pub coverage: String,
}

/// A week of a period.
#[derive(Debug, Serialize)]
pub struct WeekLine {
    /// From 1.
    pub number: usize,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Days from Monday to Friday.
    pub days: u32,
}

/// A learner of a period.
#[derive(Debug, Serialize)]
pub struct LearnerLine {
    /// "DUPONT Léa".
    pub name: String,
    /// Way to the dashboard.
    pub href: Option<String>,
    /// Class: name and way.
    pub class: Option<(String, String)>,
    /// Referent teacher: name and way.
    pub referent: Option<(String, String)>,
    /// The company that receives the learner.
    pub company: Option<String>,
    /// Way to the portfolio.
    pub portfolio: Option<String>,
}

/// Computes the page of a period.
pub fn period_page(site: &Site<'_>, ix: Ix<Period>, at: &str) -> PeriodPage {
    let school = site.school;
    let period = &school.periods[ix];
    let d = period.diploma;
    let to = |subject| link(at, &address(site, subject));
    let mut others: Vec<Ix<Pupil>> = school
        .pupils_of_level(period)
        .into_iter()
        .filter(|pupil| !period.learners.contains(pupil))
        .collect();
    others.sort_by(|a, b| {
        let (a, b) = (&school.pupils[*a], &school.pupils[*b]);
        site.collation.compare_names(a.sort_name(), b.sort_name()).then_with(|| a.id.cmp(&b.id))
    });
    let portfolios: Vec<_> = period
        .learners
        .iter()
        .filter_map(|pupil| school.portfolio(*pupil, ix))
        .map(|portfolio| &school.portfolios[portfolio].record)
        .collect();
    let weeks = period.weeks();
    PeriodPage {
        frame: around(site, ix, at),
        line: period_line(site, at, ix),
        sigle: school.referentials[d].record.sigle.clone(),
        weeks: weeks
            .into_iter()
            .map(|week| WeekLine {
                number: week.number,
                from: week.from.into(),
                // A week is shown as it is worked: to its Friday.
                to: week.to.plus(-i32::from(week.to.weekday().saturating_sub(5))).into(),
                days: weekdays(week.from, week.to),
            })
            .collect(),
        learners: period.learners.iter().map(|pupil| learner(site, at, ix, *pupil)).collect(),
        others: others.into_iter().map(|pupil| school.pupils[pupil].list_name()).collect(),
        without_referent: period
            .learners
            .iter()
            .filter(|pupil| period.referent(**pupil).is_none())
            .count(),
        goals: period.record.objectifs.as_ref().map(|prose| prose.0.clone()),
        activities: chosen_activities(&school.referentials[d], &period.tasks),
        tasks: period.tasks.len(),
        clashes: clashes(site, at, d, period.year, Some(ix)),
        portfolios: portfolios.len(),
        entries: portfolios.iter().map(|record| record.journal.len() + record.fiches.len()).sum(),
        file: period.file.to_string(),
        edit: super::edit_link(site, &period.file),
        referential: to(Subject::Referential(d)),
        coverage: to(Subject::Coverage(d)),
    }
}

fn around(site: &Site<'_>, ix: Ix<Period>, at: &str) -> Frame {
    let period = &site.school.periods[ix];
    let list = same_level(site, ix);
    let d = period.diploma;
    let label = format!("{} {}", period.record.niveau.label(), period.year);
    frame(site, at, &period.record.titre, Some(d), Some(Menu::Periods))
        .crumb(site, at, "Périodes en entreprise", Subject::Periods(d))
        .crumb(site, at, label, Subject::Periods(d))
        .walk("Périodes du niveau", &list, ix, |other| Neighbour {
            label: site.school.periods[other].record.titre.clone(),
            href: link(at, &address(site, Subject::Period(other))),
        })
}

fn learner(site: &Site<'_>, at: &str, ix: Ix<Period>, pupil_ix: Ix<Pupil>) -> LearnerLine {
    let school = site.school;
    let (period, pupil) = (&school.periods[ix], &school.pupils[pupil_ix]);
    let d = period.diploma;
    let to = |subject| link(at, &address(site, subject));
    let record =
        school.portfolio(pupil_ix, ix).map(|portfolio| &school.portfolios[portfolio].record);
    // The class of the level; else the one of those days.
    let stay = pupil.stays.iter().rev().find(|stay| school.concerns(period, stay));
    let class = stay.map(|stay| stay.class).or_else(|| school.class_of(pupil, period.record.debut));
    LearnerLine {
        name: pupil.list_name(),
        href: site.last_class(d, pupil_ix).map(|_| to(Subject::Dashboard(d, pupil_ix))),
        class: class
            .map(|class| (school.classes[class].record.nom.clone(), to(Subject::Class(class)))),
        referent: period
            .referent(pupil_ix)
            .map(|person| (school.people[person].formal_name(), to(Subject::Person(person)))),
        company: record.and_then(|record| record.entreprise.as_ref()).map(|company| match &company
            .ville
        {
            Some(town) => format!("{}, {town}", company.nom),
            None => company.nom.clone(),
        }),
        portfolio: portfolio_href(site, at, ix, pupil_ix),
    }
}
