//! The walk along the main line: commits read side by side, judged one after another.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::suspicion::Clocks;
use super::{Audit, Fault, Trace, reopening};
use crate::diagnostic::Severity;
use crate::history::act::{Breach, Judge};
use crate::history::branch::{Judged, net};
use crate::history::chronicle::Told;
use crate::history::deed::Deed;
use crate::history::facts::Facts;
use crate::history::line::{judge_line, left};
use crate::history::moment::Moment;
use crate::history::signature::{self, Ring, Seal, Seen, Signatures};
use crate::history::transition::{Change, read_version};
use crate::record::{self, Difference};
use crate::source::{Hand, Memory, ObjectId, Past, Signed, SourceError, Stretch, Texts};

/// Steps of the main line that are read before they are judged: what bounds the memory.
const AT_ONCE: usize = 2048;

/// What is known after a step.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) audit: Audit,
    pub(super) moment: Moment,
    pub(super) told: Vec<Told>,
    /// What each file held when it went.
    pub(super) lost: BTreeMap<Arc<str>, ObjectId>,
    /// What was changed against the rules and is still so.
    pub(super) wounds: Vec<Wound>,
}

/// A value that was changed against the rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Wound {
    file: String,
    /// Place of the fault among those of the audit.
    fault: usize,
    change: Difference,
}

impl State {
    /// Before the first step.
    pub(super) fn new(head: ObjectId) -> Self {
        let audit = Audit {
            head,
            commits: 0,
            steps: 0,
            faults: Vec::new(),
            reopenings: Vec::new(),
            signatures: Signatures::default(),
            first: None,
            changes: 0,
            known: 0,
            clocks: Clocks::default(),
            seals: Seen::default(),
        };
        Self {
            audit,
            moment: Moment::default(),
            told: Vec::new(),
            lost: BTreeMap::new(),
            wounds: Vec::new(),
        }
    }
}

/// A step, read.
struct Step {
    stretch: Stretch,
    deeds: Vec<Deed>,
    signed: Vec<Option<Signed>>,
    /// For a merge: what each file that it changes holds in the end.
    finals: BTreeMap<String, Option<ObjectId>>,
}

/// Whether the main line up to `head` goes through a commit.
pub(super) fn is_on_mainline(
    past: &Past,
    known: ObjectId,
    head: ObjectId,
) -> Result<bool, SourceError> {
    let line = past.mainline(head, Some(known))?;
    let Some(first) = line.first() else { return Ok(known == head) };
    let parents = past.each(&[first.to], |reader, id| reader.commit(*id))?;
    Ok(parents.first().and_then(|commit| commit.parents.first()) == Some(&known))
}

/// Judges all steps after what is known, up to `head`.
pub(super) fn walk(
    past: &Past,
    head: ObjectId,
    state: &mut State,
    judge: Judge,
) -> Result<(), SourceError> {
    let known = (state.audit.steps > 0).then_some(state.audit.head);
    let line = past.mainline(head, known)?;
    // Parents of a commit may be far before it: their dates are asked for again.
    let mut times: HashMap<ObjectId, (i64, i32)> = HashMap::new();
    let mut ring = Ring::default();
    state.moment.keys().for_each(|key| ring.learn(key));
    for stretches in line.chunks(AT_ONCE) {
        let mut steps = past.each(stretches, |reader, stretch| {
            let deeds = stretch.commits.iter().map(|id| Deed::read(reader, *id));
            let deeds = deeds.collect::<Result<Vec<_>, _>>()?;
            let signed = stretch.commits.iter().map(|id| reader.signature(*id));
            let signed = signed.collect::<Result<_, _>>()?;
            let mut finals = BTreeMap::new();
            if stretch.commits.len() > 1 {
                for change in reader.between(stretch.from, stretch.to)? {
                    finals.insert(change.path, change.after);
                }
            }
            Ok(Step { stretch: stretch.clone(), deeds, signed, finals })
        })?;
        let deeds = steps.iter().flat_map(|step| &step.deeds);
        deeds.flat_map(Deed::keys).for_each(|key| ring.learn(key));
        // Arithmetic on large numbers: by far the most work of a signed history.
        let check = |one: &Option<Signed>| one.as_ref().map(|one| Seal::read(one, &ring));
        let seals: Vec<Vec<Option<Seal>>> =
            steps.par_iter().map(|step| step.signed.iter().map(check).collect()).collect();
        for (step, seals) in steps.iter_mut().zip(&seals) {
            recognise(&mut step.deeds, &mut state.lost);
            look_at_dates(past, step, &mut times, &mut state.audit)?;
            look_at_signatures(step, seals, &ring, state);
            judge_step(past, step, state, judge)?;
        }
    }
    state.audit.head = head;
    Ok(())
}

fn look_at_dates(
    past: &Past,
    step: &Step,
    times: &mut HashMap<ObjectId, (i64, i32)>,
    audit: &mut Audit,
) -> Result<(), SourceError> {
    for deed in &step.deeds {
        let missing: Vec<ObjectId> = (deed.commit.parents.iter())
            .filter(|parent| !times.contains_key(*parent))
            .copied()
            .collect();
        for commit in past.each(&missing, |reader, id| reader.commit(*id))? {
            times.insert(commit.id, (commit.committer.at, commit.committer.offset));
        }
        let parents = deed.commit.parents.iter().filter_map(|parent| times.get(parent)).copied();
        let faults = audit.clocks.look(&deed.commit, parents.max(), step.stretch.to);
        audit.faults.extend(faults);
        let Hand { at, offset, .. } = deed.commit.committer;
        times.insert(deed.commit.id, (at, offset));
    }
    Ok(())
}

/// Looks at the signatures of a step, in the school as it stood before.
fn look_at_signatures(step: &Step, seals: &[Option<Seal>], ring: &Ring, state: &mut State) {
    let State { audit, moment, .. } = state;
    for (deed, seal) in step.deeds.iter().zip(seals) {
        let counted = (&mut audit.signatures, &mut audit.seals);
        let found = signature::look(deed, seal.as_ref(), (moment, ring), counted);
        audit.faults.extend(found.map(|(code, message)| {
            super::suspicion::fault(code, Trace::of(&deed.commit, step.stretch.to), message)
        }));
    }
}

fn judge_step(
    past: &Past,
    step: &Step,
    state: &mut State,
    judge: Judge,
) -> Result<(), SourceError> {
    let State { audit, moment, told, wounds, .. } = state;
    audit.steps += 1;
    audit.commits += step.deeds.len();
    for deed in &step.deeds {
        audit.first.get_or_insert_with(|| deed.commit.committer.clone());
        told.extend(Told::of(deed, step.stretch.to));
        if !deed.transitions.is_empty() && moment.staff().is_some() {
            let email = &deed.commit.author.email;
            audit.changes += 1;
            audit.known += usize::from(
                moment.person_at(email).is_some() || moment.learner_at(email).is_some(),
            );
        }
        reopening::follow(&mut audit.reopenings, deed, step.stretch.to);
    }
    let breaches = match &step.deeds[..] {
        [deed] => {
            let found = deed.judge(moment, judge);
            found.into_iter().map(|breach| Judged { commit: deed.commit.clone(), breach }).collect()
        }
        deeds => judge_merge(past, step, deeds, moment, judge)?,
    };
    for judged in breaches {
        if mends(&judged, step.stretch.to, wounds, audit) {
            continue;
        }
        let file = judged.breach.finding.site.file.to_string();
        let fault = audit.faults.len();
        wounds.extend(judged.breach.about.iter().map(|change| Wound {
            file: file.clone(),
            fault,
            change: change.clone(),
        }));
        audit.faults.push(located(past, step, judged)?);
    }
    Ok(())
}

/// Recognises the files that come back as they went, and remembers those that go.
fn recognise(deeds: &mut [Deed], lost: &mut BTreeMap<Arc<str>, ObjectId>) {
    for one in deeds.iter_mut().flat_map(|deed| &mut deed.transitions) {
        match (one.change, one.bytes) {
            (Change::Added, bytes) => {
                let known = lost.remove(&one.file);
                one.restored = known.is_some() && known == bytes;
            }
            (Change::Removed, Some(bytes)) => drop(lost.insert(Arc::clone(&one.file), bytes)),
            _ => {}
        }
    }
}

/// Whether what looks like a fault puts back what earlier ones had changed: these are then mended.
fn mends(judged: &Judged, step: ObjectId, wounds: &mut Vec<Wound>, audit: &mut Audit) -> bool {
    let Breach { finding, about, .. } = &judged.breach;
    let heals = |change: &Difference| {
        wounds.iter().position(|wound| {
            *wound.file == *finding.site.file
                && wound.change.path == change.path
                && wound.change.before == change.after
                && wound.change.after == change.before
        })
    };
    let Some(healed) = about.iter().map(heals).collect::<Option<Vec<_>>>() else { return false };
    if healed.is_empty() {
        return false;
    }
    let trace = Trace::of(&judged.commit, step);
    for at in &healed {
        audit.faults[wounds[*at].fault].mended = Some(trace.clone());
    }
    let mut at = 0;
    wounds.retain(|_| {
        at += 1;
        !healed.contains(&(at - 1))
    });
    true
}

/// Judges what a merge brings as the branch it was, then leaves the school as the merge made it.
fn judge_merge(
    past: &Past,
    step: &Step,
    deeds: &[Deed],
    moment: &mut Moment,
    judge: Judge,
) -> Result<Vec<Judged>, SourceError> {
    let mut touched: BTreeMap<Arc<str>, Option<Facts>> = BTreeMap::new();
    let mut ends: BTreeMap<Arc<str>, Option<ObjectId>> = BTreeMap::new();
    for one in deeds.iter().flat_map(|deed| &deed.transitions) {
        for file in one.from.iter().chain([&one.file]) {
            touched.entry(Arc::clone(file)).or_insert_with(|| moment.facts(file).cloned());
            ends.insert(
                Arc::clone(file),
                one.bytes.filter(|_| *file == one.file && one.change != Change::Removed),
            );
        }
    }
    let found = judge_line(deeds, moment, judge);
    // Almost all branches have nothing to answer for: only one that does is compared as a whole.
    let found = match step.stretch.from.filter(|_| !found.is_empty()) {
        Some(from) => {
            let net = net(past, from, step.stretch.to)?;
            left(found, deeds, &net.into_iter().map(|one| (one.file, one.differences)).collect())
        }
        None => found.into_iter().map(|(_, judged)| judged).collect(),
    };
    for (file, before) in touched {
        match step.finals.get(&*file) {
            None => moment.set(&file, before),
            Some(end) if ends.get(&file) == Some(end) => {}
            Some(None) => moment.set(&file, None),
            Some(Some(end)) => {
                let version = past.each(&[*end], |reader, id| read_version(reader, &file, *id))?;
                if let [version] = &version[..]
                    && let (Some(kind), Some(record)) = (&version.kind, &version.record)
                {
                    moment.take(&file, Some((kind, record)));
                }
            }
        }
    }
    Ok(found)
}

/// A breach with its line, in the commit that made it.
fn located(past: &Past, step: &Step, judged: Judged) -> Result<Fault, SourceError> {
    let Judged { commit, breach } = judged;
    let file = Arc::clone(&breach.finding.site.file);
    let bytes = (step.deeds.iter())
        .find(|deed| deed.commit.id == commit.id)
        .and_then(|deed| deed.transitions.iter().find(|one| one.file == file))
        .and_then(|one| one.bytes.filter(|_| one.change != Change::Removed));
    let mut files = BTreeMap::new();
    if let Some(bytes) = bytes.filter(|_| crate::source::is_record(&file)) {
        let read = past.each(&[bytes], |reader, id| reader.bytes(*id))?;
        files.extend(read.into_iter().map(|bytes| (file.to_string(), bytes)));
    }
    let (texts, _) = Texts::read(&Memory(files))?;
    let (code, message) = (breach.finding.code, breach.finding.message.clone());
    let line = record::report(vec![breach.finding], &texts);
    Ok(Fault {
        trace: Trace::of(&commit, step.stretch.to),
        code: code.name.to_owned(),
        error: code.severity == Severity::Error,
        file: Some(file.to_string()),
        line: line.first().map_or(1, |told| told.span.start.line),
        message,
        mended: None,
    })
}
