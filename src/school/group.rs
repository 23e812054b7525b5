//! A group of pupils of one school year.

use std::sync::Arc;

use super::{Class, Ix, Pupil};
use crate::record::GroupRecord;
use crate::text::SchoolYear;

/// A group: half a class, or pupils of several classes.
#[derive(Debug)]
pub struct Group {
    /// Id within the year (`tcielg1`).
    pub key: String,
    /// The school year.
    pub year: SchoolYear,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: GroupRecord,
    /// The classes it draws from.
    pub classes: Vec<Ix<Class>>,
    /// Everybody who was in it at some time of the year, in the order of names.
    pub pupils: Vec<Ix<Pupil>>,
}
