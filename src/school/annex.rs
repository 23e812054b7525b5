//! An annexe pédagogique, linked.

use std::sync::Arc;

use super::{Ix, Person, Referential, TaskIx};
use crate::record::{self, StudyLevel};

/// Objectives and tasks from which periods are made.
#[derive(Debug)]
pub struct Annex {
    /// `mcv-a/premiere/decouverte`.
    pub id: String,
    /// The last part of the id.
    pub slug: String,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::Annex,
    /// The référentiel.
    pub diploma: Ix<Referential>,
    /// The level of study.
    pub level: StudyLevel,
    /// The professeur référent, if known.
    pub author: Option<Ix<Person>>,
    /// The planned tasks.
    pub tasks: Vec<TaskIx>,
    /// The annex that this one copies, if it still exists.
    pub copy_of: Option<Ix<Annex>>,
}
