//! The life of the invented school holds: as Git tells it, and as its rules judge any day of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod common;
#[path = "life/rights.rs"]
mod rights;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use jalon::demo::Options;
use jalon::demo::life::{EventKind, Life, Step, live};
use jalon::diagnostic::{Diagnostic, Severity};
use jalon::rule;
use jalon::source::Memory;

type Tree = BTreeMap<Arc<str>, Arc<[u8]>>;

fn life(students: usize, years: u8) -> Life {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/referentials");
    let referentials = common::read_folder(&folder)
        .into_iter()
        .map(|(name, bytes)| {
            (name.trim_end_matches(".toml").to_owned(), String::from_utf8(bytes).unwrap())
        })
        .collect();
    live(&Options { students, years, seed: 1 }, &referentials)
}

/// Replays the steps: shows the files before and after each.
fn replay(life: &Life, mut see: impl FnMut(usize, &Step, Option<&Tree>, &Tree)) {
    let mut last = vec![0; life.steps.len()];
    for (place, step) in life.steps.iter().enumerate() {
        step.parents.iter().for_each(|parent| last[*parent] = place);
    }
    let mut trees: BTreeMap<usize, Tree> = BTreeMap::new();
    for (place, step) in life.steps.iter().enumerate() {
        let before = step.parents.first().and_then(|parent| trees.get(parent));
        let mut tree = before.cloned().unwrap_or_default();
        for (path, bytes) in &step.changes {
            match bytes {
                Some(bytes) => tree.insert(Arc::clone(path), Arc::clone(bytes)),
                None => tree.remove(path),
            };
        }
        see(place, step, before, &tree);
        trees.insert(place, tree);
        trees.retain(|kept, _| last[*kept] > place);
    }
}

/// What cannot stand in a state.
fn errors(tree: &Tree) -> Vec<String> {
    let files = tree.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect();
    let source = Memory(files);
    let (school, mut found) = common::read(&source);
    let (texts, _) = jalon::source::Texts::read(&source).unwrap();
    found.extend(jalon::record::report(rule::check(&school), &texts));
    let wrong = |one: &&Diagnostic| one.code.severity == Severity::Error;
    found
        .iter()
        .filter(wrong)
        .map(|one| format!("{} {}: {}", one.code, one.file, one.message))
        .collect()
}

#[test]
fn any_day_of_it_holds() {
    // `JALON_EVERY=1` judges every commit.
    let every = std::env::var("JALON_EVERY").ok().and_then(|n| n.parse().ok()).unwrap_or(31);
    let mut told: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for (students, years) in [(20, 1), (20, 2)] {
        let life = life(students, years);
        let planted: BTreeSet<usize> = life.events.iter().map(|event| event.step).collect();
        replay(&life, |place, step, _, tree| {
            let seen = place % every == 0 || planted.contains(&place);
            if seen || place + 1 == life.steps.len() {
                for error in errors(tree) {
                    let first = format!("{place} {}", step.message);
                    told.entry(format!("{students}/{years} {error}")).or_insert((0, first)).0 += 1;
                }
            }
        });
    }
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn git_says_the_same_twice() {
    let folder = tempfile::tempdir().unwrap();
    let run = |name: &str| {
        let top = folder.path().join(name);
        let args = jalon::cli::demo::DemoArgs {
            folder: top.clone(),
            students: 20,
            years: 1,
            seed: 1,
            history: true,
        };
        jalon::cli::demo::run(&args).unwrap();
        let repository = git2::Repository::open(&top).unwrap();
        assert!(repository.statuses(None).unwrap().is_empty());
        let head = repository.head().unwrap();
        assert_eq!(head.shorthand().unwrap(), "main");
        head.target().unwrap()
    };
    assert_eq!(run("one"), run("two"));
}

#[test]
fn it_grows_with_the_school() {
    for (students, years, least, most) in
        [(20, 1, 200, 500), (20, 2, 400, 900), (40, 3, 1200, 4000)]
    {
        let life = life(students, years);
        let count = life.steps.len();
        assert!((least..most).contains(&count), "{students}/{years}: {count}");
        let merges = life.steps.iter().filter(|step| step.parents.len() == 2).count();
        assert!(merges * 5 > count && merges * 2 < count, "{merges} merges of {count}");
        let line = main_line(&life);
        // Some proposals start from where the main line was before others came in.
        let rank: BTreeMap<usize, usize> =
            line.iter().enumerate().map(|(rank, place)| (*place, rank)).collect();
        let overlaps = life.steps.iter().filter(|step| step.parents.len() == 2).filter(|merge| {
            let mut tip = merge.parents[1];
            while !rank.contains_key(&tip) {
                tip = life.steps[tip].parents[0];
            }
            rank[&tip] + 1 < rank[&merge.parents[0]]
        });
        assert!(overlaps.count() * 4 > merges);
    }
}

#[test]
fn dates_follow_the_main_line_but_once() {
    use EventKind::*;
    let life = life(20, 2);
    let kinds: Vec<EventKind> = life.events.iter().map(|event| event.kind).collect();
    let mut wrong = Vec::new();
    for pair in main_line(&life).windows(2) {
        let [one, other] = [&life.steps[pair[0]], &life.steps[pair[1]]];
        if other.committer.seconds <= one.committer.seconds {
            wrong.push(pair[1]);
        }
    }
    let clock = life.events.iter().find(|event| event.kind == ClockWrong).unwrap();
    assert_eq!(wrong, [clock.step]);
    for (place, step) in life.steps.iter().enumerate().filter(|(place, _)| *place != clock.step) {
        for parent in step.parents.iter().filter(|parent| **parent != clock.step) {
            assert!(life.steps[*parent].committer.seconds < step.committer.seconds, "{place}");
        }
    }
    let today = 1_795_374_000;
    assert!(life.steps.iter().all(|step| step.committer.seconds < today + 86_400));
    for kind in [
        Unlock,
        Mistake,
        MistakeReverted,
        ForbiddenScenario,
        ForbiddenScenarioReverted,
        ForbiddenResult,
        ForbiddenResultReverted,
        PeriodDeleted,
        PeriodRestored,
        UnknownAuthor,
        AddressAdded,
        Rename,
        Moved,
        CorrectionUnlocked,
        Revalidation,
        Squash,
    ] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
}

#[test]
fn messages_name_no_pupil() {
    let life = life(40, 3);
    let names: BTreeSet<String> = life
        .files
        .iter()
        .filter(|(path, _)| path.ends_with("/student.toml"))
        .flat_map(|(path, bytes)| {
            let table: toml::Table = String::from_utf8_lossy(bytes).parse().unwrap();
            let name =
                format!("{} {}", table["prenom"].as_str().unwrap(), table["nom"].as_str().unwrap());
            [name, path.split('/').nth(2).unwrap().to_owned()]
        })
        .collect();
    for step in &life.steps {
        let told = names.iter().find(|name| step.message.contains(name.as_str()));
        assert!(told.is_none(), "{}", step.message);
    }
}

#[test]
fn everyone_does_what_they_may() {
    for (students, years) in [(20, 1), (20, 2), (30, 3)] {
        let life = life(students, years);
        let planted: BTreeMap<usize, EventKind> =
            life.events.iter().map(|event| (event.step, event.kind)).collect();
        let mut wrong: Vec<String> = Vec::new();
        replay(&life, |place, step, before, tree| {
            let Some(before) = before.filter(|_| step.parents.len() == 1) else { return };
            let mut found = rights::judge(step, before, tree);
            let expected = matches!(
                planted.get(&place),
                Some(
                    EventKind::UnknownAuthor
                        | EventKind::ForbiddenScenario
                        | EventKind::ForbiddenResult
                        | EventKind::ForbiddenResultReverted
                        | EventKind::PeriodDeleted
                        | EventKind::PeriodRestored
                        | EventKind::Moved
                )
            );
            if !expected {
                wrong.append(&mut found);
            } else if found.is_empty() && planted.get(&place) != Some(&EventKind::Moved) {
                wrong.push(format!(
                    "{students}/{years}: nothing wrong with {:?}",
                    planted.get(&place)
                ));
            }
        });
        assert!(
            wrong.is_empty(),
            "{students}/{years}: {} {:#?}",
            wrong.len(),
            wrong.iter().take(20).collect::<Vec<_>>()
        );
    }
}

/// The steps of the main line, oldest first.
fn main_line(life: &Life) -> Vec<usize> {
    let mut line = vec![life.steps.len() - 1];
    while let Some(parent) = line.last().and_then(|place| life.steps[*place].parents.first()) {
        line.push(*parent);
    }
    line.reverse();
    line
}
