//! One commit, as the rules judge it: what it changed, whose hand, what the school was then.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::author::Author;
use super::moment::Moment;
use super::transition::Transition;
use crate::diagnostic::Finding;
use crate::record::Difference;
use crate::text::Date;

/// A set of changes made at once by one hand.
#[derive(Clone, Debug)]
pub struct Act<'a> {
    /// Who wrote.
    pub author: &'a Author<'a>,
    /// The day on the committer's clock.
    pub day: Date,
    /// What changed, in the order of paths.
    pub transitions: &'a [Transition],
    /// The school just before.
    pub moment: &'a Moment,
    /// The pupils who arrive: their records are all new here.
    pub arrivals: &'a BTreeSet<String>,
    /// Whether several authors' commits were made one: rights are those of the author named.
    pub joint: bool,
}

impl Act<'_> {
    /// Whether the school did not exist before: no staff was known, anybody may found it.
    pub fn is_founding(&self) -> bool {
        self.moment.staff().is_none()
    }
}

/// A change that was not allowed.
#[derive(Clone, Debug)]
pub struct Breach {
    /// What is told, at the place where the change shows.
    pub finding: Finding,
    /// The values at fault; none when it is the change of the file as such.
    pub about: Vec<Difference>,
    /// The other files that it is about, when it is about the whole act.
    pub others: Vec<Arc<str>>,
    /// Whether it counts even when nothing of it shows at the end: only putting it back settles it.
    pub lasting: bool,
}

impl Breach {
    /// A change of a file as such.
    pub fn whole(finding: Finding) -> Self {
        Self { finding, about: Vec::new(), others: Vec::new(), lasting: false }
    }

    /// A change of some of its values.
    pub fn of<'d>(finding: Finding, about: impl IntoIterator<Item = &'d Difference>) -> Self {
        let about = about.into_iter().cloned().collect();
        Self { finding, about, others: Vec::new(), lasting: false }
    }
}

/// The rules: a pure function of an act.
pub type Judge = fn(&Act<'_>) -> Vec<Breach>;
