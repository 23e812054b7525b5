//! A pupil's livret scolaire for a year, linked.

use std::sync::Arc;

use super::{Class, Ix, Person, Pupil, Referential};
use crate::record;
use crate::text::SchoolYear;

/// The livret with its class, its expected competences and its teachers.
#[derive(Debug)]
pub struct Livret {
    /// The pupil.
    pub pupil: Ix<Pupil>,
    /// The school year.
    pub year: SchoolYear,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::Livret,
    /// The pupil's last class of that year.
    pub class: Ix<Class>,
    /// The référentiel of that class.
    pub diploma: Ix<Referential>,
    /// The teachers of the spécialité, in the order of the file.
    pub teachers: Vec<Ix<Person>>,
    /// Who signs the PFMP part.
    pub placement_teacher: Option<Ix<Person>>,
    /// The teachers of the projet, in the order of the file.
    pub project_teachers: Vec<Ix<Person>>,
    /// The levels given, by position in the expected list of the référentiel (`[lsl]`).
    pub levels: Vec<(usize, u8)>,
}

impl Livret {
    /// The level of an expected competence, by its position in the list.
    pub fn level(&self, line: usize) -> Option<u8> {
        self.levels.iter().find(|(other, _)| *other == line).map(|(_, level)| *level)
    }
}
