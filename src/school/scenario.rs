//! A pedagogical scenario, tied to one diploma and one level (SCE-03).

use std::sync::Arc;

use super::{
    Ix, Person, Referential,
    referential::{CriterionIx, TaskIx},
};
use crate::record::{self, StudyLevel};

/// A scenario with its author, tasks and criteria.
#[derive(Debug)]
pub struct Scenario {
    /// `mcv-a/premiere/accueil-client`.
    pub id: String,
    /// The last part of the id.
    pub slug: String,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::Scenario,
    /// The diploma.
    pub diploma: Ix<Referential>,
    /// The level.
    pub level: StudyLevel,
    /// The author, if known.
    pub author: Option<Ix<Person>>,
    /// The tasks, in the order of the référentiel.
    pub tasks: Vec<TaskIx>,
    /// The criteria, in the order of the référentiel.
    pub criteria: Vec<CriterionIx>,
    /// The scenario this one was copied from, if it still exists.
    pub copy_of: Option<Ix<Self>>,
    /// Paths of the files in its folder.
    pub files: Vec<String>,
}
