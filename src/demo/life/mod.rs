//! The life of the invented school in Git: who wrote what, when, what was proposed, merged, mistaken, put right.
//!
//! The files that `generate` makes are where it ends. What came before is worked out backwards: each
//! file loses what was written last, until nothing is left. People then do in order of time what
//! they are allowed to, except for the few mishaps that [`Event`]s tell.

mod book;
mod cast;
mod clock;
mod companies;
mod councils;
mod exams;
mod finals;
mod flow;
mod lessons;
mod livrets;
mod mishaps;
mod parts;
mod plan;
mod portfolios;
mod rentree;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Options;
use super::calendar::today;
use super::dates::Date;
use cast::{Cast, Files};
use plan::Plan;

/// Who signs a commit, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// First name and surname.
    pub name: Arc<str>,
    /// Address.
    pub mail: Arc<str>,
    /// Seconds since 1970 began, in universal time.
    pub seconds: i64,
    /// Minutes that Paris is ahead.
    pub offset: i32,
}

/// A file that changes: its path relative to `content/`, its bytes unless it goes.
pub type Change = (Arc<str>, Option<Arc<[u8]>>);

/// A commit of the life of the school.
#[derive(Clone, Debug)]
pub struct Step {
    /// Places of its parents among the steps: the main line first.
    pub parents: Vec<usize>,
    /// Who wrote it, and when.
    pub author: Signature,
    /// Who put it into the repository.
    pub committer: Signature,
    /// Message, in French, without any pupil's name.
    pub message: String,
    /// What changes from the first parent.
    pub changes: Vec<Change>,
}

/// Something out of the ordinary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// The DDFPT unlocks a validated review.
    Unlock,
    /// Its author corrects an evaluation that it froze.
    CorrectionUnlocked,
    /// Its author validates it again.
    Revalidation,
    /// A teacher enters wrong results.
    Mistake,
    /// The teacher takes them back.
    MistakeReverted,
    /// A teacher changes a colleague's scenario: forbidden.
    ForbiddenScenario,
    /// Its author takes that back.
    ForbiddenScenarioReverted,
    /// A teacher changes a result that a validated review froze: forbidden.
    ForbiddenResult,
    /// The same teacher takes that back, which changes the frozen evaluation once more.
    ForbiddenResultReverted,
    /// The DDFPT deletes a period by mistake, with its portfolios.
    PeriodDeleted,
    /// The DDFPT restores them the next day.
    PeriodRestored,
    /// Somebody signs with an address that nobody knows.
    UnknownAuthor,
    /// The DDFPT adds that address.
    AddressAdded,
    /// The clock of a machine is late: the commit is older than its parent.
    ClockWrong,
    /// An author renames a scenario.
    Rename,
    /// The DDFPT moves a pupil's folder to another cohort.
    Moved,
    /// A proposal came in as one commit.
    Squash,
}

/// Something out of the ordinary, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What it was.
    pub kind: EventKind,
    /// The step that did it.
    pub step: usize,
    /// The step by which it reached the main line: itself, or a merge.
    pub merged: usize,
    /// The file or folder concerned, empty for none.
    pub path: String,
}

/// The life of a school.
#[derive(Debug)]
pub struct Life {
    /// The commits, parents before children; the last one is the head of the main line.
    pub steps: Vec<Step>,
    /// What was out of the ordinary, in the order it reached the main line.
    pub events: Vec<Event>,
    /// The files of the last step, sorted by path.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Invents a school as [`super::generate`] does, and what its history asks for besides: addresses
/// of learners, authors who were there at the time.
pub fn settled(
    options: &Options,
    referentials: &BTreeMap<String, String>,
) -> Vec<(String, Vec<u8>)> {
    let mut files: Files = super::generate(options, referentials).into_iter().collect();
    finals::settle(&mut files);
    files.into_iter().collect()
}

/// Invents a school and its life.
pub fn live(options: &Options, referentials: &BTreeMap<String, String>) -> Life {
    let files: Files = settled(options, referentials).into_iter().collect();
    let cast = Cast::read(&files);
    let mut plan = Plan::new(&files, &cast, options.seed);
    let stray = lessons::plan(&mut plan);
    councils::plan(&mut plan);
    companies::plan(&mut plan);
    portfolios::plan(&mut plan);
    exams::plan(&mut plan);
    livrets::plan(&mut plan);
    book::plan(&mut plan);
    rentree::plan(&mut plan, stray.as_ref());
    mishaps::plan(&mut plan);
    let mut life = flow::play(plan);
    life.files = files.into_iter().collect();
    life
}

/// The day the life of the school ends, for now.
fn finals_day() -> Date {
    today()
}
