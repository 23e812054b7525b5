//! The linked model: identifiers resolved, people and results side by side. No reading, no writing.

mod class;
mod evaluation;
mod link;
mod person;
mod pupil;
mod reference;
mod referential;
mod review;
mod scenario;
mod table;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::record::{Calendar, Kind, Loaded, SchoolRecord};
use crate::text::{Date, SchoolYear};

pub use class::Class;
pub use evaluation::{Evaluation, Row, RowState};
pub use link::link;
pub use person::Person;
pub use pupil::{Pupil, Stay};
pub use reference::CODES;
pub use referential::{
    Competence, CompetenceIx, Criterion, CriterionIx, Referential, Task, TaskIx,
};
pub use review::Review;
pub use scenario::Scenario;
pub use table::{Ix, Table};

/// Everything a school's records say, linked.
#[derive(Debug)]
pub struct School {
    /// The establishment; a neutral one when `school.toml` is missing or faulty.
    pub establishment: SchoolRecord,
    /// The people, by id.
    pub people: Table<Person>,
    /// The years, in order: calendar and classes.
    pub years: Vec<Year>,
    /// The classes, by year then id.
    pub classes: Table<Class>,
    /// The référentiels, by code.
    pub referentials: Table<Referential>,
    /// The scenarios, by id.
    pub scenarios: Table<Scenario>,
    /// The evaluations, by id.
    pub evaluations: Table<Evaluation>,
    /// The pupils, by id.
    pub pupils: Table<Pupil>,
    /// The reviews, by pupil then date.
    pub reviews: Table<Review>,
    /// Records that could not be read, by path: pages that miss them say so.
    pub broken: BTreeMap<Arc<str>, Kind>,
}

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

impl School {
    /// The school year shown as current.
    pub fn current_year(&self) -> SchoolYear {
        self.establishment.annee
    }

    /// A year that has a calendar or classes.
    pub fn year(&self, year: SchoolYear) -> Option<&Year> {
        self.years.iter().find(|candidate| candidate.year == year)
    }

    /// A person by id.
    pub fn person(&self, id: &str) -> Option<Ix<Person>> {
        self.people.find(|person| person.id.as_str().cmp(id))
    }

    /// A pupil by id.
    pub fn pupil(&self, id: &str) -> Option<Ix<Pupil>> {
        self.pupils.find(|pupil| pupil.id.as_str().cmp(id))
    }

    /// A référentiel by code.
    pub fn referential(&self, code: &str) -> Option<Ix<Referential>> {
        self.referentials.find(|referential| referential.code.as_str().cmp(code))
    }

    /// The class a pupil was in on a day: the stay that covers it, else the last one begun before.
    pub fn class_of(&self, pupil: &Pupil, day: Date) -> Option<Ix<Class>> {
        pupil
            .stays
            .iter()
            .rev()
            .find(|stay| stay.from <= day && day <= stay.to)
            .or_else(|| pupil.stays.iter().rev().find(|stay| stay.from <= day))
            .map(|stay| stay.class)
    }
}
