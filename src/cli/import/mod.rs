//! What every import has in common: the plan is checked and shown, then written, all of it or nothing.

mod propose;

pub use propose::{Proposed, propose};
