//! What the main line held at the end of a day, even where clocks disagree.

use git2::{Oid, Repository};

use super::{ObjectId, Past};
use crate::source::SourceError;
use crate::text::Date;

/// What was known at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evening {
    /// This commit of the main line.
    Of(ObjectId),
    /// Nothing yet: the first commit that this repository has, and is believed, is of that day.
    Before(Date),
}

impl Past {
    /// The state of the main line at the end of a day in France, seen from `head`: the first parents
    /// of the commit, whatever came by other ways. A day to come gives `head` itself.
    ///
    /// Clocks may be wrong. The days that are believed are the largest set of them which follows the
    /// order of the line; what that evening knew ends before the first believed commit of a later day,
    /// and before those at that end which say of themselves that they are later. So neither a clock
    /// that runs ahead hides what came after it, nor does one that runs late bring what came later
    /// into an earlier day.
    ///
    /// # Errors
    /// When the past cannot be read.
    pub fn evening(&self, head: ObjectId, day: Date) -> Result<Evening, SourceError> {
        let line = self.repository().and_then(|repository| self.dated_line(&repository, head.0));
        let line = line.map_err(SourceError::History)?;
        let days: Vec<Date> = line.iter().map(|(_, day)| *day).collect();
        let first = believed(&days).first().map_or(day, |at| days[*at]);
        Ok(last_known(&days, day).map_or(Evening::Before(first), |at| Evening::Of(line[at].0)))
    }

    /// The main line, oldest first, each commit with its day; those that no calendar knows have that
    /// of the beginning.
    fn dated_line(
        &self,
        repository: &Repository,
        head: Oid,
    ) -> Result<Vec<(ObjectId, Date)>, git2::Error> {
        let mut line = Vec::new();
        let mut next = Some(head);
        while let Some(id) = next {
            let commit = repository.find_commit(id)?;
            let day = Date::in_france(commit.committer().when().seconds());
            line.push((ObjectId(id), day.unwrap_or(Date(jiff::civil::Date::MIN))));
            let cut = self.boundary.contains(&id);
            next = commit.parent_ids().next().filter(|_| !cut);
        }
        line.reverse();
        Ok(line)
    }
}

/// The place of the last commit that the end of a day knew, among the days of a line.
fn last_known(days: &[Date], day: Date) -> Option<usize> {
    let end = believed(days).into_iter().find(|at| days[*at] > day).unwrap_or(days.len());
    (0..end).rev().find(|at| days[*at] <= day)
}

/// The places of the longest run of days that never goes back; of several, the one whose days are the
/// earliest from its end on.
fn believed(days: &[Date]) -> Vec<usize> {
    // The last place of the best run of each length, and what comes before each place in its run.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(days.len());
    for (at, day) in days.iter().enumerate() {
        let length = ends.partition_point(|end| days[*end] <= *day);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run: Vec<usize> =
        std::iter::successors(ends.last().copied(), |at| before[*at]).collect();
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(number: i32) -> Date {
        Date::new(2026, 9, 1).unwrap().plus(number)
    }

    fn known(days: &[i32], asked: i32) -> Option<usize> {
        let days: Vec<Date> = days.iter().map(|number| day(*number)).collect();
        last_known(&days, day(asked))
    }

    #[test]
    fn the_last_commit_of_the_day_is_what_its_evening_knew() {
        let line = [1, 3, 3, 7];
        assert_eq!(known(&line, 0), None);
        assert_eq!(known(&line, 1), Some(0));
        assert_eq!(known(&line, 2), Some(0));
        assert_eq!(known(&line, 3), Some(2));
        assert_eq!(known(&line, 6), Some(2));
        assert_eq!(known(&line, 7), Some(3));
        assert_eq!(known(&line, 9000), Some(3));
        assert_eq!(known(&[], 1), None);
    }

    #[test]
    fn a_clock_that_runs_ahead_hides_nothing() {
        let line = [1, 2, 900, 3, 4];
        assert_eq!(known(&line, 2), Some(1));
        assert_eq!(known(&line, 3), Some(3));
        assert_eq!(known(&line, 900), Some(4));
    }

    #[test]
    fn a_clock_that_runs_late_brings_nothing_into_the_past() {
        let line = [1, 2, 3, -20_000, 4];
        assert_eq!(known(&line, 0), None);
        assert_eq!(known(&line, 2), Some(1));
        // It came with the third day or after it: it says itself that it is not later.
        assert_eq!(known(&line, 3), Some(3));
        assert_eq!(known(&line, 4), Some(4));
    }

    #[test]
    fn neighbours_that_changed_places_stay_where_they_say() {
        let line = [10, 12, 11, 13];
        assert_eq!(known(&line, 10), Some(0));
        assert_eq!(known(&line, 11), Some(2));
        assert_eq!(known(&line, 12), Some(2));
        assert_eq!(known(&line, 13), Some(3));
    }

    proptest! {
        #[test]
        fn days_in_order_are_all_believed(mut days in prop::collection::vec(0..40_i32, 0..30)) {
            days.sort_unstable();
            let dates: Vec<Date> = days.iter().map(|number| day(*number)).collect();
            prop_assert_eq!(believed(&dates).len(), days.len());
            for asked in -1..41 {
                prop_assert_eq!(known(&days, asked), days.iter().rposition(|day| *day <= asked));
            }
        }

        #[test]
        fn later_evenings_never_know_less(days in prop::collection::vec(0..20_i32, 1..20)) {
            let mut last = None;
            for asked in -1..21 {
                let now = known(&days, asked);
                prop_assert!(now >= last);
                prop_assert!(now.is_none_or(|at| days[at] <= asked));
                last = now;
            }
            prop_assert_eq!(last, Some(days.len() - 1));
        }
    }
}
