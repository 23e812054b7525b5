//! The main line: first parents, each with the commits that it brought.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use git2::{Oid, Repository, Sort};

use super::{ObjectId, Past};
use crate::source::SourceError;
use crate::source::tree::Trees;

/// Steps of the main line in which a file that is gone is looked for.
const BACK: usize = 5000;

/// A step of the main line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The commit on the main line before; nothing at the beginning.
    pub from: Option<ObjectId>,
    /// The commit on the main line.
    pub to: ObjectId,
    /// The commits that come with it, parents first; itself last.
    pub commits: Vec<ObjectId>,
}

impl Past {
    /// The main line up to `head`, oldest first: from the beginning, or from a commit of it that is
    /// already known.
    ///
    /// # Errors
    /// When the past cannot be read.
    pub fn mainline(
        &self,
        head: ObjectId,
        known: Option<ObjectId>,
    ) -> Result<Vec<Stretch>, SourceError> {
        self.repository()
            .and_then(|repository| stretches(&repository, &self.boundary, head.0, known))
            .map_err(SourceError::History)
    }

    /// The commits of a branch that its base does not have, parents first.
    ///
    /// # Errors
    /// When the past cannot be read.
    pub fn branch(&self, base: ObjectId, head: ObjectId) -> Result<Vec<ObjectId>, SourceError> {
        self.repository()
            .and_then(|repository| ordered(&repository, head.0, Some(base.0)))
            .map(|order| order.into_iter().map(ObjectId).collect())
            .map_err(SourceError::History)
    }
}

impl Past {
    /// What each of these files last held on the main line up to `head`, looked for a few thousand
    /// steps back.
    ///
    /// # Errors
    /// When the past cannot be read.
    pub fn last_bytes(
        &self,
        head: ObjectId,
        files: &[Arc<str>],
    ) -> Result<BTreeMap<Arc<str>, ObjectId>, SourceError> {
        let look = |repository: Repository| {
            let odb = repository.odb()?;
            let mut trees = Trees::new(&odb);
            let mut missing: BTreeSet<&Arc<str>> = files.iter().collect();
            let mut found = BTreeMap::new();
            let mut at = Some(head.0);
            for _ in 0..BACK {
                let Some(id) = at.filter(|_| !missing.is_empty()) else { break };
                let commit = repository.find_commit(id)?;
                if let Some(tree) = trees.below(commit.tree_id(), self.folder())? {
                    for file in missing.clone() {
                        if let Some(bytes) = trees.file(tree, file)? {
                            missing.remove(file);
                            found.insert(Arc::clone(file), ObjectId(bytes));
                        }
                    }
                }
                at = commit.parent_ids().next().filter(|_| !self.boundary.contains(&id));
            }
            Ok(found)
        };
        self.repository().and_then(look).map_err(SourceError::History)
    }
}

/// Commits reachable from `head`, not from `hidden`, parents before children.
fn ordered(
    repository: &Repository,
    head: Oid,
    hidden: Option<Oid>,
) -> Result<Vec<Oid>, git2::Error> {
    let mut walk = repository.revwalk()?;
    walk.set_sorting(Sort::TOPOLOGICAL | Sort::REVERSE)?;
    walk.push(head)?;
    if let Some(hidden) = hidden {
        walk.hide(hidden)?;
    }
    walk.collect()
}

fn stretches(
    repository: &Repository,
    boundary: &BTreeSet<Oid>,
    head: Oid,
    known: Option<ObjectId>,
) -> Result<Vec<Stretch>, git2::Error> {
    let order = ordered(repository, head, known.map(|known| known.0))?;
    let place: HashMap<Oid, usize> = order.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut parents: BTreeMap<usize, Vec<Oid>> = BTreeMap::new();
    for (at, id) in order.iter().enumerate() {
        let cut = boundary.contains(id);
        let commit = repository.find_commit(*id)?;
        parents.insert(at, if cut { Vec::new() } else { commit.parent_ids().collect() });
    }
    let mut line = Vec::new();
    let mut at = place.get(&head).copied();
    while let Some(here) = at {
        line.push(here);
        let first = parents.get(&here).and_then(|parents| parents.first());
        at = first.and_then(|first| place.get(first)).copied();
    }
    line.reverse();

    let mut taken: HashSet<usize> = HashSet::new();
    let mut from = known;
    let mut stretches = Vec::with_capacity(line.len());
    for here in line {
        // What the other parents lead to and no earlier step brought.
        let mut brought = vec![here];
        let mut to_see = vec![here];
        taken.insert(here);
        while let Some(seen) = to_see.pop() {
            for parent in parents.get(&seen).into_iter().flatten() {
                if let Some(parent) = place.get(parent)
                    && taken.insert(*parent)
                {
                    brought.push(*parent);
                    to_see.push(*parent);
                }
            }
        }
        brought.sort_unstable();
        let to = ObjectId(order[here]);
        let commits = brought.into_iter().map(|at| ObjectId(order[at])).collect();
        stretches.push(Stretch { from, to, commits });
        from = Some(to);
    }
    Ok(stretches)
}
