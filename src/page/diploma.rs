//! The home of a diploma: classes, reviews done and expected, last evaluations, dates of the year.

use serde::Serialize;

use crate::record::{Calendar, StudyLevel};
use crate::school::{Class, Ix};
use crate::text::Date;

use super::evaluation_line::{EvaluationLine, evaluation_line};
use super::home::full_name;
use super::progress::{Progress, progress};
use super::roll::{LevelGroup, by_level};
use super::{Crumb, D, Day, Frame, Site, Subject, address, frame, link};

/// How many evaluations the home shows.
const LATEST: usize = 8;

/// The context of a diploma's home.
#[derive(Debug, Serialize)]
pub struct DiplomaPage {
    /// Around the page.
    pub frame: Frame,
    /// Acronym.
    pub sigle: String,
    /// Full name.
    pub name: String,
    /// Classes of the current year by level.
    pub levels: Vec<LevelGroup>,
    /// Names of the official periods: the columns of the follow-up.
    pub periods: Vec<String>,
    /// Reviews by class.
    pub follow_up: Vec<FollowUp>,
    /// The last evaluations by date, the latest first.
    pub evaluations: Vec<EvaluationLine>,
    /// What the calendar says of this diploma.
    pub dates: Vec<DateLine>,
    /// Way to the calendar.
    pub calendar: String,
    /// Way to what could not be read.
    pub alerts: String,
}

/// A class, with one entry for each of the page's periods.
#[derive(Debug, Serialize)]
pub struct FollowUp {
    /// Name of the class and way to it.
    pub class: (String, String),
    /// Reviews in each period; nothing where a period does not hold for the class.
    pub periods: Vec<Option<Progress>>,
}

/// A date or a span of the school year.
#[derive(Debug, Serialize)]
pub struct DateLine {
    /// What happens.
    pub label: String,
    /// Remark.
    pub note: Option<String>,
    /// First day, or the day.
    pub from: Day,
    /// Last day of a span.
    pub to: Option<Day>,
}

/// Computes the home of a diploma, at its own address or at the top of the site.
pub fn diploma_page(site: &Site<'_>, d: D, at: &str) -> DiplomaPage {
    let school = site.school;
    let referential = &school.referentials[d];
    let classes: Vec<Ix<Class>> = site.current_classes(d).collect();
    let to = |subject| link(at, &address(site, subject));
    let mut around = frame(site, at, &referential.record.sigle, Some(d), None);
    // The diploma's own name is the title: the way back leads to the choice, if there is one.
    around.crumbs.clear();
    if around.diploma.as_ref().is_some_and(|diploma| diploma.others) {
        let label = "Tous les diplômes".to_owned();
        around.crumbs.push(Crumb { label, href: to(Subject::Home) });
    }
    let (periods, follow_up) = follow_up(site, at, &classes);
    let mut evaluations: Vec<_> =
        classes.iter().flat_map(|class| &school.classes[*class].evaluations).copied().collect();
    evaluations.sort_by_key(|ix| {
        let evaluation = &school.evaluations[*ix];
        (std::cmp::Reverse(evaluation.record.date), &evaluation.id)
    });
    let evaluations =
        evaluations.into_iter().take(LATEST).map(|ix| evaluation_line(site, at, ix)).collect();
    let calendar = school.year(school.current_year()).and_then(|year| year.calendar.as_ref());
    DiplomaPage {
        frame: around,
        sigle: referential.record.sigle.clone(),
        name: full_name(referential),
        levels: by_level(site, at, &classes),
        periods,
        follow_up,
        evaluations,
        dates: calendar
            .map(|calendar| dates(site, d, &classes, &calendar.record))
            .unwrap_or_default(),
        calendar: to(Subject::Calendar),
        alerts: to(Subject::Alerts),
    }
}

/// The periods of all classes, each named once in time order, and where each class stands.
fn follow_up(site: &Site<'_>, at: &str, classes: &[Ix<Class>]) -> (Vec<String>, Vec<FollowUp>) {
    let mut names: Vec<(Date, String)> = Vec::new();
    for class in classes {
        for period in crate::insight::official_periods(site.school, &site.school.classes[*class]) {
            if !names.iter().any(|(_, name)| *name == period.intitule) {
                names.push((period.debut, period.intitule.clone()));
            }
        }
    }
    names.sort();
    let line = |class: &Ix<Class>| {
        let mut figures = progress(site, at, *class);
        FollowUp {
            class: (
                site.school.classes[*class].record.nom.clone(),
                link(at, &address(site, Subject::Class(*class))),
            ),
            periods: names
                .iter()
                .map(|(_, name)| {
                    let place = figures.iter().position(|figures| figures.period == *name)?;
                    Some(figures.remove(place))
                })
                .collect(),
        }
    };
    let lines = classes.iter().map(line).collect();
    (names.into_iter().map(|(_, name)| name).collect(), lines)
}

/// What the calendar says of a diploma, in time order; no day is "today".
fn dates(site: &Site<'_>, d: D, classes: &[Ix<Class>], calendar: &Calendar) -> Vec<DateLine> {
    let school = site.school;
    let code = &school.referentials[d].code;
    let levels: Vec<StudyLevel> =
        classes.iter().map(|class| school.classes[*class].record.niveau).collect();
    let mut dates: Vec<(Date, DateLine)> = Vec::new();
    let mut add = |label: String, note: Option<String>, from: Date, to: Option<Date>| {
        let line = DateLine { label, note, from: from.into(), to: to.map(Day::from) };
        dates.push((from, line));
    };
    add("Début de l’année scolaire".to_owned(), None, calendar.debut, None);
    add("Fin de l’année scolaire".to_owned(), None, calendar.fin, None);
    let holds = |class: &Ix<Class>, period: &crate::record::OfficialPeriod| {
        let class = &school.classes[*class];
        crate::insight::official_periods(school, class)
            .iter()
            .any(|candidate| std::ptr::eq(*candidate, period))
    };
    for period in &calendar.periodes {
        if classes.iter().any(|class| holds(class, period)) {
            let levels = period.niveaux.as_ref().map(|levels| {
                let names: Vec<&str> = levels.iter().map(|level| level.label()).collect();
                names.join(", ")
            });
            add(period.intitule.clone(), levels, period.debut, Some(period.fin));
        }
    }
    for pfmp in &calendar.pfmp {
        let ours = pfmp
            .diplomes
            .as_ref()
            .is_none_or(|diplomas| diplomas.iter().any(|diploma| diploma.0 == *code));
        if ours && levels.contains(&pfmp.niveau) {
            let label = format!("PFMP {}, {}", pfmp.numero.0, pfmp.niveau.label());
            add(label, None, pfmp.debut, Some(pfmp.fin));
        }
    }
    for deadline in calendar.certification.iter().filter(|deadline| deadline.diplome.0 == *code) {
        let label = match &deadline.epreuve {
            Some(exam) => format!("Date limite de certification, {exam}"),
            None => "Date limite de certification".to_owned(),
        };
        add(label, deadline.note.clone(), deadline.date_limite, None);
    }
    dates.sort_by_key(|(date, _)| *date);
    dates.into_iter().map(|(_, line)| line).collect()
}
