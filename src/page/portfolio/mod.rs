//! A learner's portfolio for one period: who, when, where it stands, and what is to be written (POR).

mod booklet;
mod followed;
mod list;
mod text;
mod twin;

pub use booklet::{BookletPage, BookletPeriod, booklet_page, was_apprentice};
pub(in crate::page) use followed::followed;
pub use followed::{FollowedLearner, FollowedPeriod};
pub(crate) use followed::{dialled, tutor_name};
pub use list::{PeriodCounts, PeriodPart, PortfoliosPage, YearPart, portfolios_page};
pub(in crate::page) use twin::portfolio_twins;
pub(super) use twin::task_codes;
pub use twin::{PortfolioTwin, PortfoliosTwin, portfolios_twin};

use serde::Serialize;

use super::roll::status_in;
use super::{Day, Document, Frame, Menu, Neighbour, Site, Subject, address, frame, link};
use crate::insight::{PortfolioState, ReviewStage, follow_up_state};
use crate::record::CompanyReview;
use crate::school::{Class, Ix, Period, Portfolio, Pupil};
use crate::text::{Date, count, day_month, long_date};

/// The context of a learner's portfolio.
#[derive(Debug, Serialize)]
pub struct PortfolioPage {
    /// Around the page.
    pub frame: Frame,
    /// "DUPONT Léa".
    pub name: String,
    /// "PFMP 3".
    pub title: String,
    /// Way to the page of the period.
    pub about: String,
    /// "du 11 janvier au 5 février 2027".
    pub dates: String,
    /// "4 semaines".
    pub length: String,
    /// The class at the start of the period, and the way to it.
    pub class: Option<(String, String)>,
    /// "scolaire", "apprentie".
    pub status: &'static str,
    /// The referent teacher, and the way to that person's page.
    pub referent: Option<(String, String)>,
    /// Way to the dashboard.
    pub dashboard: Option<String>,
    /// All periods of the learner, oldest first.
    pub tabs: Vec<PeriodTab>,
    /// Whether the period does not name this learner.
    pub stranger: bool,
    /// The file, from the folder of `school.toml`.
    pub file: String,
    /// Way to change it or to make it on the forge.
    pub edit: Option<String>,
    /// Text of a new portfolio.
    pub new_text: Option<String>,
    /// Text of a company review to make with the tutor.
    pub review_text: Option<String>,
    /// Where the portfolio stands.
    #[serde(skip)]
    pub state: PortfolioState,
    /// The learner.
    #[serde(skip)]
    pub pupil: Ix<Pupil>,
    /// The period.
    #[serde(skip)]
    pub period: Ix<Period>,
}

/// A period of the learner.
#[derive(Debug, Serialize)]
pub struct PeriodTab {
    /// "PFMP 3", without what the period is about.
    pub title: String,
    /// First day.
    pub from: Day,
    /// Way to the portfolio.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
}

/// The way to a learner's portfolio for a period, unless its diploma has no pages.
pub(crate) fn portfolio_href(
    site: &Site<'_>,
    at: &str,
    period: Ix<Period>,
    pupil: Ix<Pupil>,
) -> Option<String> {
    let d = site.school.periods[period].diploma;
    let has_pages = !site.classes(d).is_empty();
    has_pages.then(|| link(at, &address(site, Subject::Portfolio(d, pupil, period))))
}

/// The periods of a learner that have a page, oldest first: those that name the learner, and those
/// of which the learner has a portfolio all the same.
pub(in crate::page) fn periods_of(site: &Site<'_>, ix: Ix<Pupil>) -> Vec<Ix<Period>> {
    let school = site.school;
    let pupil = &school.pupils[ix];
    let mut periods = pupil.periods.clone();
    periods.extend(pupil.portfolios.iter().map(|portfolio| school.portfolios[*portfolio].period));
    periods.retain(|period| !site.classes(school.periods[*period].diploma).is_empty());
    periods.sort_by_key(|period| (school.periods[*period].record.debut, *period));
    periods.dedup();
    periods
}

/// The period to open first: the last one that has begun to be written, else the first one.
pub(in crate::page) fn main_period(site: &Site<'_>, ix: Ix<Pupil>) -> Option<Ix<Period>> {
    let periods = periods_of(site, ix);
    let written = |period: &&Ix<Period>| site.school.portfolio(ix, **period).is_some();
    periods.iter().rev().find(written).or(periods.first()).copied()
}

/// Computes the page of a learner's portfolio.
pub fn portfolio_page(
    site: &Site<'_>,
    ix: Ix<Pupil>,
    period_ix: Ix<Period>,
    at: &str,
) -> PortfolioPage {
    let school = site.school;
    let (pupil, period) = (&school.pupils[ix], &school.periods[period_ix]);
    let d = period.diploma;
    let to = |subject| link(at, &address(site, subject));
    let href = |period, pupil| portfolio_href(site, at, period, pupil).unwrap_or_default();
    let name = pupil.list_name();
    let (list, words) = if period.year == school.current_year() {
        (Subject::Portfolios(d), "Portfolios des activités en entreprise".to_owned())
    } else {
        (Subject::OlderPortfolios(d), "Portfolios des années précédentes".to_owned())
    };
    let title = format!("{name}, {}", period.record.titre);
    let mut around =
        frame(site, at, title, Some(d), Some(Menu::Portfolios)).crumb(site, at, words, list).walk(
            format!("Apprenants de la période {}", period.record.titre),
            &period.learners,
            ix,
            |other| Neighbour {
                label: school.pupils[other].list_name(),
                href: href(period_ix, other),
            },
        );
    around.crumbs.push(super::Crumb {
        label: period.record.titre.clone(),
        href: format!("{}#{}", to(list), portfolio_anchor(period)),
    });
    let state = follow_up_state(school, period_ix, ix);
    let mut papers = vec![Document::CompanyFile(period_ix, ix)];
    if let Some(portfolio) = state.portfolio {
        papers.extend([Document::Portfolio(portfolio), Document::PlacementProof(portfolio)]);
    }
    let around = around.papers(site, at, &papers);
    let class = class_in(site, period, ix);
    let folder = format!("students/{}/{}/pfmp", pupil.cohort, pupil.id);
    let file_name = format!("{}-{}.toml", period.year, period.slug);
    let file = state.portfolio.map(|portfolio| school.portfolios[portfolio].file.to_string());
    let edit = match &file {
        Some(file) => super::edit_link(site, file),
        None => super::new_file_link(site, &folder, &file_name),
    };
    let tab = |other: Ix<Period>| PeriodTab {
        title: short_title(&school.periods[other]).to_owned(),
        from: school.periods[other].record.debut.into(),
        href: href(other, ix),
        current: other == period_ix,
    };
    PortfolioPage {
        frame: around,
        title: period.record.titre.clone(),
        about: to(Subject::Period(period_ix)),
        dates: span(period.record.debut, period.record.fin),
        length: count(state.weeks_expected, "semaine", "semaines"),
        class: class
            .map(|class| (school.classes[class].record.nom.clone(), to(Subject::Class(class)))),
        status: class.map_or("", |class| status_in(pupil, class)),
        referent: period
            .referent(ix)
            .map(|person| (school.people[person].formal_name(), to(Subject::Person(person)))),
        dashboard: site.last_class(d, ix).map(|_| to(Subject::Dashboard(d, ix))),
        tabs: periods_of(site, ix).into_iter().map(tab).collect(),
        stranger: !period.learners.contains(&ix),
        file: file.unwrap_or_else(|| format!("{folder}/{file_name}")),
        edit,
        new_text: state.portfolio.is_none().then(|| text::new_portfolio(period)),
        review_text: (state.has_company && state.review == ReviewStage::None)
            .then(|| text::new_review(school, period_ix, ix)),
        state,
        pupil: ix,
        period: period_ix,
        name,
    }
}

/// The class of a learner in a period: that of its first day, else any of the period's diploma.
pub(crate) fn class_in(site: &Site<'_>, period: &Period, ix: Ix<Pupil>) -> Option<Ix<Class>> {
    let school = site.school;
    let of_diploma = |class: &Ix<Class>| school.classes[*class].diploma == period.diploma;
    let mut stays = school.pupils[ix].stays.iter().rev();
    let during =
        stays.find(|stay| stay.from <= period.record.fin && period.record.debut <= stay.to);
    let during = during.map(|stay| stay.class).filter(of_diploma);
    during.or_else(|| site.last_class(period.diploma, ix))
}

/// Who assessed: "M. Mercier et Claire Perrin"; "M. Mercier" when the tutor could not.
pub(crate) fn reviewers(site: &Site<'_>, portfolio: &Portfolio, review: &CompanyReview) -> String {
    let teacher = match portfolio.teacher {
        Some(person) => site.school.people[person].formal_name(),
        None => review.enseignant.0.clone(),
    };
    match &review.tuteur {
        Some(tutor) => format!("{teacher} et {tutor}"),
        None => teacher,
    }
}

/// "PFMP 3", of "PFMP 3 – Conduire une vente simple".
pub(in crate::page) fn short_title(period: &Period) -> &str {
    let title = period.record.titre.as_str();
    title.split_once(" – ").map_or(title, |(short, _)| short)
}

/// The anchor of a period in the lists.
pub fn portfolio_anchor(period: &Period) -> String {
    format!("p-{}-{}", period.year, period.slug)
}

/// "du 11 janvier au 5 février 2027".
pub(in crate::page) fn span(from: Date, to: Date) -> String {
    let first = if from.year() == to.year() { day_month(from) } else { long_date(from) };
    format!("du {first} au {}", long_date(to))
}
