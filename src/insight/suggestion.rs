//! The level suggested for a competence: named, versioned, explained; never a decision.

use crate::record::Level;
use crate::school::CriterionIx;
use crate::text::Date;

use super::method::METHODS;

/// Name and version of the method. A change of the method is a new version.
pub const SUGGESTION_METHOD: &str = "majorité récente, version 1";

/// How many results of each criterion count: the most recent ones.
const PER_CRITERION: usize = 3;

/// Under this number of results a suggestion is called fragile.
const ENOUGH: usize = 3;

/// One result on one criterion, in time order with the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observation {
    /// The criterion.
    pub criterion: CriterionIx,
    /// The date of the work (not of the rating).
    pub date: Date,
    /// The result. "Not assessed" counts for nothing, and is never a zero.
    pub level: Level,
}

/// A suggested level and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The level.
    pub level: Level,
    /// How many of the results used reach that level.
    pub reached: usize,
    /// Positions, in the observations given, of the results used.
    pub used: Vec<usize>,
    /// Too few results to rely on.
    pub fragile: bool,
    /// What other methods say of all results: name and figure, when they give one.
    pub others: Vec<(&'static str, f64, bool)>,
}

/// The highest level that at least half of the recent results reach.
///
/// "Recent" means the last three results of each criterion, so that a criterion often assessed does
/// not hide the others. Levels are compared, never averaged: the scale has an order, not distances.
/// One more result above the suggested level never lowers it, wherever it stands in time: it adds
/// to those that reach the level, and pushes out at most one.
///
/// `observations` are in time order; nothing is suggested where nothing was assessed.
pub fn suggest(observations: &[Observation]) -> Option<Suggestion> {
    let mut used = Vec::new();
    for (at, observation) in observations.iter().enumerate().rev() {
        if observation.level.rank().is_none() {
            continue;
        }
        let same = used
            .iter()
            .filter(|other: &&usize| observations[**other].criterion == observation.criterion);
        if same.count() < PER_CRITERION {
            used.push(at);
        }
    }
    used.reverse();
    let reaching = |rank: u8| {
        used.iter()
            .filter(|at| observations[**at].level.rank().is_some_and(|other| other >= rank))
            .count()
    };
    let rank = (1..=4).rev().find(|rank| !used.is_empty() && 2 * reaching(*rank) >= used.len())?;
    let ranks: Vec<u8> =
        observations.iter().filter_map(|observation| observation.level.rank()).collect();
    let others = METHODS
        .iter()
        .filter_map(|method| Some((method.name, method.value(&ranks)?, method.percent)))
        .collect();
    Some(Suggestion {
        level: Level::of_rank(rank)?,
        reached: reaching(rank),
        fragile: used.len() < ENOUGH,
        used,
        others,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn observations(results: &[(u16, Level)]) -> Vec<Observation> {
        let date = Date::new(2026, 9, 1).unwrap();
        results
            .iter()
            .map(|(criterion, level)| Observation {
                criterion: CriterionIx(*criterion),
                date,
                level: *level,
            })
            .collect()
    }

    #[test]
    fn the_series_of_the_comparison_gives_partly_acquired() {
        use Level::{Fully, InProgress, NotAcquired, Partly};
        let series = [NotAcquired, InProgress, InProgress, Fully, Partly];
        let series: Vec<_> = series.into_iter().map(|level| (0, level)).collect();
        let suggestion = suggest(&observations(&series)).unwrap();
        assert_eq!(
            (suggestion.level, suggestion.reached, suggestion.used),
            (Partly, 2, vec![2, 3, 4])
        );
    }

    #[test]
    fn not_assessed_is_nothing_not_zero() {
        assert_eq!(suggest(&observations(&[(0, Level::NotAssessed)])), None);
        let with = suggest(&observations(&[(0, Level::Fully), (0, Level::NotAssessed)])).unwrap();
        assert_eq!((with.level, with.fragile), (Level::Fully, true));
    }

    fn result() -> impl Strategy<Value = (u16, Level)> {
        (0u16..4, prop::sample::select(Level::ALL))
    }

    proptest! {
        #[test]
        fn a_better_result_never_lowers_the_suggestion(
            results in prop::collection::vec(result(), 1..30),
            criterion in 0u16..5,
            at in 0usize..30,
        ) {
            let before = suggest(&observations(&results)).map(|suggestion| suggestion.level);
            for better in Level::ALL.iter().filter(|level| level.rank() > before.and_then(Level::rank)) {
                let mut more = results.clone();
                more.insert(at.min(results.len()), (criterion, *better));
                let after = suggest(&observations(&more)).map(|suggestion| suggestion.level);
                prop_assert!(after >= before, "{before:?} then {after:?}");
            }
        }

        #[test]
        fn a_raised_result_never_lowers_the_suggestion(
            results in prop::collection::vec(result(), 1..30),
            at in 0usize..30,
        ) {
            let at = at % results.len();
            let before = suggest(&observations(&results)).map(|suggestion| suggestion.level);
            let Some(rank) = results[at].1.rank() else { return Ok(()) };
            let mut raised = results.clone();
            raised[at].1 = Level::of_rank(rank + 1).unwrap_or(Level::Fully);
            prop_assert!(suggest(&observations(&raised)).map(|suggestion| suggestion.level) >= before);
        }

        #[test]
        fn not_assessed_changes_nothing(
            results in prop::collection::vec(result(), 1..30),
            criterion in 0u16..5,
            at in 0usize..30,
        ) {
            let before = suggest(&observations(&results)).map(|suggestion| suggestion.level);
            let mut more = results.clone();
            more.insert(at.min(results.len()), (criterion, Level::NotAssessed));
            prop_assert_eq!(suggest(&observations(&more)).map(|suggestion| suggestion.level), before);
        }
    }
}
