//! Periods in companies as lists show them: public, dates, length, learners, what is wrong.

use std::cmp::Reverse;

use serde::Serialize;

use super::{D, Day, Site, Subject, address, link};
use crate::record::{Status, StudyLevel};
use crate::school::{Ix, Period, PeriodPair, weekdays};
use crate::text::{Date, SchoolYear};

/// A period in a list.
#[derive(Clone, Debug, Serialize)]
pub struct InCompany {
    /// Title.
    pub title: String,
    /// Way to its page.
    pub href: String,
    /// "Première".
    pub level: &'static str,
    /// Whether its learners are apprentices.
    pub apprentices: bool,
    /// Number in the cycle.
    pub number: Option<i64>,
    /// "2026-2027".
    pub year: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Calendar weeks.
    pub weeks: usize,
    /// Days from Monday to Friday.
    pub days: u32,
    /// How many learners it has.
    pub learners: usize,
    /// How many the level has, under the same status.
    pub of_level: usize,
    /// How many learners have a company.
    pub placed: usize,
    /// The annex it comes from: title and way.
    pub annex: Option<(String, String)>,
}

/// A period as a list shows it.
pub(super) fn period_line(site: &Site<'_>, at: &str, ix: Ix<Period>) -> InCompany {
    let school = site.school;
    let period = &school.periods[ix];
    let to = |subject| link(at, &address(site, subject));
    InCompany {
        title: period.record.titre.clone(),
        href: to(Subject::Period(ix)),
        level: period.record.niveau.label(),
        apprentices: period.status() == Status::Apprentice,
        number: period.record.numero.as_ref().map(|number| number.0),
        year: period.year.to_string(),
        from: period.record.debut.into(),
        to: period.record.fin.into(),
        weeks: period.weeks().len(),
        days: period.weekdays(),
        learners: period.learners.len(),
        of_level: school.pupils_of_level(period).len(),
        placed: period
            .learners
            .iter()
            .filter_map(|pupil| school.portfolio(*pupil, ix))
            .filter(|portfolio| school.portfolios[*portfolio].record.entreprise.is_some())
            .count(),
        annex: period
            .annex
            .filter(|annex| site.has_pages(school.annexes[*annex].diploma))
            .map(|annex| (school.annexes[annex].record.titre.clone(), to(Subject::Annex(annex)))),
    }
}

/// The periods of a diploma: latest year first, then by level, PFMP before those of apprentices,
/// then by date.
pub(super) fn periods_of(site: &Site<'_>, d: D) -> Vec<Ix<Period>> {
    let all = site.school.periods.iter().filter(|(_, period)| period.diploma == d);
    let mut list: Vec<Ix<Period>> = all.map(|(ix, _)| ix).collect();
    list.sort_by_key(|ix| {
        let period = &site.school.periods[*ix];
        let record = &period.record;
        (Reverse(period.year), record.niveau, record.apprentis, record.debut, record.fin, *ix)
    });
    list
}

/// The periods of a diploma, level and year, in the order of the list.
pub(super) fn same_level(site: &Site<'_>, ix: Ix<Period>) -> Vec<Ix<Period>> {
    let period = &site.school.periods[ix];
    let alike = |other: &Ix<Period>| {
        let other = &site.school.periods[*other];
        other.year == period.year && other.record.niveau == period.record.niveau
    };
    periods_of(site, period.diploma).into_iter().filter(alike).collect()
}

/// Two periods in each other's way, in words.
#[derive(Debug, Serialize)]
pub struct Clash {
    /// Whether one period should gather both (PFM-03); else learners are in both (PFM-10).
    pub duplicate: bool,
    /// The one that begins first, and the way to it.
    pub first: (String, String),
    /// The other one.
    pub second: (String, String),
    /// Learners concerned, by name.
    pub learners: Vec<String>,
    /// What to do.
    pub help: String,
}

/// The clashes of periods of a diploma in a year; of one period only, if it is given.
pub(super) fn clashes(
    site: &Site<'_>,
    at: &str,
    d: D,
    year: SchoolYear,
    only: Option<Ix<Period>>,
) -> Vec<Clash> {
    let school = site.school;
    let ours = |pair: &PeriodPair| {
        let period = &school.periods[pair.second];
        let first = &school.periods[pair.first];
        period.year == year
            && (period.diploma == d || first.diploma == d)
            && only.is_none_or(|ix| pair.first == ix || pair.second == ix)
    };
    let side = |ix: Ix<Period>| {
        (school.periods[ix].record.titre.clone(), link(at, &address(site, Subject::Period(ix))))
    };
    let clash = |pair: PeriodPair, duplicate: bool| Clash {
        duplicate,
        first: side(pair.first),
        second: side(pair.second),
        learners: pair.learners.iter().map(|ix| school.pupils[*ix].list_name()).collect(),
        help: if duplicate {
            school.merge_words(&pair)
        } else {
            "corrigez les dates, ou écartez ces apprenants de l’une des deux par la ligne sauf"
                .into()
        },
    };
    let doubles = crate::insight::period_duplicates(school).into_iter().filter(ours);
    let overlaps = crate::insight::period_overlaps(school).into_iter().filter(ours);
    doubles.map(|pair| clash(pair, true)).chain(overlaps.map(|pair| clash(pair, false))).collect()
}

/// A PFMP of the calendar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Planned {
    pub(super) number: i64,
    pub(super) level: StudyLevel,
    pub(super) from: Date,
    pub(super) to: Date,
}

impl Planned {
    /// Days from Monday to Friday.
    pub(super) fn days(self) -> u32 {
        weekdays(self.from, self.to)
    }
}

/// The PFMP of the current year's calendar for a diploma, level by level, in time order.
pub(super) fn planned(site: &Site<'_>, d: D) -> Vec<Planned> {
    let school = site.school;
    let code = &school.referentials[d].code;
    let calendar = school.year(school.current_year()).and_then(|year| year.calendar.as_ref());
    let all = calendar.iter().flat_map(|calendar| &calendar.record.pfmp);
    let ours = all.filter(|pfmp| {
        pfmp.diplomes.as_ref().is_none_or(|list| list.iter().any(|id| id.0 == *code))
    });
    let mut list: Vec<Planned> = ours
        .map(|pfmp| Planned {
            number: pfmp.numero.0,
            level: pfmp.niveau,
            from: pfmp.debut,
            to: pfmp.fin,
        })
        .collect();
    list.sort_by_key(|pfmp| (pfmp.level, pfmp.from, pfmp.number));
    list
}

/// The periods of this year declared for a PFMP of the calendar.
pub(super) fn declared(site: &Site<'_>, d: D, pfmp: Planned) -> Vec<Ix<Period>> {
    let year = site.school.current_year();
    let mut list: Vec<Ix<Period>> = site
        .school
        .periods
        .iter()
        .filter(|(_, period)| {
            period.year == year
                && period.diploma == d
                && period.record.niveau == pfmp.level
                && !period.record.apprentis
                && period.record.numero.as_ref().is_some_and(|number| number.0 == pfmp.number)
        })
        .map(|(ix, _)| ix)
        .collect();
    list.sort_by_key(|ix| (site.school.periods[*ix].record.debut, *ix));
    list
}
