//! The commits of a proposal, judged one after another, and what is left of their faults at the end.
//!
//! A right that somebody took, or a lock that somebody broke, gives nothing to the commits that
//! follow: until all are judged, the school stays what it was without that change. Nor does a fault go
//! away because it was made in several steps, under another name, or behind a file that could not be
//! read for a while.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::act::{Breach, Judge};
use super::branch::Judged;
use super::deed::Deed;
use super::facts::Facts;
use super::moment::Moment;
use super::transition::{Change, Transition};
use crate::diagnostic::{KeyPath, Severity, Site, Step};
use crate::record::{AnyRecord, Difference, Plain, differences};

/// What is not the same at the end as at the beginning, by file.
pub(super) type Net = BTreeMap<Arc<str>, Vec<Difference>>;

/// A fault, and the position of its commit in the line.
pub(super) type Found = (usize, Judged);

/// A file as it was when it could last be read.
struct Lost {
    record: Option<AnyRecord>,
    plain: Plain,
    /// Whether it did not exist before.
    new: bool,
}

/// Judges the commits of a line, oldest first; leaves the school as they make it.
pub(super) fn judge_line(deeds: &[Deed], moment: &mut Moment, judge: Judge) -> Vec<Found> {
    let mut held: BTreeMap<Arc<str>, Option<Facts>> = BTreeMap::new();
    let mut lost: BTreeMap<Arc<str>, Lost> = BTreeMap::new();
    let mut found = Vec::new();
    for (at, deed) in deeds.iter().enumerate() {
        let transitions = mended(&deed.transitions, &mut lost);
        let breaches = deed.weigh(&transitions, moment, judge);
        let broken = broken(&breaches, &transitions);
        for (file, facts) in deed.facts() {
            if !broken.contains(file) && !held.contains_key(file) {
                moment.set(file, facts.clone());
            } else if moment.facts(file) == facts.as_ref() {
                held.remove(file);
            } else {
                held.insert(Arc::clone(file), facts.clone());
            }
        }
        let judged = |breach| (at, Judged { commit: deed.commit.clone(), breach });
        found.extend(breaches.into_iter().map(judged));
    }
    for (file, facts) in held {
        moment.set(&file, facts);
    }
    found
}

/// The files that were changed without right, under their former names too.
fn broken(breaches: &[Breach], transitions: &[Transition]) -> BTreeSet<Arc<str>> {
    let errors = breaches.iter().filter(|one| one.finding.code.severity == Severity::Error);
    let mut files: BTreeSet<Arc<str>> = errors
        .flat_map(|one| std::iter::once(&one.finding.site.file).chain(&one.others))
        .map(Arc::clone)
        .collect();
    for one in transitions {
        if let Some(from) = one.from.as_ref().filter(|_| files.contains(&one.file)) {
            files.insert(Arc::clone(from));
        }
    }
    files
}

/// The transitions, those of files that could not be read before told from what was last readable.
fn mended<'d>(
    transitions: &'d [Transition],
    lost: &mut BTreeMap<Arc<str>, Lost>,
) -> Cow<'d, [Transition]> {
    if transitions.iter().all(|one| !one.unreadable) {
        return Cow::Borrowed(transitions);
    }
    let mut mended = transitions.to_vec();
    for one in mended.iter_mut().filter(|one| one.unreadable) {
        let file = one.from.as_ref().unwrap_or(&one.file);
        let known = lost.remove(file);
        let new = one.kind_before.is_none();
        match (one.sides.as_deref(), known) {
            (Some([before, None]), known) => {
                let plain = before.clone().map(|plain| (one.before.clone(), plain));
                let now = plain.map(|(record, plain)| Lost { record, plain, new });
                if let Some(now) = known.or(now) {
                    lost.insert(Arc::clone(&one.file), now);
                }
            }
            (Some([None, Some(after)]), Some(known)) => {
                one.differences = differences(&known.plain, after);
                one.before = known.record;
                one.unreadable = false;
                if known.new {
                    one.kind_before = None;
                    one.change = if one.after.is_some() { Change::Added } else { one.change };
                }
            }
            _ => {}
        }
    }
    Cow::Owned(mended)
}

/// What is left of the faults at the end of the line, each thing once.
pub(super) fn left(found: Vec<Found>, deeds: &[Deed], net: &Net) -> Vec<Judged> {
    let mut left: Vec<Judged> = Vec::new();
    let mut faults: Vec<(Arc<str>, Difference)> = Vec::new();
    for (at, judged) in found {
        let file = &judged.breach.finding.site.file;
        // What puts an earlier fault back is none, and settles that one.
        let mut redress = |one: &Difference| {
            let fault =
                faults.iter().position(|(known, fault)| known == file && undoes(one, fault));
            match fault {
                Some(fault) => drop(faults.remove(fault)),
                None => faults.push((Arc::clone(file), one.clone())),
            }
            fault.is_some()
        };
        let undone = judged.breach.about.iter().map(&mut redress).collect();
        let remains = remains(judged, undone, (&deeds[at], &deeds[at + 1..]), net);
        if let Some(judged) = remains
            && !left.iter().any(|known| covers(&known.breach, &judged.breach))
        {
            left.push(judged);
        }
    }
    left
}

/// A fault, if it remains: what of it is not undone already is not put back later.
fn remains(
    mut judged: Judged,
    mut undone: Vec<bool>,
    (deed, later): (&Deed, &[Deed]),
    net: &Net,
) -> Option<Judged> {
    let Breach { finding, about, others, lasting } = &mut judged.breach;
    let mut file = Arc::clone(&finding.site.file);
    let veiled = deed.transitions.iter().any(|one| one.file == file && one.hides());
    for one in later.iter().flat_map(|deed| &deed.transitions) {
        if one.from.as_ref() == Some(&file) {
            file = Arc::clone(&one.file);
        }
        if one.file == file {
            for (fault, undone) in about.iter().zip(&mut undone) {
                *undone |= one.differences.iter().any(|back| undoes(back, fault));
            }
        }
    }
    if *lasting {
        return undone.contains(&false).then_some(judged);
    }
    if let Some(left) = net.get(&file) {
        let stands = |(fault, undone): (&Difference, &bool)| {
            !undone && left.iter().any(|one| meet(&one.path, &fault.path))
        };
        let kept = match (about.is_empty(), left.is_empty()) {
            (_, true) => true,
            // What could not be read can be read again: it was judged then.
            (true, false) => !veiled,
            (false, false) => about.iter().zip(&undone).any(stands),
        };
        finding.site.file = file;
        return kept.then_some(judged);
    }
    let at = others.iter().position(|file| net.contains_key(file))?;
    finding.site = Site::file(&others.remove(at));
    Some(judged)
}

/// Whether a change puts back what a fault changed.
fn undoes(back: &Difference, fault: &Difference) -> bool {
    back.after == fault.before
        && back.before == fault.after
        && blind(&back.path) == blind(&fault.path)
}

/// The keys of a path: positions in lists are not the same from one version to the next.
fn blind(path: &KeyPath) -> Vec<&str> {
    let mut keys = Vec::with_capacity(path.0.len());
    for step in &path.0 {
        keys.push(match step {
            Step::Key(key) => key.as_str(),
            Step::Index(_) => "",
        });
    }
    keys
}

/// Whether one path leads to the other, or to the same.
fn meet(one: &KeyPath, other: &KeyPath) -> bool {
    blind(one).iter().zip(&blind(other)).all(|(a, b)| a == b)
}

/// Whether a fault has already told what another would tell.
fn covers(known: &Breach, other: &Breach) -> bool {
    let same = |one: &Difference| known.about.iter().any(|about| about.path == one.path);
    known.finding.code.name == other.finding.code.name
        && known.finding.site.file == other.finding.site.file
        && known.about.is_empty() == other.about.is_empty()
        && other.about.iter().all(same)
}
