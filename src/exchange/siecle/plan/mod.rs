//! What the files of SIECLE and STS change in a school: pure, from what was given to a plan.

mod accept;

use super::super::{Plan, Weight};
use crate::school::School;
use crate::source::Texts;
use crate::text::Date;
use accept::accept;

/// What was given to the import.
#[derive(Debug)]
pub struct Given<'g> {
    /// The files: name and bytes, in any order.
    pub files: Vec<(String, Vec<u8>)>,
    /// What was expressly allowed.
    pub allowed: Allowed,
    /// Pupils who are not to be taken (NAT-06).
    pub refused: &'g [Refusal],
    /// The day it is.
    pub today: Date,
}

/// What is refused unless somebody allows it; what was allowed is kept in the stored report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Allowed {
    /// Files of another school.
    pub other_school: bool,
    /// Files of another school year.
    pub other_year: bool,
    /// Files older than those of the last import.
    pub older: bool,
}

/// A pupil of the files who is not to be taken, and why (NAT-06).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `ELEVE_ID`.
    pub eleve_id: String,
    /// The reason, in a few words.
    pub reason: String,
}

/// What the files change in a school. Nothing is changed when anything is fatal.
pub fn plan(school: &School, _texts: &Texts, given: &Given<'_>) -> Plan {
    let mut plan = Plan::default();
    let Some(_files) = accept(school, given, &mut plan) else { return plan };
    plan.say(
        Weight::Fatal,
        "les fichiers conviennent, mais cette version du programme ne sait pas encore les importer",
        None,
    );
    plan
}
