//! A day as pages show it: for machines and for people.

use serde::Serialize;

use crate::text::{Date, short_date};

/// A day, in the two forms that a page needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Day {
    /// "2026-12-11", for machines.
    pub iso: String,
    /// "11/12/2026".
    pub short: String,
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self { iso: date.to_string(), short: short_date(date) }
    }
}
