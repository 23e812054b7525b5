//! A time in companies for the learners of a level, linked.

use std::sync::Arc;

use super::{Annex, Ix, Person, Pupil, Referential, TaskIx};
use crate::record::{self, Status};
use crate::text::{Date, SchoolYear};

/// A PFMP, or an employer period of apprentices.
#[derive(Debug)]
pub struct Period {
    /// `2026-2027/pfmp-3`.
    pub id: String,
    /// The school year.
    pub year: SchoolYear,
    /// The last part of the id.
    pub slug: String,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::Period,
    /// The référentiel.
    pub diploma: Ix<Referential>,
    /// The annex it was made from, if it still exists.
    pub annex: Option<Ix<Annex>>,
    /// The planned tasks: the period's own copy (PFM-11).
    pub tasks: Vec<TaskIx>,
    /// The learners, in the order of names (PFM-08).
    pub learners: Vec<Ix<Pupil>>,
    /// The referent teacher of each learner who has one (POR-14), in the order of the file.
    pub referents: Vec<(Ix<Pupil>, Ix<Person>)>,
}

/// One week of a period: its number from 1, and the days of it that the period holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    /// 1 for the week of the first day.
    pub number: usize,
    /// First day of the period in that week.
    pub from: Date,
    /// Last one.
    pub to: Date,
}

impl Week {
    /// The last of its days from Monday to Friday: as a week is worked.
    pub fn last_worked(&self) -> Date {
        self.to.plus(-i32::from(self.to.weekday().saturating_sub(5)))
    }
}

impl Period {
    /// Under which status its learners study.
    pub fn status(&self) -> Status {
        if self.record.apprentis { Status::Apprentice } else { Status::School }
    }

    /// "PFMP 3"; the title, up to a dash, for a period without number.
    pub fn short_name(&self) -> String {
        let title = || self.record.titre.split(" – ").next().unwrap_or_default().to_owned();
        self.record.numero.map_or_else(title, |number| format!("PFMP {}", number.0))
    }

    /// The referent teacher of a learner.
    pub fn referent(&self, pupil: Ix<Pupil>) -> Option<Ix<Person>> {
        self.referents.iter().find(|(learner, _)| *learner == pupil).map(|(_, person)| *person)
    }

    /// The calendar weeks (Monday to Sunday) that hold at least one of its weekdays.
    pub fn weeks(&self) -> Vec<Week> {
        weeks(self.record.debut, self.record.fin)
    }

    /// Its last day from Monday to Friday, or its last day when it has none.
    pub fn last_weekday(&self) -> Date {
        let last = self.weeks().last().map_or(self.record.fin, |week| week.to);
        last.plus(-i32::from(last.weekday().saturating_sub(5)))
    }

    /// How many of its days are weekdays (Monday to Friday).
    pub fn weekdays(&self) -> u32 {
        weekdays(self.record.debut, self.record.fin)
    }

    /// How many fiches a learner writes: one a week, or one for the period (POR-02).
    pub fn expected_sheets(&self) -> usize {
        match self.status() {
            Status::School => self.weeks().len(),
            Status::Apprentice => 1,
        }
    }
}

/// The calendar weeks between two days that hold at least one weekday; none when they are reversed.
pub fn weeks(from: Date, to: Date) -> Vec<Week> {
    let mut weeks = Vec::new();
    let mut day = from;
    while day <= to {
        let sunday = day.plus(7 - i32::from(day.weekday()));
        let last = sunday.min(to);
        if weekdays(day, last) > 0 {
            weeks.push(Week { number: weeks.len() + 1, from: day, to: last });
        }
        day = sunday.plus(1);
    }
    weeks
}

/// How many days from Monday to Friday there are between two days, both included.
pub fn weekdays(from: Date, to: Date) -> u32 {
    let Ok(days) = u32::try_from(from.days_until(to) + 1) else { return 0 };
    let rest = (0..days % 7).filter(|n| {
        let day = (u32::from(from.weekday()) - 1 + n) % 7;
        day < 5
    });
    days / 7 * 5 + u32::try_from(rest.count()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn four_weeks_from_monday_to_friday() {
        let (from, to) = (date("2027-01-11"), date("2027-02-05"));
        assert_eq!((weeks(from, to).len(), weekdays(from, to)), (4, 20));
        assert_eq!(weeks(from, to)[1].from, date("2027-01-18"));
    }

    #[test]
    fn a_week_of_two_days_counts_and_a_week_end_does_not() {
        // Thursday to Tuesday, then Saturday to Sunday.
        assert_eq!(weeks(date("2027-01-14"), date("2027-01-19")).len(), 2);
        assert_eq!(weekdays(date("2027-01-14"), date("2027-01-19")), 4);
        assert!(weeks(date("2027-01-16"), date("2027-01-17")).is_empty());
        assert!(weeks(date("2027-01-19"), date("2027-01-14")).is_empty());
        assert_eq!(weekdays(date("2027-01-19"), date("2027-01-14")), 0);
    }

    proptest! {
        #[test]
        fn weeks_cut_a_period_without_gap_in_weekdays(start in 0i32..4000, length in 0i32..400) {
            let from = date("2020-01-01").plus(start);
            let to = from.plus(length);
            let weeks = weeks(from, to);
            let sum: u32 = weeks.iter().map(|week| weekdays(week.from, week.to)).sum();
            prop_assert_eq!(sum, weekdays(from, to));
            prop_assert!(weeks.iter().all(|week| (1..=5).contains(&weekdays(week.from, week.to))));
            prop_assert!(weeks.windows(2).all(|pair| pair[0].to < pair[1].from));
            prop_assert!(weeks.iter().enumerate().all(|(n, week)| week.number == n + 1));
        }

        #[test]
        fn a_day_more_adds_at_most_one_weekday(start in 0i32..4000, length in 0i32..400) {
            let from = date("2020-01-01").plus(start);
            let to = from.plus(length);
            let more = weekdays(from, to.plus(1)) - weekdays(from, to);
            prop_assert_eq!(more, u32::from(to.plus(1).weekday() <= 5));
        }
    }
}
