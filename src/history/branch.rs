//! A branch judged on what it changes: commit by commit, each with its own hand; what does not
//! survive to the end does not count.

use std::sync::Arc;

use super::act::{Breach, Judge};
use super::deed::Deed;
use super::line::{Net, judge_line, left};
use super::moment::Moment;
use super::transition::{Change, Transition, read_version, transitions};
use crate::record::{Difference, Kind};
use crate::source::{Commit, FileChange, ObjectId, Past, SourceError};

/// A change that was not allowed, and the commit that made it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The commit; what is not recorded yet comes after all commits.
    pub commit: Commit,
    /// What is told.
    pub breach: Breach,
}

/// New files that are looked for in the past, at most.
const SOUGHT: usize = 400;

/// What judging a branch gave.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The last commit in common with the base.
    pub fork: ObjectId,
    /// What was not allowed and survives.
    pub breaches: Vec<Judged>,
    /// The files that the branch changes, in the end.
    pub changed: Vec<Arc<str>>,
    /// How many commits it has.
    pub commits: usize,
}

/// Why a branch cannot be judged.
#[derive(Debug, thiserror::Error)]
pub enum BranchError {
    /// The past stops before the point where the branch left.
    #[error(
        "l’historique est incomplet : il s’arrête avant le point où cette proposition commence"
    )]
    Shallow,
    /// The two have no commit in common.
    #[error(
        "cette proposition et « {0} » n’ont aucun point commun : ce ne sont pas deux états du même établissement"
    )]
    Unrelated(String),
    /// The repository cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
}

/// Judges the commits that `head` has and `base` has not. `now` is the school at `head`.
///
/// Each commit is compared with its own parent; rights and locks are those of the school at `base`
/// and of what the branch did before. A merge is judged on what it wrote itself. What counts is what
/// is left at the end: a value that a later commit put back is no fault of the branch.
///
/// # Errors
/// When the past stops before the point where the branch left, or cannot be read.
pub fn judge_branch(
    past: &Past,
    (base, name): (ObjectId, &str),
    head: ObjectId,
    unrecorded: Option<(Commit, Vec<Transition>)>,
    now: &Moment,
    judge: Judge,
) -> Result<Verdict, BranchError> {
    let Some(fork) = past.common(base, head)? else {
        return Err(match past.is_shallow() {
            true => BranchError::Shallow,
            false => BranchError::Unrelated(name.to_owned()),
        });
    };
    let commits = past.branch(base, head)?;
    if commits.iter().any(|commit| past.is_cut(*commit)) {
        return Err(BranchError::Shallow);
    }
    let mut deeds = past.each(&commits, |reader, id| Deed::read(reader, *id))?;
    recognise(past, base, &mut deeds)?;
    let mut moment = moment_at(past, base, head, now, unrecorded.as_ref().map(|(_, all)| all))?;
    let net = net(past, fork, head)?;
    let mut net: Net = net.into_iter().map(shown).collect();
    if let Some((commit, transitions)) = unrecorded {
        for one in &transitions {
            // What is not recorded comes on top: what it changes counts as it stands.
            net.entry(Arc::clone(&one.file)).or_default().extend(one.differences.iter().cloned());
        }
        deeds.push(Deed::unrecorded(commit, transitions));
    }
    let found = judge_line(&deeds, &mut moment, judge);
    let breaches = left(found, &deeds, &net);
    Ok(Verdict { fork, breaches, changed: net.into_keys().collect(), commits: deeds.len() })
}

/// Recognises, among the new files, those that come back as they were when they went.
fn recognise(past: &Past, base: ObjectId, deeds: &mut [Deed]) -> Result<(), SourceError> {
    let owned = |one: &&mut Transition| {
        one.change == Change::Added
            && matches!(
                one.kind,
                Some(
                    Kind::Portfolio { .. }
                        | Kind::BookPage { .. }
                        | Kind::Review { .. }
                        | Kind::FilledGrid { .. }
                        | Kind::Livret { .. }
                        | Kind::Scenario { .. }
                )
            )
    };
    let mut new: Vec<&mut Transition> =
        deeds.iter_mut().flat_map(|deed| &mut deed.transitions).filter(owned).collect();
    // A rentrée brings thousands of files that never were there: these are not looked for.
    if new.is_empty() || new.len() > SOUGHT {
        return Ok(());
    }
    let files: Vec<Arc<str>> = new.iter().map(|one| Arc::clone(&one.file)).collect();
    let last = past.last_bytes(base, &files)?;
    for one in &mut new {
        one.restored = one.bytes.is_some() && last.get(&one.file) == one.bytes.as_ref();
    }
    Ok(())
}

fn shown(one: Transition) -> (Arc<str>, Vec<Difference>) {
    (one.file, one.differences)
}

/// What is not the same at the end as at the fork, each path for itself: a file that moved is one
/// that is gone and one that is new.
pub(super) fn net(
    past: &Past,
    from: ObjectId,
    to: ObjectId,
) -> Result<Vec<Transition>, SourceError> {
    let changes = past.each(&[()], |reader, ()| reader.between(Some(from), to))?;
    let changes: Vec<FileChange> = changes.into_iter().flatten().collect();
    let each =
        past.each(&changes, |reader, change| transitions(reader, std::slice::from_ref(change)))?;
    Ok(each.into_iter().flatten().collect())
}

/// The school at `base`: that of now, with the files that differ as they were.
fn moment_at(
    past: &Past,
    base: ObjectId,
    head: ObjectId,
    now: &Moment,
    unrecorded: Option<&Vec<Transition>>,
) -> Result<Moment, SourceError> {
    let changes = past.each(&[()], |reader, ()| reader.between(Some(base), head))?;
    let mut moment = now.clone();
    // First what is recorded last, then the rest: older versions have the last word.
    for one in unrecorded.into_iter().flatten() {
        match (one.kind_before.as_ref(), one.before.as_ref()) {
            (Some(kind), Some(record)) => moment.take(&one.file, Some((kind, record))),
            (Some(_), None) => {}
            (None, _) => moment.set(&one.file, None),
        }
    }
    let changes: Vec<FileChange> = changes.into_iter().flatten().collect();
    let versions = past.each(&changes, |reader, change| {
        let file: Arc<str> = Arc::from(change.path.as_str());
        let before = change.before.map(|id| read_version(reader, &file, id)).transpose()?;
        Ok((file, before))
    })?;
    for (file, before) in versions {
        match before {
            None => moment.set(&file, None),
            Some(version) => {
                if let (Some(kind), Some(record)) = (&version.kind, &version.record) {
                    moment.take(&file, Some((kind, record)));
                }
            }
        }
    }
    Ok(moment)
}
