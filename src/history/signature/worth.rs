//! What the signatures of some commits are worth, for the people and keys that a school lists with their days.

use super::{Holder, Ring, Seal, holder};
use crate::history::Moment;
use crate::source::{ObjectId, Past, SourceError};
use crate::text::Date;

/// The state of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// By a key of the author or the committer, that day.
    Good,
    /// By the forge.
    Forge,
    /// By a key that nobody had that day.
    Unknown,
    /// It does not fit, cannot be read, or is by the key of a third person.
    Bad,
    /// There is none.
    None,
}

/// The state of the signature of each of these commits.
///
/// # Errors
/// When the past cannot be read.
pub fn worths(
    past: &Past,
    commits: &[ObjectId],
    moment: &Moment,
) -> Result<Vec<Worth>, SourceError> {
    let mut ring = Ring::default();
    let people = moment.staff().unwrap_or_default().iter().flat_map(|person| &person.keys);
    people.chain(moment.forge_keys()).for_each(|key| ring.learn(&key.key));
    let ring = &ring;
    past.each(commits, |reader, id| {
        let Some(signed) = reader.signature(*id)? else { return Ok(Worth::None) };
        let commit = reader.commit(*id)?;
        let day = Date::at(commit.committer.at, commit.committer.offset);
        let (Seal::Sound(key), Some(day)) = (Seal::read(&signed, ring), day) else {
            return Ok(match Seal::read(&signed, ring) {
                Seal::Unchecked(_) => Worth::Unknown,
                _ => Worth::Bad,
            });
        };
        let hands = [&commit.author.email, &commit.committer.email];
        let hands = hands.map(|email| moment.person_at(email));
        Ok(match holder(&key, hands, day, (moment, ring)) {
            Holder::Hand(_) => Worth::Good,
            Holder::Forge => Worth::Forge,
            Holder::Other(_) => Worth::Bad,
            Holder::OtherDays(..) | Holder::Nobody => Worth::Unknown,
        })
    })
}
