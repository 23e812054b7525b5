//! What was unlocked: by whom, why, and what changed until it was closed again (LCK-03).

use serde::{Deserialize, Serialize};

use super::Trace;
use crate::history::deed::Deed;
use crate::history::transition::Transition;
use crate::record::{AnyRecord, Difference, Unlock};
use crate::source::ObjectId;
use crate::text::Date;

/// A review or a grid that was opened again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reopening {
    /// Path of the review or grid.
    pub file: String,
    /// The id of whoever unlocked it, as written.
    pub by: String,
    /// The day written there.
    pub date: Date,
    /// The reason.
    pub reason: String,
    /// The commit that did it.
    pub opened: Trace,
    /// What changed since in it, and in the evaluations that it had frozen.
    pub alterations: Vec<Alteration>,
    /// The commit that closed it again, if it is closed.
    pub closed: Option<Trace>,
    /// The evaluations that it had frozen, by path.
    evaluations: Vec<String>,
}

/// A change made while something was open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alteration {
    /// The commit.
    pub trace: Trace,
    /// The file.
    pub file: String,
    /// What changed in it.
    pub differences: Vec<Difference>,
}

/// Follows the open ones through a commit.
pub(super) fn follow(all: &mut Vec<Reopening>, deed: &Deed, step: ObjectId) {
    for one in &deed.transitions {
        let trace = || Trace::of(&deed.commit, step);
        let (before, after) =
            (one.before.as_ref().and_then(lock_of), one.after.as_ref().and_then(lock_of));
        let is_open = |opening: &&mut Reopening| opening.closed.is_none();
        let concerned = |opening: &&mut Reopening| {
            opening.file == *one.file || opening.evaluations.iter().any(|file| **file == *one.file)
        };
        for opening in all.iter_mut().filter(is_open).filter(concerned) {
            opening.alterations.push(Alteration {
                trace: trace(),
                file: one.file.to_string(),
                differences: one.differences.iter().map(Difference::brief).collect(),
            });
            if opening.file == *one.file && after.as_ref().is_some_and(|lock| lock.locked) {
                opening.closed = Some(trace());
            }
        }
        if let (Some(before), Some(after)) = (before, after)
            && before.locked
            && !after.locked
            && let Some(unlock) = after.unlocks.iter().max_by_key(|unlock| unlock.date)
        {
            all.push(opening(one, unlock, trace(), after.evaluations));
        }
    }
}

fn opening(
    one: &Transition,
    unlock: &Unlock,
    opened: Trace,
    evaluations: Vec<String>,
) -> Reopening {
    Reopening {
        file: one.file.to_string(),
        by: unlock.par.to_string(),
        date: unlock.date,
        reason: unlock.motif.clone(),
        opened,
        alterations: Vec::new(),
        closed: None,
        evaluations,
    }
}

/// What a record that can be locked says of it.
struct Lock<'r> {
    locked: bool,
    unlocks: &'r [Unlock],
    evaluations: Vec<String>,
}

fn lock_of(record: &AnyRecord) -> Option<Lock<'_>> {
    match record {
        AnyRecord::Review(review) => Some(Lock {
            locked: review.is_locked(),
            unlocks: &review.deverrouillage,
            evaluations: (review.evaluations.iter())
                .map(|id| format!("evaluations/{id}.toml"))
                .collect(),
        }),
        AnyRecord::FilledGrid(grid) => Some(Lock {
            locked: grid.is_locked(),
            unlocks: &grid.deverrouillage,
            evaluations: Vec::new(),
        }),
        _ => None,
    }
}
