//! A situation rated for some pupils of a class.

use std::sync::Arc;

use super::{
    Class, Ix, Person, Pupil, Review, Scenario,
    referential::{CriterionIx, TaskIx},
};
use crate::record::{self, Level};

/// An evaluation with its class, criteria and results.
#[derive(Debug)]
pub struct Evaluation {
    /// `2026-2027/1mcva1/accueil-client`.
    pub id: String,
    /// The last part of the id.
    pub slug: String,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::Evaluation,
    /// The class, and through it the référentiel.
    pub class: Ix<Class>,
    /// The author, if known.
    pub author: Option<Ix<Person>>,
    /// The scenario it came from, if it still exists.
    pub scenario: Option<Ix<Scenario>>,
    /// The tasks.
    pub tasks: Vec<TaskIx>,
    /// The criteria, one for each column; unknown ones are left out of columns and rows alike.
    pub criteria: Vec<CriterionIx>,
    /// The chosen pupils, in the order of names.
    pub rows: Vec<Row>,
    /// The closed reviews that took it into account and thereby froze it (EVA-12).
    pub frozen_by: Vec<Ix<Review>>,
}

/// The results of one pupil.
#[derive(Clone, Debug)]
pub struct Row {
    /// The pupil.
    pub pupil: Ix<Pupil>,
    /// The results.
    pub state: RowState,
}

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowState {
    /// One level for each of [`Evaluation::criteria`].
    Rated(Vec<Level>),
    /// The pupil was absent.
    Absent,
    /// The pupil was exempt.
    Exempt,
    /// Chosen, not rated yet.
    Unrated,
}

impl Row {
    /// The levels, one for each criterion; none for a pupil who was not rated.
    pub fn levels(&self) -> &[Level] {
        match &self.state {
            RowState::Rated(levels) => levels,
            RowState::Absent | RowState::Exempt | RowState::Unrated => &[],
        }
    }
}
