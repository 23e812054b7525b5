//! Signatures of commits: good, bad, unknown or none; four states, never two.

use serde::{Deserialize, Serialize};

use super::moment::Moment;
use crate::diagnostic::Code;
use crate::source::{Commit, Signed};

/// How many commits are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatures {
    /// Signed by a key that the school knew as the author's or the committer's, that day.
    pub good: usize,
    /// The signature does not fit what is signed.
    pub bad: usize,
    /// Signed by a key that the school did not know then.
    pub unknown: usize,
    /// Not signed.
    pub none: usize,
}

/// Looks at the signature of a commit; gives what must be told of it.
pub(super) fn look(
    _commit: &Commit,
    signed: Option<&Signed>,
    _moment: &Moment,
    tally: &mut Signatures,
) -> Vec<(&'static Code, String)> {
    match signed {
        None => tally.none += 1,
        Some(_) => tally.unknown += 1,
    }
    Vec::new()
}
