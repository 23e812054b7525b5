//! A division of one school year.

use std::sync::Arc;

use super::{Evaluation, Ix, Person, Pupil, Referential};
use crate::record::{ClassRecord, StudyLevel};
use crate::text::SchoolYear;

/// A division, its diploma, its team, its pupils.
#[derive(Debug)]
pub struct Class {
    /// Id within the year (`1mcva1`).
    pub key: String,
    /// The school year.
    pub year: SchoolYear,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: ClassRecord,
    /// The référentiel followed.
    pub diploma: Ix<Referential>,
    /// The form teacher.
    pub form_teacher: Option<Ix<Person>>,
    /// The professional teachers.
    pub team: Vec<Ix<Person>>,
    /// Everybody who was in it at some time of the year, in the order of names.
    pub pupils: Vec<Ix<Pupil>>,
    /// Its evaluations, in time order.
    pub evaluations: Vec<Ix<Evaluation>>,
}

impl Class {
    /// `2026-2027/1mcva1`.
    pub fn id(&self) -> String {
        format!("{}/{}", self.year, self.key)
    }

    /// The exam session of its pupils: the year of the exam.
    pub fn session(&self) -> i16 {
        let years = match self.record.niveau {
            StudyLevel::Seconde => 3,
            StudyLevel::Premiere | StudyLevel::Cap1 | StudyLevel::Bts1 => 2,
            StudyLevel::Terminale | StudyLevel::Cap2 | StudyLevel::Bts2 => 1,
        };
        self.year.0 + years
    }

    /// Whether its pupils take the exam at the end of the year.
    pub fn is_final_year(&self) -> bool {
        self.session() == self.year.0 + 1
    }
}
