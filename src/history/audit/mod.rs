//! The whole history, step by step along the main line: each change judged by the rules, in the
//! school as it stood then; what was unlocked, and what changed until it was closed again.
//!
//! The answer depends on the commits alone: what an earlier run kept only spares it the walk.

mod kept;
mod reopening;
mod suspicion;
mod walk;

use std::path::Path;

use serde::{Deserialize, Serialize};

pub use reopening::{Alteration, Reopening};
pub(super) use suspicion::CODES;

use super::act::Judge;
use super::branch::BranchError;
use super::chronicle::Chronicle;
use super::signature::{Seen, Signatures};
use crate::source::{Commit, Hand, ObjectId, Past};
use crate::text::Date;
use suspicion::Clocks;
use walk::is_on_mainline;

/// A commit, as it is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// The commit.
    pub commit: ObjectId,
    /// The step of the main line that brought it: itself, or a merge.
    pub step: ObjectId,
    /// Who wrote.
    pub author: Hand,
    /// Who recorded.
    pub committer: Hand,
    /// First line of its message.
    pub summary: String,
}

impl Trace {
    pub(super) fn of(commit: &Commit, step: ObjectId) -> Self {
        Self {
            commit: commit.id,
            step,
            author: commit.author.clone(),
            committer: commit.committer.clone(),
            summary: commit.summary.clone(),
        }
    }

    /// The day on the committer's clock.
    pub fn day(&self) -> Option<Date> {
        Date::at(self.committer.at, self.committer.offset)
    }
}

/// A change of the past that was not allowed, or a commit that looks wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// The commit.
    pub trace: Trace,
    /// The rule.
    pub code: String,
    /// Whether it is an error; a warning otherwise.
    pub error: bool,
    /// The file; nothing when it is the commit itself that is told.
    pub file: Option<String>,
    /// The line of the file, in that commit, from 1.
    pub line: usize,
    /// What is told.
    pub message: String,
    /// What put back the values that were there before, if anything did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mended: Option<Trace>,
}

/// What the whole history shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Audit {
    /// The last commit that was looked at.
    pub head: ObjectId,
    /// How many commits there are.
    pub commits: usize,
    /// How many steps the main line has.
    pub steps: usize,
    /// What was not allowed, oldest first.
    pub faults: Vec<Fault>,
    /// What was unlocked, oldest first.
    pub reopenings: Vec<Reopening>,
    /// The states of signatures.
    pub signatures: Signatures,
    /// When the first commit was recorded.
    pub first: Option<Hand>,
    /// How many commits changed records once there was a staff.
    pub changes: usize,
    /// How many of them were by somebody whom the school knew.
    pub known: usize,
    clocks: Clocks,
    seals: Seen,
}

/// How an audit is made.
#[derive(Clone, Copy, Debug)]
pub struct Method<'a> {
    /// The rules.
    pub judge: Judge,
    /// What tells these rules from others: what was kept under another name is not believed.
    pub edition: &'a str,
    /// Where what was found is kept from one run to the next.
    pub kept: Option<&'a Path>,
    /// The day it is: what is dated later is told.
    pub today: Date,
}

/// Looks at the whole history up to `head`.
///
/// # Errors
/// When the past is not whole, or cannot be read.
pub fn audit(past: &Past, head: ObjectId, method: &Method<'_>) -> Result<Audit, BranchError> {
    let (state, lost) = match looked(past, head, method)? {
        Looked::Known(known) => return Ok(known.audit.told(method.today, None)),
        Looked::Now(state, lost) => (state, lost),
    };
    Ok(state.audit.told(method.today, lost))
}

/// Looks at the whole history up to `head`, and tells the life of each record.
///
/// # Errors
/// When the past is not whole, or cannot be read.
pub fn annals(
    past: &Past,
    head: ObjectId,
    method: &Method<'_>,
) -> Result<(Audit, Chronicle), BranchError> {
    let (audit, lost, told) = match looked(past, head, method)? {
        Looked::Known(known) => match known.told(past) {
            Some(told) => (known.audit, None, told),
            None => {
                let state = walked(past, head, method, walk::State::new(head))?;
                (state.audit, None, state.told)
            }
        },
        Looked::Now(state, lost) => (state.audit, lost, state.told),
    };
    Ok((audit.told(method.today, lost), Chronicle::gathered(told)))
}

/// What an earlier run kept, or what a walk found, and what had been seen that is gone.
enum Looked<'a> {
    Known(Box<kept::Known<'a>>),
    Now(Box<walk::State>, Option<ObjectId>),
}

fn looked<'a>(past: &Past, head: ObjectId, method: &Method<'a>) -> Result<Looked<'a>, BranchError> {
    if past.is_shallow() {
        return Err(BranchError::Shallow);
    }
    let Some(known) = method.kept.and_then(|folder| kept::load(folder, past, method.edition))
    else {
        let state = walked(past, head, method, walk::State::new(head))?;
        return Ok(Looked::Now(Box::new(state), None));
    };
    let seen = known.audit.head;
    if seen == head {
        return Ok(Looked::Known(Box::new(known)));
    }
    if past.leads_to(head, seen)? {
        // An older version is asked for: what is known of the later one stays.
        let method = Method { kept: None, ..*method };
        let state = walked(past, head, &method, walk::State::new(head))?;
        return Ok(Looked::Now(Box::new(state), None));
    }
    let follows = past.leads_to(seen, head)?;
    // The main line must go through what was known: otherwise its steps were others.
    let known = (follows && is_on_mainline(past, seen, head)?).then(|| known.whole(past)).flatten();
    let state = walked(past, head, method, known.unwrap_or_else(|| walk::State::new(head)))?;
    Ok(Looked::Now(Box::new(state), (!follows).then_some(seen)))
}

fn walked(
    past: &Past,
    head: ObjectId,
    method: &Method<'_>,
    mut state: walk::State,
) -> Result<walk::State, BranchError> {
    walk::walk(past, head, &mut state, method.judge)?;
    if let Some(folder) = method.kept {
        kept::save(folder, past, method.edition, &state);
    }
    Ok(state)
}

impl Audit {
    /// Whether this is the history of something else: it changes records, and never by a hand that
    /// the school knows. An example among the files of a program, or a copy made without its past.
    pub fn is_foreign(&self) -> bool {
        self.changes > 0 && self.known == 0
    }

    /// With what depends on the day, or on what an earlier run had seen.
    fn told(mut self, today: Date, rewritten: Option<ObjectId>) -> Self {
        self.faults.extend(self.clocks.ahead_of(today));
        if self.is_foreign() {
            self.faults = suspicion::foreign(self.changes, &self.clocks).into_iter().collect();
        }
        self.faults.extend(rewritten.and_then(|lost| suspicion::rewritten(lost, &self.clocks)));
        self
    }
}

/// The school as the walk has it after a step.
#[cfg(test)]
pub(super) fn moment_at(
    past: &Past,
    head: ObjectId,
    judge: Judge,
) -> Result<super::Moment, crate::source::SourceError> {
    let mut state = walk::State::new(head);
    walk::walk(past, head, &mut state, judge)?;
    Ok(state.moment)
}
