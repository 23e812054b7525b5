//! What people will do, in the order they mean to: each act is a commit to come, with what must be done before it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cast::{Cast, Files, Who};
use super::clock::Moment;
use super::{EventKind, finals_day};
use crate::demo::dates::Date;
use crate::demo::rng::Dice;

/// Place of an act.
pub(crate) type ActId = usize;
/// Place of a path.
pub(crate) type PathId = usize;

/// A commit to come.
#[derive(Clone)]
pub(crate) struct Act {
    /// Not before.
    pub(crate) at: Moment,
    pub(crate) author: Who,
    /// Who puts it into the repository, and proposes it.
    pub(crate) keeper: Who,
    pub(crate) message: String,
    /// What it is part of: acts of one keeper on one topic go into one proposal.
    pub(crate) topic: String,
    pub(crate) changes: Vec<(PathId, Option<Arc<[u8]>>)>,
    pub(crate) needs: Vec<ActId>,
    /// Straight onto the main line.
    pub(crate) direct: bool,
    pub(crate) event: Option<EventKind>,
    /// How wrong the clock was, in seconds.
    pub(crate) skew: i64,
    /// Paths that move now, from where they were: the place of the move.
    pub(crate) moves: Option<usize>,
}

/// Files that once stood elsewhere.
pub(crate) struct Move {
    pub(crate) from: String,
    pub(crate) to: String,
}

/// All acts.
pub(crate) struct Plan<'a> {
    pub(crate) files: &'a Files,
    pub(crate) cast: &'a Cast,
    pub(crate) seed: u64,
    pub(crate) acts: Vec<Act>,
    pub(crate) paths: Vec<Arc<str>>,
    pub(crate) moves: Vec<Move>,
    index: BTreeMap<String, PathId>,
    /// The acts on each path, in the order they were planned.
    pub(crate) chains: Vec<Vec<ActId>>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(files: &'a Files, cast: &'a Cast, seed: u64) -> Self {
        let (acts, paths, moves, chains) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { files, cast, seed, acts, paths, moves, index: BTreeMap::new(), chains }
    }

    /// Prepares an act of somebody; files are still to be added.
    pub(crate) fn act(&self, at: Moment, who: Who, topic: &str, message: String) -> Act {
        Act {
            at: Moment(at.0.min(Moment::at(finals_day(), 12, 0).0)),
            author: who,
            keeper: who,
            message,
            topic: topic.to_owned(),
            changes: Vec::new(),
            needs: Vec::new(),
            direct: false,
            event: None,
            skew: 0,
            moves: None,
        }
    }

    pub(crate) fn path(&mut self, path: &str) -> PathId {
        if let Some(known) = self.index.get(path) {
            return *known;
        }
        let id = self.paths.len();
        self.paths.push(path.into());
        self.chains.push(Vec::new());
        self.index.insert(path.to_owned(), id);
        id
    }

    /// Adds a file to an act.
    pub(crate) fn put(&mut self, act: &mut Act, path: &str, text: String) {
        let id = self.path(path);
        act.changes.push((id, Some(text.into_bytes().into())));
    }

    /// Adds a file to an act, as it ends up.
    pub(crate) fn put_final(&mut self, act: &mut Act, path: &str) {
        let bytes = self.files.get(path).map(|bytes| Arc::from(bytes.as_slice()));
        let id = self.path(path);
        act.changes.push((id, bytes));
    }

    /// Plans an act.
    pub(crate) fn push(&mut self, act: Act) -> ActId {
        let id = self.acts.len();
        for (path, _) in &act.changes {
            if let Some(chain) = self.chains.get_mut(*path) {
                chain.push(id);
            }
        }
        self.acts.push(act);
        id
    }

    /// Lists the acts on a file planned so far.
    pub(crate) fn chain(&self, path: &str) -> &[ActId] {
        self.index.get(path).and_then(|id| self.chains.get(*id)).map_or(&[], Vec::as_slice)
    }

    /// Gives the act that makes a file.
    pub(crate) fn first(&self, path: &str) -> Option<ActId> {
        self.chain(path).first().copied()
    }

    /// Gives the last act on a file, of those planned so far.
    pub(crate) fn last(&self, path: &str) -> Option<ActId> {
        self.chain(path).last().copied()
    }

    /// Gives the last moment of the acts on a file.
    pub(crate) fn end(&self, path: &str) -> Option<Moment> {
        self.chain(path).iter().filter_map(|id| self.acts.get(*id)).map(|act| act.at).max()
    }

    pub(crate) fn dice(&self, label: &str) -> Dice {
        Dice::new(self.seed, &format!("life/{label}"))
    }

    /// Draws a moment of a working day.
    pub(crate) fn work(&self, day: Date, label: &str) -> Moment {
        Moment::during(day, 8, 18, self.seed, &format!("life/work/{label}"))
    }

    /// Draws a moment after lessons.
    pub(crate) fn evening(&self, day: Date, label: &str) -> Moment {
        Moment::during(day, 16, 21, self.seed, &format!("life/evening/{label}"))
    }

    /// Gives the day the repository was opened.
    pub(crate) fn founded(&self) -> Date {
        Date::new(self.cast.years.first().copied().unwrap_or(2026), 7, 8)
    }
}
