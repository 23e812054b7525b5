//! Portfolios as a referent teacher follows them: what is written, seen, assessed, never met.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::ReviewState;
use crate::school::{Ix, Period, Person, Portfolio, Pupil, Referential, School, TaskIx};
use crate::text::{Date, SchoolYear};

/// Where a learner's portfolio stands for one period (POR-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortfolioState {
    /// The portfolio; nothing as long as nobody has begun it.
    pub portfolio: Option<Ix<Portfolio>>,
    /// Whether a company receives the learner.
    pub has_company: bool,
    /// Weeks of the period: one entry of the log each.
    pub weeks_expected: usize,
    /// Weeks of the period that have an entry.
    pub weeks_written: usize,
    /// Entries of the log, fiches and personal review written after the period's end (POR-09).
    pub late_entries: usize,
    /// Fiches expected: one a week, or one for an apprentice (POR-02).
    pub sheets_expected: usize,
    /// Expected fiches that are there.
    pub sheets_written: usize,
    /// Visits, calls and video meetings.
    pub visits: usize,
    /// The company review.
    pub review: ReviewStage,
}

impl PortfolioState {
    /// Whether a teacher has been in touch with learner and tutor.
    pub fn is_seen(&self) -> bool {
        self.visits > 0
    }
}

/// How far a company review is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReviewStage {
    /// Not begun.
    None,
    /// Begun: shows nothing in the dashboard.
    Draft,
    /// Validated: feeds the dashboard (POR-13).
    Valid,
}

/// Where the portfolio of a learner for a period stands.
pub fn follow_up_state(school: &School, period_ix: Ix<Period>, pupil: Ix<Pupil>) -> PortfolioState {
    let period = &school.periods[period_ix];
    let mut state = PortfolioState {
        portfolio: school.portfolio(pupil, period_ix),
        has_company: false,
        weeks_expected: period.weeks().len(),
        weeks_written: 0,
        late_entries: 0,
        sheets_expected: period.expected_sheets(),
        sheets_written: 0,
        visits: 0,
        review: ReviewStage::None,
    };
    let Some(portfolio) = state.portfolio else { return state };
    let record = &school.portfolios[portfolio].record;
    state.has_company = record.entreprise.is_some();
    state.weeks_written =
        distinct(record.journal.iter().map(|week| week.semaine.0), state.weeks_expected);
    state.sheets_written =
        distinct(record.fiches.iter().map(|sheet| sheet.numero.0), state.sheets_expected);
    let written = (record.journal.iter().map(|week| week.saisi_le))
        .chain(record.fiches.iter().map(|sheet| sheet.saisi_le))
        .chain(record.bilan_personnel.iter().map(|review| review.saisi_le));
    state.late_entries = written.filter(|day| Portfolio::is_late(*day, period)).count();
    state.visits = record.visites.len();
    state.review = match &record.bilan_entreprise {
        None => ReviewStage::None,
        Some(review) if review.etat == ReviewState::Valid => ReviewStage::Valid,
        Some(_) => ReviewStage::Draft,
    };
    state
}

/// How many of the numbers from 1 to `most` are there.
fn distinct(numbers: impl Iterator<Item = i64>, most: usize) -> usize {
    let known = |number: &usize| (1..=most).contains(number);
    let numbers: BTreeSet<usize> =
        numbers.filter_map(|number| usize::try_from(number).ok()).filter(known).collect();
    numbers.len()
}

/// Learners of periods: periods in time order, learners in the order of names.
pub type Followed = Vec<(Ix<Period>, Vec<Ix<Pupil>>)>;

/// Who follows whom in a school year (POR-14).
#[derive(Debug, Default)]
pub struct ByReferent {
    /// The learners of each referent teacher.
    pub of: BTreeMap<Ix<Person>, Followed>,
    /// Those whom nobody follows.
    pub nobody: Followed,
}

/// The learners of each referent teacher, in the periods of a school year.
pub fn by_referent(school: &School, year: SchoolYear) -> ByReferent {
    let mut found = ByReferent::default();
    let mut periods: Vec<(Date, Ix<Period>)> = (school.periods.iter())
        .filter(|(_, period)| period.year == year)
        .map(|(ix, period)| (period.record.debut, ix))
        .collect();
    periods.sort_unstable();
    for (_, ix) in periods {
        let period = &school.periods[ix];
        let referents: BTreeMap<Ix<Pupil>, Ix<Person>> = period.referents.iter().copied().collect();
        for pupil in &period.learners {
            let list = match referents.get(pupil) {
                Some(person) => found.of.entry(*person).or_default(),
                None => &mut found.nobody,
            };
            match list.last_mut().filter(|(last, _)| *last == ix) {
                Some((_, pupils)) => pupils.push(*pupil),
                None => list.push((ix, vec![*pupil])),
            }
        }
    }
    found
}

/// The tasks of a diploma that a learner has done in no period for it (POR-11), in its order.
pub fn tasks_never_met(school: &School, pupil: Ix<Pupil>, diploma: Ix<Referential>) -> Vec<TaskIx> {
    let portfolios = school.pupils[pupil].portfolios.iter().map(|ix| &school.portfolios[*ix]);
    let met: BTreeSet<TaskIx> = portfolios
        .filter(|portfolio| school.periods[portfolio.period].diploma == diploma)
        .flat_map(Portfolio::tasks)
        .collect();
    school.referentials[diploma].task_ixs().filter(|task| !met.contains(task)).collect()
}
