//! The day of a run, read once from the clock when it is not given.

use crate::text::Date;

/// The day it is, here.
#[expect(clippy::disallowed_methods, reason = "today is given once, at the start: here")]
pub fn from_clock() -> Date {
    Date(jiff::Zoned::now().date())
}
