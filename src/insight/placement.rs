//! Weeks of PFMP done, planned and required (PFM-01, durations of the common référentiel).

use std::collections::BTreeMap;

use crate::record::{self, AnyRecord, Kind, Status, StudyLevel};
use crate::school::{Ix, Period, PeriodPair, Pupil, Received, Referential, School, weekdays};
use crate::text::Date;

/// What a learner has done of the PFMP of the cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Exam session of the learner's last class.
    pub session: Option<i16>,
    /// Weeks that the session requires; none for apprentices, who follow a contract, or when the
    /// common référentiel says nothing of the session.
    pub required_weeks: Option<i64>,
    /// How many days make a week (5).
    pub days_per_week: u32,
    /// Half-days done in the periods that are over.
    pub half_days_done: u32,
    /// Half-days of all periods declared, past and to come, absences aside.
    pub half_days_planned: u32,
    /// Half-days done in other schools, as they told: they are among those done.
    pub half_days_elsewhere: u32,
    /// One a PFMP, oldest first; periods of apprentices are not PFMP.
    pub lines: Vec<PlacementLine>,
}

/// What a learner has done of one PFMP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacementLine {
    /// The PFMP.
    pub period: Ix<Period>,
    /// Half-days of its weekdays, from Monday to Friday.
    pub half_days_expected: u32,
    /// Half-days of absence that were not made up.
    pub half_days_absent: u32,
    /// Half-days done: those attested, else those expected without absences. None as long as the
    /// PFMP is not over, or without company.
    pub half_days_done: u32,
    /// Whether the portfolio names a company.
    pub company: bool,
    /// Whether the PFMP is over (see [`School::is_over`]).
    pub over: bool,
    /// Whether the company is outside France.
    pub abroad: bool,
    /// Whether the company has signed its attestation.
    pub proof: bool,
}

impl Placement {
    /// Half-days required, if the number of weeks is known.
    pub fn half_days_required(&self) -> Option<u32> {
        let weeks = u32::try_from(self.required_weeks?).unwrap_or(0);
        Some(weeks * self.days_per_week * 2)
    }

    /// Half-days that remain to be done.
    pub fn half_days_left(&self) -> Option<u32> {
        Some(self.half_days_required()?.saturating_sub(self.half_days_done))
    }

    /// Half-days that will have been done once the periods declared are over.
    pub fn half_days_foreseen(&self) -> u32 {
        let to_come = |line: &PlacementLine| line.half_days_expected - line.half_days_absent;
        let lines = self.lines.iter();
        let here: u32 =
            lines.map(|line| if line.over { line.half_days_done } else { to_come(line) }).sum();
        here + self.half_days_elsewhere
    }

    /// Half-days of the periods declared that will be missing to reach what is required.
    pub fn half_days_short(&self) -> u32 {
        self.half_days_required().map_or(0, |all| all.saturating_sub(self.half_days_foreseen()))
    }

    /// Weeks and tenths of a number of half-days: "3,4" for three weeks and two days.
    pub fn weeks(&self, half_days: u32) -> String {
        weeks_words(half_days, self.days_per_week)
    }
}

/// Half-days as weeks in decimals: a day of a week of five is 0,2.
pub fn weeks_words(half_days: u32, days_per_week: u32) -> String {
    let hundredths = half_days * 100 / (2 * days_per_week.max(1));
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match (rest, rest % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole},{}", rest / 10),
        _ => format!("{whole},{rest:02}"),
    }
}

/// How many days make a week when the common référentiel does not say.
const DAYS_PER_WEEK: u32 = 5;

/// What a learner has done of the PFMP of the cycle, and what the exam requires.
pub fn placement(school: &School, ix: Ix<Pupil>) -> Placement {
    let pupil = &school.pupils[ix];
    let last = pupil.stays.last();
    let session = last.map(|stay| school.classes[stay.class].session());
    let length = session.and_then(|session| school.required_weeks(session));
    let lines: Vec<PlacementLine> = pupil
        .periods
        .iter()
        .filter(|period| school.periods[**period].status() == Status::School)
        .map(|period| line(school, ix, *period))
        .collect();
    let elsewhere = school.received_of(ix).map(|(_, one)| days_in_company(one)).sum();
    Placement {
        session,
        required_weeks: length
            .filter(|_| last.is_some_and(|stay| stay.status == Status::School))
            .map(|length| length.semaines.0),
        days_per_week: length
            .and_then(|length| u32::try_from(length.jours_par_semaine.0).ok())
            .unwrap_or(DAYS_PER_WEEK),
        half_days_done: lines.iter().map(|line| line.half_days_done).sum::<u32>() + elsewhere,
        half_days_elsewhere: elsewhere,
        half_days_planned: lines.iter().map(|line| line.half_days_expected).sum(),
        lines,
    }
}

fn line(school: &School, pupil: Ix<Pupil>, period: Ix<Period>) -> PlacementLine {
    let portfolio = school.portfolio(pupil, period).map(|ix| &school.portfolios[ix]);
    let record = portfolio.map(|portfolio| &portfolio.record);
    let expected = school.expected_weekdays(pupil, period) * 2;
    let missed = record.iter().flat_map(|record| &record.absences);
    let missed: i64 =
        missed.filter(|absence| !absence.rattrapee).map(|absence| absence.demi_journees.0).sum();
    let absent = u32::try_from(missed).unwrap_or(u32::MAX).min(expected);
    let proof = record.and_then(|record| record.attestation.as_ref());
    let company = record.is_some_and(|record| record.entreprise.is_some());
    let over = school.is_over(period);
    let attested = proof.and_then(|proof| proof.jours.as_ref()).map(|days| half_days(days.0));
    PlacementLine {
        period,
        half_days_expected: expected,
        half_days_absent: absent,
        half_days_done: if over && company { attested.unwrap_or(expected - absent) } else { 0 },
        company,
        over,
        abroad: portfolio.is_some_and(crate::school::Portfolio::is_abroad),
        proof: proof.is_some(),
    }
}

/// Half-days of PFMP that another school tells of: what the portfolios that it sent say, for its pupils of
/// school status (NAT-20).
pub fn days_in_company(one: &Received) -> u32 {
    let periods = one.records.iter().filter_map(|(_, kind, record)| match (kind, record) {
        (Kind::Period { year, slug }, AnyRecord::Period(period)) => Some(((*year, slug), period)),
        _ => None,
    });
    let periods: BTreeMap<_, _> = periods.collect();
    let portfolios = one.records.iter().filter_map(|(_, kind, record)| match (kind, record) {
        (Kind::Portfolio { year, slug, .. }, AnyRecord::Portfolio(portfolio)) => {
            let period = periods.get(&(*year, slug)).copied()?;
            (!period.apprentis).then(|| half_days_of(portfolio, Some(period), one.folder.fait_le))
        }
        _ => None,
    });
    portfolios.sum()
}

/// Half-days of one portfolio that another school sent: those attested, else those of the period without
/// absences, once it is over; none without company. `sent` is the day of the package.
pub fn half_days_of(
    portfolio: &record::Portfolio,
    period: Option<&record::Period>,
    sent: Date,
) -> u32 {
    if portfolio.entreprise.is_none() {
        return 0;
    }
    if let Some(days) = portfolio.attestation.as_ref().and_then(|proof| proof.jours.as_ref()) {
        return half_days(days.0);
    }
    let over = period.filter(|period| period.fin <= sent);
    let expected = over.map_or(0, |period| weekdays(period.debut, period.fin) * 2);
    let missed = portfolio.absences.iter().filter(|absence| !absence.rattrapee);
    let missed: i64 = missed.map(|absence| absence.demi_journees.0).sum();
    expected.saturating_sub(u32::try_from(missed).unwrap_or(u32::MAX))
}

/// Whole half-days in a number of days, which a record keeps between 0 and 300.
fn half_days(days: f64) -> u32 {
    (0..=600).rev().find(|half| f64::from(*half) <= days * 2.0).unwrap_or(0)
}

/// Learners who are in two periods at the same time (PFM-10).
pub fn period_overlaps(school: &School) -> Vec<PeriodPair> {
    school.period_overlaps()
}

/// Periods that should be one, for all classes of a level (PFM-03).
pub fn period_duplicates(school: &School) -> Vec<PeriodPair> {
    school.period_duplicates()
}

/// A level of a diploma whose learners of a status have no annex (ANX-14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LevelWithoutAnnex {
    /// The diploma.
    pub diploma: Ix<Referential>,
    /// The level.
    pub level: StudyLevel,
    /// Whether the annex that lacks is one for apprentices.
    pub apprentices: bool,
}

/// The levels of this year's classes that have no annex for their learners.
pub fn levels_without_annex(school: &School) -> Vec<LevelWithoutAnnex> {
    let mut levels = Vec::new();
    for (ix, class) in school.classes.iter() {
        if class.year != school.current_year() {
            continue;
        }
        let stays = class.pupils.iter().flat_map(|pupil| &school.pupils[*pupil].stays);
        let ours = stays.filter(|stay| stay.class == ix);
        levels.extend(ours.map(|stay| LevelWithoutAnnex {
            diploma: class.diploma,
            level: class.record.niveau,
            apprentices: stay.status == Status::Apprentice,
        }));
    }
    levels.sort_unstable();
    levels.dedup();
    levels.retain(|lacking| {
        !school.annexes.values().iter().any(|annex| {
            annex.diploma == lacking.diploma
                && annex.level == lacking.level
                && annex.record.apprentis == lacking.apprentices
        })
    });
    levels
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn three_weeks_and_two_days_are_three_and_four_tenths() {
        assert_eq!(weeks_words(2 * 17, 5), "3,4");
        assert_eq!(weeks_words(2 * 17 - 1, 5), "3,3");
        assert_eq!(weeks_words(200, 5), "20");
        assert_eq!(weeks_words(1, 5), "0,1");
        // A week of four days: one day is a quarter of it.
        assert_eq!(weeks_words(2, 4), "0,25");
        assert_eq!(weeks_words(0, 0), "0");
    }

    #[test]
    fn attested_days_are_whole_half_days() {
        assert_eq!((half_days(19.5), half_days(20.0), half_days(0.4)), (39, 40, 0));
    }

    proptest! {
        #[test]
        fn more_half_days_never_make_fewer_weeks(half_days in 0u32..600, more in 0u32..50, days in 1u32..7) {
            let value = |text: String| text.replace(',', ".").parse::<f64>().unwrap();
            let (few, many) = (weeks_words(half_days, days), weeks_words(half_days + more, days));
            prop_assert!(value(few) <= value(many));
        }

        #[test]
        fn whole_weeks_have_no_decimals(weeks in 0u32..60, days in 1u32..7) {
            prop_assert_eq!(weeks_words(weeks * days * 2, days), weeks.to_string());
        }
    }
}
