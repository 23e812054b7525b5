//! What Git tells of the records: who changed what and when, and what the school was then.
//!
//! A change is a [`Transition`]: a record before, the same record after. The hand behind it is an
//! [`Author`], found by the address of the commit among those the school knew. What rights and locks
//! look at in the rest of the school is a [`Moment`]. Rules judge an [`Act`], which holds all three:
//! they see neither Git nor the clock. This room does not know the rules: it is given them.

mod act;
mod author;
mod branch;
mod deed;
mod facts;
mod moment;
mod transition;

pub use act::{Act, Breach, Judge};
pub use author::{Author, Known};
pub use branch::{BranchError, Judged, Verdict, judge_branch};
pub use deed::judge_act;
pub use facts::{ClassFacts, Entries, Facts, PersonFacts, ReviewFacts, ScenarioFacts};
pub use moment::{Freeze, Moment};
pub use transition::{Change, Transition, transitions_between};
