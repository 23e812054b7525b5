//! A bilan intermédiaire, linked.

use std::sync::Arc;

use super::{Class, Evaluation, Ix, Person, Pupil, Referential, referential::CompetenceIx};
use crate::record::{self, Level, ReviewKey, ReviewState};

/// A review with its pupil, référentiel and positions.
#[derive(Debug)]
pub struct Review {
    /// The pupil.
    pub pupil: Ix<Pupil>,
    /// Date and number of the day.
    pub key: ReviewKey,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::Review,
    /// The pupil's class on that day.
    pub class: Ix<Class>,
    /// The référentiel of that class.
    pub diploma: Ix<Referential>,
    /// The author, if known.
    pub author: Option<Ix<Person>>,
    /// Who validated it, if known.
    pub validated_by: Option<Ix<Person>>,
    /// The evaluations taken into account.
    pub evaluations: Vec<Ix<Evaluation>>,
    /// Positions, in the order of the référentiel.
    pub positions: Vec<(CompetenceIx, Level)>,
    /// Letters of professionalisation, in the order of the référentiel.
    pub professionalisation: Vec<(CompetenceIx, String)>,
}

impl Review {
    /// Whether it was validated (and is not a draft).
    pub fn is_valid(&self) -> bool {
        self.record.etat == ReviewState::Valid
    }

    /// Whether it is closed: validated, and not unlocked since (LCK-01, EVA-13).
    pub fn is_locked(&self) -> bool {
        self.record.is_locked()
    }

    /// The position on a competence: "not assessed" when the review says nothing of it.
    pub fn position(&self, competence: CompetenceIx) -> Level {
        self.positions
            .iter()
            .find(|(candidate, _)| *candidate == competence)
            .map_or(Level::NotAssessed, |(_, level)| *level)
    }

    /// The letter of professionalisation on a competence.
    pub fn letter(&self, competence: CompetenceIx) -> Option<&str> {
        self.professionalisation
            .iter()
            .find(|(candidate, _)| *candidate == competence)
            .map(|(_, letter)| letter.as_str())
    }
}
