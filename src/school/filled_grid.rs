//! A candidate's CCF grid, linked.

use std::sync::Arc;

use super::{Class, CriterionIx, Ix, Person, Pupil, Referential};
use crate::record;

/// A grid with its candidate, its national form and its levels.
#[derive(Debug)]
pub struct FilledGrid {
    /// The candidate.
    pub pupil: Ix<Pupil>,
    /// The exam session.
    pub session: i16,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::FilledGrid,
    /// The candidate's last class of that session.
    pub class: Ix<Class>,
    /// The référentiel of that class.
    pub diploma: Ix<Referential>,
    /// Position of the national grid among those of the référentiel.
    pub grid: usize,
    /// The author, if known.
    pub author: Option<Ix<Person>>,
    /// The members of the commission, in the order of the file: the person, for those of the staff.
    pub members: Vec<Option<Ix<Person>>>,
    /// The levels given, from 1 to 4, in the order of the référentiel.
    pub levels: Vec<(CriterionIx, u8)>,
}

impl FilledGrid {
    /// The level of a line.
    pub fn level(&self, criterion: CriterionIx) -> Option<u8> {
        self.levels.iter().find(|(other, _)| *other == criterion).map(|(_, level)| *level)
    }

    /// Whether the commission closed it, and no DDFPT opened it since (LCK-04).
    pub fn is_locked(&self) -> bool {
        let unlocked = self.record.deverrouillage.iter().map(|unlock| unlock.date).max();
        self.record
            .verrouillage
            .as_ref()
            .is_some_and(|seal| unlocked.is_none_or(|unlocked| seal.le > unlocked))
    }
}

impl Referential {
    /// The national grid whose code is written so in the name of a file: in lower case.
    pub fn grid(&self, name: &str) -> Option<usize> {
        self.record.grilles.iter().position(|grid| crate::text::slug(&grid.code) == name)
    }
}
