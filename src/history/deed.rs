//! One commit, read: what it changed, record by record. A pure function of the repository.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::act::{Act, Breach, Judge};
use super::author::Author;
use super::facts::Facts;
use super::moment::Moment;
use super::transition::{Transition, read_version, transitions};
use crate::record::{AnyRecord, Kind, Role};
use crate::source::{Commit, Hand, ObjectId, Reader};
use crate::text::Date;

/// What a commit does.
#[derive(Clone, Debug)]
pub(super) struct Deed {
    pub(super) commit: Commit,
    /// What is judged; nothing for the first commit of all, which founds the school.
    pub(super) transitions: Vec<Transition>,
    /// The files of the first commit of all.
    pub(super) founded: Vec<String>,
    /// What becomes known of files, and of which nothing is known any more.
    facts: Vec<(Arc<str>, Option<Facts>)>,
}

impl Deed {
    pub(super) fn read(reader: &mut Reader<'_>, id: ObjectId) -> Result<Self, git2::Error> {
        let commit = reader.commit(id)?;
        let changes = reader.changes(id)?;
        if commit.parents.is_empty() {
            // Everything is new: only what there is matters, and it may be a whole school.
            let mut facts = Vec::new();
            for change in &changes {
                let Some(after) = change.after else { continue };
                let file: Arc<str> = Arc::from(change.path.as_str());
                let version = read_version(reader, &file, after)?;
                if let (Some(kind), Some(record)) = (&version.kind, &version.record)
                    && let Some(known) = Facts::of(kind, record)
                {
                    facts.push((file, Some(known)));
                }
            }
            let founded = changes.into_iter().map(|change| change.path).collect();
            return Ok(Self { commit, transitions: Vec::new(), founded, facts });
        }
        let transitions = transitions(reader, &changes)?;
        Ok(Self { facts: facts_of(&transitions), commit, transitions, founded: Vec::new() })
    }

    /// What somebody did who has not recorded it yet.
    pub(super) fn unrecorded(commit: Commit, transitions: Vec<Transition>) -> Self {
        Self { facts: facts_of(&transitions), commit, transitions, founded: Vec::new() }
    }

    /// The day on the committer's clock.
    pub(super) fn day(&self) -> Option<Date> {
        day_of(&self.commit.committer)
    }

    /// Judges this commit in the school as it stood, then lets the school be what it makes of it.
    pub(super) fn judge(&self, moment: &mut Moment, judge: Judge) -> Vec<Breach> {
        let breaches = self.weigh(&self.transitions, moment, judge);
        self.pass(moment);
        breaches
    }

    /// Judges these transitions as this commit's, in the school as it stood.
    pub(super) fn weigh(
        &self,
        transitions: &[Transition],
        moment: &Moment,
        judge: Judge,
    ) -> Vec<Breach> {
        let Some(day) = self.day().filter(|_| !transitions.is_empty()) else { return Vec::new() };
        let author = Author::find(&self.commit.author, day, moment);
        let arrivals = self.arrivals(&author);
        judge(&Act {
            author: &author,
            day,
            transitions,
            moment,
            arrivals: &arrivals,
            joint: self.commit.joint,
        })
    }

    /// What becomes known of files, and of which nothing is known any more.
    pub(super) fn facts(&self) -> &[(Arc<str>, Option<Facts>)] {
        &self.facts
    }

    /// Lets the school be what this commit makes of it.
    pub(super) fn pass(&self, moment: &mut Moment) {
        for (file, facts) in &self.facts {
            moment.set(file, facts.clone());
        }
    }

    /// The keys that it lists, as written.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.facts.iter().filter_map(|(_, facts)| facts.as_ref()).flat_map(Facts::keys)
    }

    /// The pupils whom the DDFPT or the head brings with all they have: others signed it elsewhere.
    fn arrivals(&self, author: &Author<'_>) -> BTreeSet<String> {
        let brings = author.person().is_some_and(|one| one.has(Role::Ddfpt) || one.has(Role::Head));
        let arrived = |one: &Transition| match (&one.kind, &one.before) {
            (Some(Kind::Student { id, .. }), None) if one.from.is_none() => Some(id.clone()),
            _ => None,
        };
        if brings { self.transitions.iter().filter_map(arrived).collect() } else { BTreeSet::new() }
    }
}

/// Judges transitions as one commit, in the school that `before` tells of.
pub fn judge_act(
    commit: &Commit,
    transitions: Vec<Transition>,
    before: &Moment,
    judge: Judge,
) -> Vec<Breach> {
    Deed::unrecorded(commit.clone(), transitions).judge(&mut before.clone(), judge)
}

/// The day on a clock.
pub(super) fn day_of(hand: &Hand) -> Option<Date> {
    Date::at(hand.at, hand.offset)
}

/// What the transitions make known. Of a version that cannot be read nothing new is known.
fn facts_of(transitions: &[Transition]) -> Vec<(Arc<str>, Option<Facts>)> {
    let mut facts = Vec::new();
    for one in transitions {
        if let Some(from) = &one.from {
            facts.push((Arc::clone(from), None));
        }
        let known = |record: &AnyRecord| one.kind.as_ref().and_then(|kind| Facts::of(kind, record));
        match (&one.after, one.change) {
            (_, super::Change::Removed) => facts.push((Arc::clone(&one.file), None)),
            (Some(record), _) => facts.push((Arc::clone(&one.file), known(record))),
            (None, _) => {}
        }
    }
    facts
}
