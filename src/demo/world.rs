//! All that is known of the school once pupils are enrolled: what the records of companies and exams draw on.

use std::collections::BTreeMap;

use super::calendar::today;
use super::dates::Date;
use super::hosts::Directory;
use super::periods::Period;
use super::portfolios::Placement;
use super::pupils::Pupil;
use super::referential::Referential;
use super::rng::Dice;
use super::sayings::Sayings;
use super::staff::Staff;
use super::structure::{Division, Plan};

/// The school, its people and its surroundings.
pub(crate) struct World<'a> {
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

    /// Opens a stream of chance.
    pub(crate) fn dice(&self, label: &str) -> Dice {
        Dice::new(self.seed, label)
    }

    /// Draws somebody of a list who is not of the school: first name, surname.
    pub(crate) fn outsider(
        &self,
        sayings: &Sayings,
        list: &str,
        dice: &mut Dice,
    ) -> (String, String) {
        let mut found = sayings.person(list, dice);
        for _ in 0..12 {
            if !self.staff.knows(&found.0, &found.1) {
                break;
            }
            found = sayings.person(list, dice);
        }
        found
    }

    /// Gives the mastery a pupil has of a competence on a day, in a class: a number around 1 to 4.
    pub(crate) fn mastery(&self, pupil: &Pupil, division: &Division, code: &str, day: Date) -> f64 {
        let start = self.plan.years.get(division.year).map_or(day, |year| year.span.first);
        let t = f64::from(division.level.rank()) + f64::from(day.since(start)) / 310.0;
        pupil.character.mastery(&division.diploma, code, t)
    }

    /// Averages the mastery of all competences of the diploma of a class.
    pub(crate) fn overall(&self, pupil: &Pupil, division: &Division, day: Date) -> Option<f64> {
        let competences = &self.known.get(&division.diploma)?.competences;
        let all = competences.iter().map(|one| self.mastery(pupil, division, &one.code, day));
        (!competences.is_empty()).then(|| all.sum::<f64>() / competences.len() as f64)
    }

    /// Says whether a learner does the period in another country: one a year, where shops receive.
    pub(crate) fn travels(&self, period: &Period, pupil: usize) -> bool {
        period.diploma == "mcv-a"
            && period.number == Some(4)
            && period.span.last < today()
            && period.learners.get(1).is_some_and(|learner| learner.pupil == pupil)
    }
}

/// The periods of each pupil, in the order of time.
pub(crate) struct Journeys<'a> {
    of: Vec<Vec<Placement<'a>>>,
}

impl<'a> Journeys<'a> {
    pub(crate) fn new(world: &'a World<'a>, periods: &'a [Period]) -> Self {
        let mut of: Vec<Vec<Placement<'a>>> = Vec::new();
        of.resize_with(world.pupils.len(), Vec::new);
        for period in periods {
            for learner in &period.learners {
                let placement = Placement::of(world, period, learner);
                if let (Some(list), Some(placement)) = (of.get_mut(learner.pupil), placement) {
                    list.push(placement);
                }
            }
        }
        for list in &mut of {
            list.sort_by_key(|placement| placement.period.span.first);
        }
        Self { of }
    }

    /// Lists the periods of a pupil.
    pub(crate) fn of(&self, pupil: usize) -> &[Placement<'a>] {
        self.of.get(pupil).map_or(&[], Vec::as_slice)
    }
}
