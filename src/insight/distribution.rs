//! How a class did on each criterion of an evaluation.

use crate::record::Level;
use crate::school::{Evaluation, RowState};

/// Numbers of pupils by level, and of those without one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// By level, in the order of [`Level::ALL`]: NE, --, -, +, ++.
    pub levels: [usize; 5],
}

impl Tally {
    /// Adds one result.
    pub fn add(&mut self, level: Level) {
        self.levels[level as usize] += 1;
    }

    /// The number of one level.
    pub fn of(&self, level: Level) -> usize {
        self.levels[level as usize]
    }

    /// Results that say something: all but "not assessed".
    pub fn assessed(&self) -> usize {
        self.levels[1..].iter().sum()
    }

    /// All results.
    pub fn total(&self) -> usize {
        self.levels.iter().sum()
    }
}

/// The figures of an evaluation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// One tally a criterion, over the pupils who were rated.
    pub criteria: Vec<Tally>,
    /// Pupils who were rated.
    pub rated: usize,
    /// Pupils who were absent.
    pub absent: usize,
    /// Pupils who were exempt.
    pub exempt: usize,
    /// Pupils chosen and not rated yet.
    pub unrated: usize,
}

/// Computes the figures of an evaluation.
pub fn distribution(evaluation: &Evaluation) -> Distribution {
    let mut figures = Distribution {
        criteria: vec![Tally::default(); evaluation.criteria.len()],
        rated: 0,
        absent: 0,
        exempt: 0,
        unrated: 0,
    };
    for row in &evaluation.rows {
        match &row.state {
            RowState::Rated(levels) => {
                figures.rated += 1;
                for (tally, level) in figures.criteria.iter_mut().zip(levels) {
                    tally.add(*level);
                }
            }
            RowState::Absent => figures.absent += 1,
            RowState::Exempt => figures.exempt += 1,
            RowState::Unrated => figures.unrated += 1,
        }
    }
    figures
}
