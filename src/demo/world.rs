//! All that is known of the school once pupils are enrolled: what the records of companies and exams draw on.

use std::collections::BTreeMap;

use super::calendar::today;
use super::corpus::Corpus;
use super::hosts::Directory;
use super::periods::Period;
use super::pupils::Pupil;
use super::referential::Referential;
use super::staff::Staff;
use super::structure::Plan;

/// The school, its people and its surroundings.
pub(crate) struct World<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) plan: &'a Plan,
    pub(crate) staff: &'a Staff,
    pub(crate) known: &'a BTreeMap<String, Referential>,
    pub(crate) pupils: &'a [Pupil],
    pub(crate) directory: Directory<'a>,
    pub(crate) seed: u64,
}

impl World<'_> {
    /// Counts the companies that receive the pupils of a diploma: one for three pupils or so.
    pub(crate) fn pool(&self, diploma: &str) -> usize {
        let classes = self.plan.divisions.iter().filter(|d| d.diploma == diploma).count();
        (classes * self.plan.usual / 5).clamp(6, 160)
    }

    /// Says whether a learner does the period in another country: one a year, where shops receive.
    pub(crate) fn travels(&self, period: &Period, pupil: usize) -> bool {
        period.diploma == "mcv-a"
            && period.number == Some(4)
            && period.span.last < today()
            && period.learners.get(1).is_some_and(|learner| learner.pupil == pupil)
    }
}
