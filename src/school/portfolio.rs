//! What one learner did in a company during one period, linked.

use std::sync::Arc;

use super::{CriterionIx, Ix, Period, Person, Pupil, TaskIx};
use crate::record::{self, Level, ReviewState};
use crate::text::Date;

/// A portfolio with its period, its tasks and the results of the company review.
#[derive(Debug)]
pub struct Portfolio {
    /// The learner.
    pub pupil: Ix<Pupil>,
    /// The period.
    pub period: Ix<Period>,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::Portfolio,
    /// The tasks of each entry of the log.
    pub journal_tasks: Vec<Vec<TaskIx>>,
    /// The tasks of each fiche.
    pub sheet_tasks: Vec<Vec<TaskIx>>,
    /// The results of the company review, a competence as a whole spread over its criteria, in the
    /// order of the référentiel.
    pub results: Vec<(CriterionIx, Level)>,
    /// The teacher who made the company review, if known.
    pub teacher: Option<Ix<Person>>,
}

impl Portfolio {
    /// The company review, once it is valid: only then do its results count (POR-13).
    pub fn valid_review(&self) -> Option<&record::CompanyReview> {
        self.record.bilan_entreprise.as_ref().filter(|review| review.etat == ReviewState::Valid)
    }

    /// All tasks that the learner says to have done, each once, in the order of the référentiel.
    pub fn tasks(&self) -> Vec<TaskIx> {
        let mut tasks: Vec<TaskIx> =
            self.journal_tasks.iter().chain(&self.sheet_tasks).flatten().copied().collect();
        tasks.sort_unstable();
        tasks.dedup();
        tasks
    }

    /// Whether the learner wrote on a day after the end of the period (POR-09).
    pub fn is_late(written: Date, period: &Period) -> bool {
        written > period.record.fin
    }

    /// Whether the company is outside France.
    pub fn is_abroad(&self) -> bool {
        let country = self.record.entreprise.as_ref().and_then(|company| company.pays.as_deref());
        country.is_some_and(|country| !country.eq_ignore_ascii_case("france"))
    }
}
