//! "Portfolios des activités en entreprise": the periods of a diploma, and where each learner stands.

use serde::Serialize;

use super::{portfolio_anchor, span};
use crate::insight::{PortfolioState, ReviewStage, follow_up_state};
use crate::page::{D, Frame, Menu, Site, Subject, address, frame, link};
use crate::school::{Ix, Period, Pupil};
use crate::text::{SchoolYear, count};

/// The context of the page of portfolios.
#[derive(Debug, Serialize)]
pub struct PortfoliosPage {
    /// Around the page.
    pub frame: Frame,
    /// Whether it is the page of former years.
    pub older: bool,
    /// The years, the last one first.
    pub years: Vec<YearPart>,
    /// Way to the other of the two pages.
    pub other: Option<String>,
}

/// A school year and its periods.
#[derive(Debug, Serialize)]
pub struct YearPart {
    /// "2026-2027".
    pub year: String,
    /// In time order.
    pub periods: Vec<PeriodPart>,
}

/// A period and its learners.
#[derive(Debug, Serialize)]
pub struct PeriodPart {
    /// "PFMP 3".
    pub title: String,
    /// Way to its page.
    pub href: String,
    /// Anchor within the page.
    pub anchor: String,
    /// "Première".
    pub level: &'static str,
    /// Whether it is one of apprentices.
    pub apprentices: bool,
    /// "du 11 janvier au 5 février 2027".
    pub dates: String,
    /// "4 semaines".
    pub length: String,
    /// The figures of all learners.
    pub counts: PeriodCounts,
    /// The period.
    #[serde(skip)]
    pub period: Ix<Period>,
    /// Where each learner stands, in the order of names.
    #[serde(skip)]
    pub learners: Vec<(Ix<Pupil>, PortfolioState)>,
}

/// Figures of a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PeriodCounts {
    /// Learners.
    pub learners: usize,
    /// Those who have a company.
    pub companies: usize,
    /// Those whom a teacher has seen or called.
    pub seen: usize,
    /// Valid company reviews.
    pub reviews: usize,
}

/// Computes the page of portfolios of a diploma: the current year, or those before.
pub fn portfolios_page(site: &Site<'_>, d: D, older: bool, at: &str) -> PortfoliosPage {
    let school = site.school;
    let current = school.current_year();
    let mut periods: Vec<Ix<Period>> = (school.periods.iter())
        .filter(|(_, period)| period.diploma == d && (period.year < current) == older)
        .map(|(ix, _)| ix)
        .collect();
    periods.sort_by_key(|ix| {
        let record = &school.periods[*ix].record;
        (std::cmp::Reverse(school.periods[*ix].year), record.debut, record.niveau, *ix)
    });
    let mut years: Vec<(SchoolYear, YearPart)> = Vec::new();
    for ix in periods {
        let year = school.periods[ix].year;
        if years.last().is_none_or(|(last, _)| *last != year) {
            years.push((year, YearPart { year: year.to_string(), periods: Vec::new() }));
        }
        if let Some((_, part)) = years.last_mut() {
            part.periods.push(period_part(site, ix, at));
        }
    }
    let years = years.into_iter().map(|(_, part)| part).collect();
    let this = Subject::Portfolios(d);
    let around = |title: &str| frame(site, at, title, Some(d), Some(Menu::Portfolios));
    let frame = if older {
        around("Portfolios des années précédentes").crumb(
            site,
            at,
            "Portfolios des activités en entreprise",
            this,
        )
    } else {
        around("Portfolios des activités en entreprise")
    };
    let has_older =
        school.periods.values().iter().any(|period| period.diploma == d && period.year < current);
    let other = if older { Some(this) } else { has_older.then_some(Subject::OlderPortfolios(d)) };
    PortfoliosPage {
        frame,
        older,
        years,
        other: other.map(|subject| link(at, &address(site, subject))),
    }
}

fn period_part(site: &Site<'_>, ix: Ix<Period>, at: &str) -> PeriodPart {
    let school = site.school;
    let period = &school.periods[ix];
    let learners: Vec<_> = (period.learners.iter())
        .map(|pupil| (*pupil, follow_up_state(school, ix, *pupil)))
        .collect();
    PeriodPart {
        title: period.record.titre.clone(),
        href: link(at, &address(site, Subject::Period(ix))),
        anchor: portfolio_anchor(period),
        level: period.record.niveau.label(),
        apprentices: period.record.apprentis,
        dates: span(period.record.debut, period.record.fin),
        length: count(period.weeks().len(), "semaine", "semaines"),
        counts: PeriodCounts::of(learners.iter().map(|(_, state)| state)),
        period: ix,
        learners,
    }
}

impl PeriodCounts {
    /// Counts the learners of a period.
    pub fn of<'a>(states: impl Iterator<Item = &'a PortfolioState>) -> Self {
        let mut counts = Self::default();
        for state in states {
            counts.learners += 1;
            counts.companies += usize::from(state.has_company);
            counts.seen += usize::from(state.is_seen());
            counts.reviews += usize::from(state.review == ReviewStage::Valid);
        }
        counts
    }
}
