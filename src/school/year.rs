//! A school year: its calendar, its classes, and which dates concern which class.

use super::{Class, Ix, School};
use crate::record::{Calendar, Id, Loaded, OfficialPeriod, PfmpDates, PronotePeriod, StudyLevel};
use crate::text::SchoolYear;

/// One school year.
#[derive(Debug)]
pub struct Year {
    /// Which one.
    pub year: SchoolYear,
    /// Its calendar, if there is one.
    pub calendar: Option<Loaded<SchoolYear, Calendar>>,
    /// Its classes, in the order of their names.
    pub classes: Vec<Ix<Class>>,
}

impl Year {
    /// The official periods of a class, in time order, each with its place in the calendar.
    pub fn periods_of(&self, class: &Class) -> Vec<(usize, &OfficialPeriod)> {
        let all = self.calendar.iter().flat_map(|calendar| calendar.record.periodes.iter());
        let mut periods: Vec<_> = all
            .enumerate()
            .filter(|(_, period)| {
                concerns(&period.diplomes, &class.record.diplome)
                    && concerns_level(&period.niveaux, class.record.niveau)
                    && concerns(&period.classes, &class.key)
            })
            .collect();
        periods.sort_by_key(|(_, period)| (period.debut, period.fin));
        periods
    }

    /// The dates of the PFMP of a class, each with its place in the calendar.
    pub fn pfmp_of(&self, class: &Class) -> impl Iterator<Item = (usize, &PfmpDates)> {
        let all = self.calendar.iter().flat_map(|calendar| calendar.record.pfmp.iter());
        all.enumerate().filter(|(_, pfmp)| {
            pfmp.niveau == class.record.niveau && concerns(&pfmp.diplomes, &class.record.diplome)
        })
    }

    /// The PRONOTE periods of a class, each with its place in the calendar.
    pub fn pronote_of(&self, class: &Class) -> impl Iterator<Item = (usize, &PronotePeriod)> {
        let all = self.calendar.iter().flat_map(|calendar| calendar.record.pronote.iter());
        all.enumerate().filter(|(_, period)| concerns(&period.classes, &class.key))
    }
}

impl School {
    /// The official periods of a class, in time order.
    pub fn periods_of_class(&self, class: &Class) -> Vec<&OfficialPeriod> {
        let year = self.year(class.year);
        year.map_or_else(Vec::new, |year| {
            year.periods_of(class).into_iter().map(|(_, period)| period).collect()
        })
    }
}

/// A list that is not there narrows nothing.
fn concerns(list: &Option<Vec<Id>>, id: &str) -> bool {
    list.as_ref().is_none_or(|list| list.iter().any(|item| **item == *id))
}

fn concerns_level(list: &Option<Vec<StudyLevel>>, level: StudyLevel) -> bool {
    list.as_ref().is_none_or(|list| list.contains(&level))
}
