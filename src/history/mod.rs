//! What Git tells of the records: who changed what and when, and what the school was then.
//!
//! A change is a [`Transition`]: a record before, the same record after. The hand behind it is an
//! [`Author`], found by the address of the commit among those the school knew. What rights and locks
//! look at in the rest of the school is a [`Moment`]. Rules judge an [`Act`], which holds all three:
//! they see neither Git nor the clock. This room does not know the rules: it is given them.

mod act;
mod audit;
mod author;
mod branch;
mod chronicle;
mod deed;
mod facts;
mod line;
mod moment;
mod signature;

#[cfg(test)]
mod tests;
mod transition;
mod unrecorded;

pub use act::{Act, Breach, Judge};
pub use audit::{Alteration, Audit, Fault, Method, Reopening, Trace, annals, audit};
pub use author::{Author, Known};
pub use branch::{BranchError, Judged, Verdict, judge_branch};
pub use chronicle::{Asked, Chronicle, Touch};
pub use deed::judge_act;
pub use facts::{
    ClassFacts, Entries, Entry, Facts, GridFacts, PersonFacts, ReviewFacts, ScenarioFacts,
};
pub use moment::{Freeze, Moment};
pub use signature::{KeyFault, Signatures, Worth, key_name, worths};
pub use transition::{Change, Transition, transitions_between};
pub use unrecorded::unrecorded;

pub use crate::source::Hand;

/// The rules that only the whole history tells of.
pub fn codes() -> impl Iterator<Item = &'static crate::diagnostic::Code> {
    audit::CODES.iter().chain(signature::CODES).copied()
}
