//! Signatures of commits: good, bad, unknown or none; four states, never two.
//!
//! A signature is *good* when it fits and its key is, that day, one of the author's or of the
//! committer's in `staff.toml` as the main line had it just before; the key of the forge, listed in
//! `school.toml`, is good too and counted apart. It is *bad* when it does not fit, cannot be read, or
//! is by the key of a third person; *unknown* when nobody had the key that day.

mod codes;
mod key;
mod seal;
#[cfg(test)]
mod tests;
mod worth;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::author::Author;
use super::deed::Deed;
use super::facts::{KeyFacts, PersonFacts};
use super::moment::Moment;
use crate::diagnostic::Code;
use crate::text::{Date, SchoolYear, elide_de, long_date};

pub(super) use codes::CODES;
pub use key::{KeyFault, key_name};
pub(super) use seal::{Ring, Seal};
pub use worth::{Worth, worths};

/// How many commits are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatures {
    /// Signed by a key that the school knew as the author's or the committer's, that day.
    pub good: usize,
    /// Signed by the forge, for what is done in its pages.
    pub forge: usize,
    /// The signature does not fit what is signed, or is by somebody else's key.
    pub bad: usize,
    /// Signed by a key that the school did not know then.
    pub unknown: usize,
    /// Not signed.
    pub none: usize,
}

/// What was seen of signatures up to a commit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// Unknown keys that were told, and who had been signing and no longer did, by year.
    told: BTreeSet<String>,
    /// The last day each person signed, if nothing unsigned came since.
    signing: BTreeMap<String, Date>,
}

/// Whose key it is.
enum Holder<'m> {
    /// The author or the committer.
    Hand(&'m PersonFacts),
    Forge,
    /// A person who is neither.
    Other(&'m PersonFacts),
    /// Somebody had it, on other days.
    OtherDays(&'m PersonFacts, &'m KeyFacts),
    Nobody,
}

/// Looks at the signature of a commit; gives what must be told of it.
pub(super) fn look(
    deed: &Deed,
    seal: Option<&Seal>,
    (moment, ring): (&Moment, &Ring),
    (tally, seen): (&mut Signatures, &mut Seen),
) -> Option<(&'static Code, String)> {
    let day = deed.day()?;
    let (author, committer) = (&deed.commit.author.email, &deed.commit.committer.email);
    let Some(seal) = seal else {
        tally.none += 1;
        let person = moment.person_at(author).filter(|_| author == committer)?;
        return unsigned(person, day, seen);
    };
    let called = || {
        let author = Author::find(&deed.commit.author, day, moment);
        author.called().to_owned()
    };
    let founded;
    let moment = if moment.staff().is_none() {
        // The school begins here: the keys it is founded with are those to believe.
        let mut own = Moment::default();
        deed.pass(&mut own);
        founded = own;
        &founded
    } else {
        moment
    };
    let hands = [moment.person_at(author), moment.person_at(committer)];
    match seal {
        Seal::Broken => {
            tally.bad += 1;
            let message = "la signature de cette modification ne peut pas être lue";
            Some((&codes::WRONG, message.to_owned()))
        }
        Seal::Wrong(key) => {
            tally.bad += 1;
            let message = format!(
                "la signature de cette modification, au nom de la clé {key}, ne correspond pas à ce qui y est écrit"
            );
            Some((&codes::WRONG, message))
        }
        Seal::Unchecked(key) => {
            tally.unknown += 1;
            nobody(key, seen)
        }
        Seal::Sound(key) => match holder(key, hands, day, (moment, ring)) {
            Holder::Hand(person) => {
                tally.good += 1;
                seen.signing.insert(person.id.clone(), day);
                None
            }
            Holder::Forge => {
                tally.forge += 1;
                None
            }
            Holder::Other(person) => {
                tally.bad += 1;
                let message = format!(
                    "cette modification, au nom {}, est signée par la clé {}",
                    elide_de(&called()),
                    elide_de(&person.name)
                );
                Some((&codes::OTHERS, message))
            }
            Holder::OtherDays(person, days) => {
                tally.unknown += 1;
                let message = || {
                    format!(
                        "cette modification est signée par une clé {} un jour où elle ne vaut pas{} ({key})",
                        elide_de(&person.name),
                        days_of(person, days, day)
                    )
                };
                let first = seen.told.insert(format!("{key} {}", person.id));
                first.then(|| (&codes::UNKNOWN, message()))
            }
            Holder::Nobody => {
                tally.unknown += 1;
                nobody(key, seen)
            }
        },
    }
}

fn nobody(key: &str, seen: &mut Seen) -> Option<(&'static Code, String)> {
    let first = seen.told.insert(key.to_owned());
    first.then(|| {
        let message = format!(
            "cette modification est signée par une clé que personne n’avait ce jour-là\u{a0}: {key}"
        );
        (&codes::UNKNOWN, message)
    })
}

/// A commit that is not signed, by somebody whose last one was.
fn unsigned(person: &PersonFacts, day: Date, seen: &mut Seen) -> Option<(&'static Code, String)> {
    person.keys.iter().find(|key| holds(person, key, day))?;
    let last = seen.signing.remove(&person.id)?;
    let first = seen.told.insert(format!("{} {}", SchoolYear::of(day), person.id));
    first.then(|| {
        let message = format!(
            "{} signait ses modifications (la dernière le {}) et celle-ci n’est pas signée",
            person.name,
            long_date(last)
        );
        (&codes::MISSING, message)
    })
}

fn holder<'m>(
    name: &str,
    hands: [Option<&'m PersonFacts>; 2],
    day: Date,
    (moment, ring): (&'m Moment, &Ring),
) -> Holder<'m> {
    let is = |key: &&KeyFacts| ring.name(&key.key) == Some(name);
    for person in hands.into_iter().flatten() {
        if person.keys.iter().filter(is).any(|key| holds(person, key, day)) {
            return Holder::Hand(person);
        }
    }
    // Most keys that nobody has now, nobody ever had.
    if !ring.has(name) {
        return Holder::Nobody;
    }
    if moment.forge_keys().iter().filter(is).any(|key| is_within(key, day)) {
        return Holder::Forge;
    }
    let mut other_days = Holder::Nobody;
    for person in moment.staff().unwrap_or_default() {
        for key in person.keys.iter().filter(is) {
            if holds(person, key, day) {
                return Holder::Other(person);
            }
            other_days = Holder::OtherDays(person, key);
        }
    }
    other_days
}

/// Whether a key is in a person's hands on a day.
fn holds(person: &PersonFacts, key: &KeyFacts, day: Date) -> bool {
    person.gone.is_none_or(|gone| day < gone) && is_within(key, day)
}

fn is_within(key: &KeyFacts, day: Date) -> bool {
    key.from.is_none_or(|from| from <= day) && key.to.is_none_or(|to| day <= to)
}

/// Why it did not hold that day.
fn days_of(person: &PersonFacts, key: &KeyFacts, day: Date) -> String {
    match (key.from, key.to, person.gone) {
        (Some(from), ..) if day < from => format!(", à partir du {} seulement", long_date(from)),
        (_, Some(to), _) if to < day => format!(", jusqu’au {} seulement", long_date(to)),
        (.., Some(gone)) => format!(", après son départ le {}", long_date(gone)),
        _ => String::new(),
    }
}
