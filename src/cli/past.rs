//! What commands need of history: the repository, the version asked for, its mark; or what is lacking.

use super::lacking::Lacking;
use super::options::Version;
use super::today::from_clock;
use super::{Content, console};
use crate::page::Mark;
use crate::source::{Commit, Evening, ObjectId, Past, Revision, SourceError};
use crate::text::{Date, long_date};

/// A state of the past that was asked for.
#[derive(Debug)]
pub(super) struct Moment {
    /// The school as it was.
    pub(super) revision: Revision,
    /// What the site says of itself.
    pub(super) mark: Mark,
    /// The day that the console is on, unless another one is given.
    pub(super) today: Date,
}

/// The history of a school: there is one, it has commits, and it can be read. Part of it may have
/// been left out when it was copied.
///
/// # Errors
/// When there is none, with the command that gives one.
pub fn need(content: &Content) -> anyhow::Result<Past> {
    let past = Past::open(&content.folder)?;
    let past = past.ok_or_else(|| Lacking::Repository(content.folder.clone()))?;
    if past.head().is_none() {
        return Err(Lacking::Commits.into());
    }
    Ok(past)
}

/// Does what [`need`] does, and refuses a history that has only its last part: what is computed from
/// it would be wrong without a word.
///
/// # Errors
/// As [`need`], and for a shallow copy, with the command that completes it.
pub fn need_whole(content: &Content) -> anyhow::Result<Past> {
    let past = need(content)?;
    if past.is_shallow() {
        return Err(Lacking::Beginning.into());
    }
    Ok(past)
}

/// The commit that a name stands for.
///
/// # Errors
/// When there is none, with what may give it.
pub fn named(past: &Past, revision: &str) -> anyhow::Result<ObjectId> {
    past.resolve(revision).map_err(|error| match &error {
        SourceError::Revision { cause, .. } if cause.code() == git2::ErrorCode::NotFound => {
            Lacking::Version {
                name: revision.to_owned(),
                shallow: past.is_shallow(),
                elsewhere: past.elsewhere(revision),
            }
            .into()
        }
        _ => error.into(),
    })
}

/// The commit of a version, and its name in a sentence.
///
/// # Errors
/// When there is no such version.
pub(super) fn version(content: &Content, version: &Version) -> anyhow::Result<(ObjectId, String)> {
    let past = need(content)?;
    match version {
        Version::Revision(name) => Ok((named(&past, name)?, name.clone())),
        Version::Day(day) => Ok((evening(&past, *day)?, long_date(*day))),
    }
}

/// A version of the school.
///
/// # Errors
/// When there is no such version, or it cannot be read whole.
pub(super) fn moment(content: &Content, version: &Version) -> anyhow::Result<Moment> {
    let past = need(content)?;
    let (commit, asked) = match version {
        Version::Revision(name) => (named(&past, name)?, None),
        Version::Day(day) => (evening(&past, *day)?, Some(*day)),
    };
    let recorded = commit_of(&past, commit)?;
    let recorded = Date::in_france(recorded.committer.at).unwrap_or_else(from_clock);
    console::beside(&format!("version {} du {}\n", commit.short(), long_date(recorded)));
    // An evening that has not come yet is not told as if it had.
    let asked_evening = asked.filter(|day| *day < from_clock());
    let mark = Mark {
        commit: commit.to_string(),
        day: asked_evening.unwrap_or(recorded),
        evening: asked_evening.is_some(),
    };
    let revision = past.revision(commit).map_err(|error| not_there(&past, &mark, error))?;
    if !revision.is_a_school() {
        let folder = past.folder().to_owned();
        return Err(Lacking::School { mark, folder, bare: past.is_bare() }.into());
    }
    Ok(Moment { revision, mark, today: asked.unwrap_or(recorded) })
}

fn evening(past: &Past, day: Date) -> anyhow::Result<ObjectId> {
    let head = past.head().ok_or(Lacking::Commits)?;
    match past.evening(head, day)? {
        Evening::Of(commit) => Ok(commit),
        Evening::Before(first) => {
            Err(Lacking::Day { day, first, shallow: past.is_shallow() }.into())
        }
    }
}

fn commit_of(past: &Past, id: ObjectId) -> Result<Commit, SourceError> {
    let mut read = past.each(&[id], |reader, id| reader.commit(*id))?;
    read.pop().ok_or_else(|| {
        SourceError::History(git2::Error::from_str("a commit that was asked for is not there"))
    })
}

/// That a folder was not there is told with the name of the folder.
fn not_there(past: &Past, mark: &Mark, error: SourceError) -> anyhow::Error {
    match &error {
        SourceError::Revision { cause, .. }
            if cause.code() == git2::ErrorCode::NotFound
                && cause.class() == git2::ErrorClass::Tree =>
        {
            let (mark, folder) = (mark.clone(), past.folder().to_owned());
            Lacking::School { mark, folder, bare: past.is_bare() }.into()
        }
        _ => error.into(),
    }
}
