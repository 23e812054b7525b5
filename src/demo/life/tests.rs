//! Holds the life of the invented school to what it must be: it ends as the school is, and holds at any time.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::Options;
use super::super::tests::referentials;
use super::{Life, Step, live, settled};

fn life(students: usize, years: u8) -> Life {
    live(&Options { students, years, seed: 1 }, &referentials())
}

type Tree = BTreeMap<Arc<str>, Arc<[u8]>>;

/// Replays the steps: the files after each, kept as long as something is built on them.
fn replay(life: &Life, mut see: impl FnMut(usize, &Step, Option<&Tree>, &Tree)) {
    let mut last = vec![0; life.steps.len()];
    for (place, step) in life.steps.iter().enumerate() {
        for parent in &step.parents {
            last[*parent] = place;
        }
    }
    let mut trees: BTreeMap<usize, Tree> = BTreeMap::new();
    for (place, step) in life.steps.iter().enumerate() {
        let before = step.parents.first().and_then(|parent| trees.get(parent)).cloned();
        let mut tree = before.clone().unwrap_or_default();
        for (path, bytes) in &step.changes {
            match bytes {
                Some(bytes) => tree.insert(Arc::clone(path), Arc::clone(bytes)),
                None => tree.remove(path),
            };
        }
        see(place, step, before.as_ref(), &tree);
        trees.insert(place, tree);
        trees.retain(|kept, _| last[*kept] > place);
    }
}

#[test]
fn it_ends_as_the_school_is() {
    for (students, years) in [(20, 1), (20, 2), (60, 3)] {
        let life = life(students, years);
        let mut last = Tree::new();
        replay(&life, |_, _, _, tree| last.clone_from(tree));
        let files = settled(&Options { students, years, seed: 1 }, &referentials());
        let wrong: Vec<_> = files
            .iter()
            .filter(|(path, bytes)| last.get(path.as_str()).is_none_or(|have| **have != **bytes))
            .map(|(path, _)| path)
            .collect();
        assert!(wrong.is_empty(), "{students}/{years}: {} {:?}", wrong.len(), wrong.first());
        assert_eq!(files.len(), last.len());
        assert_eq!(files, life.files);
    }
}

#[test]
fn every_step_changes_something() {
    let life = life(20, 2);
    replay(&life, |place, step, before, tree| {
        let merge = step.parents.len() > 1;
        assert!(
            merge || before != Some(tree),
            "{place}: {} {:?}",
            step.message,
            step.changes.first().map(|c| &c.0)
        );
    });
}
