//! How acts become commits: proposals opened, added to, merged in their turn, some of them side by side.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use super::cast::Who;
use super::clock::{DAY, Moment};
use super::plan::{Act, ActId, PathId, Plan};
use super::{Change, Event, EventKind, Life, Signature, Step, finals_day};
use crate::demo::rng::Dice;

const HOUR: i64 = 3600;
/// How many commits a proposal takes, and for how long it takes them.
const MOST: usize = 4;
const WINDOW: i64 = 9 * DAY;

/// A proposal under way.
struct Proposal {
    key: (Who, String),
    /// The commit of the main line it starts from, and its rank there.
    base: usize,
    rank: usize,
    commits: Vec<usize>,
    acts: Vec<ActId>,
    opened: Moment,
    merge: Moment,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Act(ActId),
    Merge(usize),
}

/// The repository in the making.
struct Flow<'a> {
    plan: &'a Plan<'a>,
    acts: Vec<Option<Act>>,
    /// The act before on each path of each act.
    before: Vec<Vec<ActId>>,
    /// When each act reached the main line: its rank there.
    landed: Vec<Option<usize>>,
    /// The commit of each act.
    step_of: Vec<usize>,
    moved: Vec<bool>,
    /// What the main line has, for the files that will move.
    texts: BTreeMap<PathId, Arc<[u8]>>,
    queue: BinaryHeap<Reverse<(Moment, usize, Turn)>>,
    turns: usize,
    open: BTreeMap<(Who, String), usize>,
    proposals: Vec<Option<Proposal>>,
    number: usize,
    squashed: bool,
    steps: Vec<Step>,
    events: Vec<Event>,
    /// The last commit of the main line, and its rank.
    main: Option<usize>,
    rank: usize,
    /// When the last commit was made: no two at once.
    clock: Moment,
    dice: Dice,
    colleagues: Vec<Who>,
}

/// Plays the acts.
pub(crate) fn play(mut plan: Plan<'_>) -> Life {
    let acts = std::mem::take(&mut plan.acts);
    let mut order: Vec<ActId> = (0..acts.len()).collect();
    order.sort_by_key(|id| (acts.get(*id).map(|act| act.at), *id));
    let mut last: Vec<Option<ActId>> = vec![None; plan.paths.len()];
    let mut before: Vec<Vec<ActId>> = vec![Vec::new(); acts.len()];
    for id in &order {
        let Some(act) = acts.get(*id) else { continue };
        let mut paths: Vec<PathId> = act.changes.iter().map(|(path, _)| *path).collect();
        if let Some(moving) = act.moves.and_then(|place| plan.moves.get(place)) {
            paths = (0..plan.paths.len())
                .filter(|path| {
                    plan.paths.get(*path).is_some_and(|name| name.starts_with(&moving.to))
                })
                .collect();
        }
        for path in paths {
            if let Some(place) = last.get_mut(path) {
                before[*id].extend(place.replace(*id).filter(|other| other != id));
            }
        }
    }
    let mut colleagues: Vec<Who> = plan
        .cast
        .staff
        .values()
        .filter(|one| one.teacher && one.gone.is_none())
        .map(|one| one.who)
        .collect();
    colleagues.sort_unstable();
    let mut flow = Flow {
        before,
        landed: vec![None; acts.len()],
        step_of: vec![usize::MAX; acts.len()],
        moved: vec![false; plan.moves.len()],
        texts: BTreeMap::new(),
        queue: BinaryHeap::new(),
        turns: 0,
        open: BTreeMap::new(),
        proposals: Vec::new(),
        number: 0,
        squashed: false,
        steps: Vec::with_capacity(acts.len() * 3 / 2),
        events: Vec::new(),
        main: None,
        rank: 0,
        clock: Moment(0),
        dice: plan.dice("flow"),
        colleagues,
        plan: &plan,
        acts: Vec::new(),
    };
    for id in order {
        flow.wait(acts.get(id).map_or(Moment(0), |act| act.at), Turn::Act(id));
    }
    flow.acts = acts.into_iter().map(Some).collect();
    flow.run();
    let (steps, events) = reachable(flow.steps, flow.events);
    Life { steps, events, files: Vec::new() }
}

/// Drops the commits that a squash replaced: nothing leads to them.
fn reachable(steps: Vec<Step>, mut events: Vec<Event>) -> (Vec<Step>, Vec<Event>) {
    let mut kept = vec![false; steps.len()];
    if let Some(last) = kept.last_mut() {
        *last = true;
    }
    for place in (0..steps.len()).rev() {
        if kept[place] {
            steps[place].parents.iter().for_each(|parent| kept[*parent] = true);
        }
    }
    let mut places: Vec<usize> = Vec::with_capacity(steps.len());
    let mut count = 0;
    for kept in &kept {
        places.push(count);
        count += usize::from(*kept);
    }
    for event in &mut events {
        (event.step, event.merged) = (places[event.step], places[event.merged]);
    }
    let steps = steps.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(mut step, _)| {
        step.parents.iter_mut().for_each(|parent| *parent = places[*parent]);
        step
    });
    (steps.collect(), events)
}

impl Flow<'_> {
    fn wait(&mut self, at: Moment, turn: Turn) {
        self.turns += 1;
        self.queue.push(Reverse((at, self.turns, turn)));
    }

    fn run(&mut self) {
        while let Some(Reverse((at, _, turn))) = self.queue.pop() {
            let now = at.max(self.clock.plus(1));
            match turn {
                Turn::Act(id) => self.try_act(id, now),
                Turn::Merge(place) => self.try_merge(place, now),
            }
        }
    }

    /// Shortens a delay as the end comes near, so that everything has reached the main line by then.
    fn later(now: Moment, delay: i64) -> Moment {
        let left = Moment::at(finals_day(), 20, 0).0 - now.0;
        now.plus(delay.min(left / 8).max(1))
    }

    /// Lists what an act comes after.
    fn causes(&self, id: ActId) -> Vec<ActId> {
        let needs = self.acts.get(id).and_then(Option::as_ref).map_or(&[][..], |act| &act.needs);
        self.before[id].iter().chain(needs).copied().collect()
    }

    fn try_act(&mut self, id: ActId, now: Moment) {
        let causes = self.causes(id);
        let Some(act) = self.acts.get(id).and_then(Option::as_ref) else { return };
        let key = (act.keeper, act.topic.clone());
        if act.direct {
            if causes.iter().all(|cause| self.landed[*cause].is_some()) {
                let step = self.write(id, now, self.main);
                self.advance(step);
                self.land(id, step);
            } else {
                self.wait(Self::later(now, 4 * HOUR), Turn::Act(id));
            }
            return;
        }
        if let Some(place) = self.open.get(&key).copied()
            && let Some(Some(proposal)) = self.proposals.get(place)
            && proposal.commits.len() < MOST
            && now.0 - proposal.opened.0 < WINDOW
            && causes.iter().all(|cause| {
                proposal.acts.contains(cause)
                    || self.landed[*cause].is_some_and(|rank| rank <= proposal.rank)
            })
        {
            let parent = proposal.commits.last().copied().unwrap_or(proposal.base);
            let step = self.write(id, now, Some(parent));
            let merge = self.merge_time(now);
            if let Some(Some(proposal)) = self.proposals.get_mut(place) {
                proposal.commits.push(step);
                proposal.acts.push(id);
                proposal.merge = merge;
            }
            return;
        }
        let Some(base) = self.main else { return };
        if !causes.iter().all(|cause| self.landed[*cause].is_some()) {
            self.wait(Self::later(now, 4 * HOUR), Turn::Act(id));
            return;
        }
        let step = self.write(id, now, Some(base));
        let merge = self.merge_time(now);
        let place = self.proposals.len();
        self.proposals.push(Some(Proposal {
            key: key.clone(),
            base,
            rank: self.rank,
            commits: vec![step],
            acts: vec![id],
            opened: now,
            merge,
        }));
        self.open.insert(key, place);
        self.wait(merge, Turn::Merge(place));
    }

    /// Draws when the DDFPT gets round to it.
    fn merge_time(&mut self, now: Moment) -> Moment {
        let delay = match self.dice.below(100) {
            0..20 => i64::from(self.dice.between(20, 5 * 60)) * 60,
            20..60 => DAY * 2 / 3 + i64::from(self.dice.between(0, 8 * 60)) * 60,
            _ => DAY * i64::from(self.dice.between(2, 5)),
        };
        let office = now.plus(delay).office();
        Self::later(now, office.0 - now.0)
    }

    fn try_merge(&mut self, place: usize, now: Moment) {
        let Some(Some(proposal)) = self.proposals.get(place) else { return };
        if proposal.merge > now {
            let merge = proposal.merge;
            self.wait(merge, Turn::Merge(place));
            return;
        }
        let Some(proposal) = self.proposals.get_mut(place).and_then(Option::take) else { return };
        if self.open.get(&proposal.key) == Some(&place) {
            self.open.remove(&proposal.key);
        }
        self.clock = now;
        self.number += 1;
        let mut changes: BTreeMap<Arc<str>, Option<Arc<[u8]>>> = BTreeMap::new();
        for step in &proposal.commits {
            let step = &self.steps[*step];
            changes
                .extend(step.changes.iter().map(|(path, text)| (Arc::clone(path), text.clone())));
        }
        let (first, last) = (
            &self.steps[proposal.commits[0]],
            &self.steps[proposal.commits[proposal.commits.len() - 1]],
        );
        // A proposal of one commit bears its name.
        let topic = if proposal.commits.len() > 1 { &proposal.key.1 } else { &first.message };
        let alone = proposal.commits.iter().all(|step| {
            let step = &self.steps[*step];
            step.author.mail == first.author.mail && step.committer.mail == first.author.mail
        });
        let planted = proposal.acts.iter().any(|id| {
            self.acts.get(*id).and_then(Option::as_ref).is_some_and(|act| act.event.is_some())
        });
        // The first that can is, so that every school has one.
        let squash = alone
            && !planted
            && proposal.commits.len() > 1
            && (!self.squashed || self.dice.percent(12));
        self.squashed |= squash;
        let deputy = self.dice.percent(5);
        let merger = self.plan.cast.signers.get(if deputy {
            self.plan.cast.head.0
        } else {
            self.plan.cast.ddfpt.0
        });
        let Some(merger) = merger else { return };
        let committer = signature(merger, now);
        let step = if squash {
            let other =
                self.dice.pick(&self.colleagues).and_then(|who| self.plan.cast.signers.get(who.0));
            let trailer = other
                .filter(|other| other.mail != last.author.mail)
                .map(|other| format!("\n\nCo-authored-by: {} <{}>", other.name, other.mail))
                .unwrap_or_default();
            Step {
                parents: self.main.into_iter().collect(),
                // A forge dates what it squashes by the day it does so.
                author: Signature {
                    seconds: committer.seconds,
                    offset: committer.offset,
                    ..last.author.clone()
                },
                committer,
                message: format!("{topic} (n° {}){trailer}", self.number),
                changes: changes.into_iter().collect(),
            }
        } else {
            let tip = proposal.commits.last().copied();
            Step {
                parents: self.main.into_iter().chain(tip).collect(),
                author: committer.clone(),
                committer,
                message: format!("Fusion de la proposition n° {} : {topic}", self.number),
                changes: changes.into_iter().collect(),
            }
        };
        if squash {
            // The commits of the branch never reach the repository: only what became of them does.
            self.events.push(Event {
                kind: EventKind::Squash,
                step: self.steps.len(),
                merged: self.steps.len(),
                path: String::new(),
            });
        }
        self.steps.push(step);
        let step = self.steps.len() - 1;
        self.advance(step);
        for id in proposal.acts {
            self.land(id, step);
        }
    }

    fn advance(&mut self, step: usize) {
        self.main = Some(step);
        self.rank += 1;
    }

    /// Notes that an act has reached the main line.
    fn land(&mut self, id: ActId, step: usize) {
        self.landed[id] = Some(self.rank);
        let Some(act) = self.acts.get_mut(id).and_then(Option::take) else { return };
        for (path, text) in &act.changes {
            let name = &self.plan.paths[*path];
            let moving = self.plan.moves.iter().any(|one| name.starts_with(&one.to));
            match text {
                Some(text) if moving => {
                    self.texts.insert(*path, Arc::clone(text));
                }
                _ => {
                    self.texts.remove(path);
                }
            }
        }
        if let Some(kind) = act.event {
            let path = act.changes.first().map(|(path, _)| self.plan.paths[*path].to_string());
            let path = path.or_else(|| act.moves.map(|place| self.plan.moves[place].to.clone()));
            let event = Event {
                kind,
                step: self.step_of[id],
                merged: step,
                path: path.unwrap_or_default(),
            };
            self.events.push(event);
        }
    }

    /// Writes the commit of an act.
    fn write(&mut self, id: ActId, now: Moment, parent: Option<usize>) -> usize {
        self.clock = now;
        let Some(act) = self.acts.get(id).and_then(Option::as_ref) else { return 0 };
        let (moves, changes) = (act.moves, act.changes.clone());
        let at = now.plus(act.skew);
        let author = self.plan.cast.signers.get(act.author.0).map(|one| signature(one, at));
        let committer = self.plan.cast.signers.get(act.keeper.0).map(|one| signature(one, at));
        let (Some(author), Some(committer)) = (author, committer) else { return 0 };
        let message = act.message.clone();
        let mut written: Vec<Change> = Vec::with_capacity(changes.len());
        if let Some(moving) = moves {
            for (path, text) in &self.texts {
                let name = &self.plan.paths[*path];
                if name.starts_with(&self.plan.moves[moving].to) {
                    written.push((self.name(*path), None));
                    written.push((Arc::clone(name), Some(Arc::clone(text))));
                }
            }
            self.moved[moving] = true;
        }
        for (path, text) in changes {
            written.push((self.name(path), text));
        }
        let parents = parent.into_iter().collect();
        self.steps.push(Step { parents, author, committer, message, changes: written });
        self.step_of[id] = self.steps.len() - 1;
        self.steps.len() - 1
    }

    /// Gives the name a file has now.
    fn name(&self, path: PathId) -> Arc<str> {
        let name = &self.plan.paths[path];
        for (moving, done) in self.plan.moves.iter().zip(&self.moved) {
            if let Some(rest) = name.strip_prefix(moving.to.as_str()).filter(|_| !done) {
                return format!("{}{rest}", moving.from).into();
            }
        }
        Arc::clone(name)
    }
}

fn signature(one: &super::cast::Signer, at: Moment) -> Signature {
    Signature {
        name: Arc::clone(&one.name),
        mail: Arc::clone(&one.mail),
        seconds: at.0,
        offset: at.offset(),
    }
}
