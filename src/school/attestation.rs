//! An attestation of competences, linked.

use std::sync::Arc;

use super::{Class, CompetenceIx, Ix, Person, Pupil, Referential};
use crate::record::{self, ReviewKey};
use crate::text::Date;

/// Competences that teachers validated one by one (ATT).
#[derive(Debug)]
pub struct Attestation {
    /// The pupil.
    pub pupil: Ix<Pupil>,
    /// Date and number of the day.
    pub key: ReviewKey,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::Attestation,
    /// The pupil's class on that day, or the last one before.
    pub class: Ix<Class>,
    /// The référentiel of that class.
    pub diploma: Ix<Referential>,
    /// The author, if known.
    pub author: Option<Ix<Person>>,
    /// The competences validated, with who (if known) and when, in the order of the référentiel.
    pub ticks: Vec<(CompetenceIx, Option<Ix<Person>>, Date)>,
}
