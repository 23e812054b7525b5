//! Small histories, and the definition held against the walk.
#![expect(clippy::disallowed_methods, reason = "tests make and break repositories of their own")]

use std::collections::BTreeSet;

use git2::Repository;
use proptest::prelude::*;

use super::*;
use crate::source::trial::{Files, Trial};
use crate::source::{Folder, Revision, Source};

impl Trial {
    fn editions(&self, folder: &str, head: Oid, kept: Option<&Path>) -> Editions {
        Editions::of_commit(&self.repository, (folder, ""), head, kept).unwrap()
    }

    /// The definition, word for word.
    fn expected(&self, folder: &str, head: Oid) -> Editions {
        let reachable: BTreeSet<Oid> = {
            let mut walk = self.repository.revwalk().unwrap();
            walk.push(head).unwrap();
            walk.map(Result::unwrap).collect()
        };
        let blob = |commit: &git2::Commit<'_>, path: &str| {
            commit.tree().unwrap().get_path(Path::new(path)).ok().map(|entry| entry.id())
        };
        let top = self.repository.find_commit(head).unwrap();
        let mut known = BTreeMap::new();
        let mut paths = Vec::new();
        top.tree()
            .unwrap()
            .walk(git2::TreeWalkMode::PreOrder, |at, entry| {
                if entry.kind() == Some(ObjectType::Blob) {
                    paths.push(format!("{at}{}", entry.name().unwrap()));
                }
                git2::TreeWalkResult::Ok
            })
            .unwrap();
        for path in paths {
            let now = blob(&top, &path);
            let Some(short) = path.strip_prefix(folder) else { continue };
            if !folder.is_empty() && !short.starts_with('/') {
                continue;
            }
            let short = short.trim_start_matches('/');
            if short.split('/').any(|part| part.starts_with('.')) {
                continue;
            }
            let best = reachable
                .iter()
                .map(|id| self.repository.find_commit(*id).unwrap())
                .filter(|commit| blob(commit, &path) == now)
                .filter(|commit| commit.parents().all(|parent| blob(&parent, &path) != now))
                .map(|commit| Mark { at: commit.time().seconds(), commit: commit.id() })
                .max();
            known.insert(short.to_owned(), best.unwrap().edition().unwrap());
        }
        Editions { known, ..Editions::default() }
    }
}

fn files(list: &[(&str, &str)]) -> Files {
    list.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn of(editions: &Editions, path: &str) -> Option<String> {
    editions.of(path).map(|edition| edition.commit.clone())
}

#[test]
fn a_file_has_the_commit_that_gave_it_its_bytes() {
    let past = Trial::new();
    let one = past.commit(&files(&[("a", "1"), ("d/b", "1")]), &[], 10);
    let two = past.commit(&files(&[("a", "2"), ("d/b", "1")]), &[one], 20);
    // A branch that changes both, at a later time, and of which the merge keeps one change only.
    let side = past.commit(&files(&[("a", "3"), ("d/b", "2")]), &[one], 50);
    let merge = past.commit(&files(&[("a", "2"), ("d/b", "2"), ("e", "x")]), &[two, side], 30);
    let editions = past.editions("", merge, None);
    assert_eq!(of(&editions, "a"), Some(two.to_string()));
    assert_eq!(of(&editions, "d/b"), Some(side.to_string()));
    assert_eq!(of(&editions, "e"), Some(merge.to_string()));
    assert_eq!(editions.of("a").unwrap().at, Timestamp::from_second(20).unwrap());
    assert_eq!(editions.len(), 3);
    assert_eq!(editions, past.expected("", merge));
}

#[test]
fn a_folder_that_becomes_a_file_is_another_thing() {
    let past = Trial::new();
    let one = past.commit(&files(&[("d/b", "1"), ("d.a", "1"), ("d0", "1")]), &[], 10);
    let two = past.commit(&files(&[("d", "1"), ("d.a", "1"), ("d0", "1")]), &[one], 20);
    let three = past.commit(&files(&[("d/b", "1"), ("d.a", "1"), ("d0", "2")]), &[two], 30);
    assert_eq!(past.editions("", two, None), past.expected("", two));
    let editions = past.editions("", three, None);
    assert_eq!(of(&editions, "d/b"), Some(three.to_string()));
    assert_eq!(of(&editions, "d.a"), Some(one.to_string()));
}

const SCHOOL: &str = "nom = \"L\"\n";

#[test]
fn a_file_that_is_not_committed_as_it_stands_has_no_edition() {
    for folder in ["", "content/"] {
        let past = Trial::new();
        let at = |path: &str| format!("{folder}{path}");
        let mut tree = Files::new();
        for path in ["school.toml", "a.toml", "b.toml", "c.toml"] {
            tree.insert(at(path), format!("{SCHOOL}# {path}\n"));
        }
        let one = past.commit(&tree, &[], 10);
        past.check_out(one);
        let content = past.folder.path().join(folder);
        std::fs::write(content.join("a.toml"), "nom = \"M\"\n").unwrap();
        std::fs::write(content.join("new.toml"), SCHOOL).unwrap();
        let windows = format!("{SCHOOL}# b.toml\n").replace('\n', "\r\n");
        std::fs::write(content.join("b.toml"), windows).unwrap();
        let editions = |source: &dyn Source| {
            let (texts, _) = Texts::read(source).unwrap();
            source.editions(&texts, "", None).unwrap()
        };
        let disk = editions(&Folder::open(&content).unwrap());
        assert_eq!(disk.known.keys().collect::<Vec<_>>(), ["b.toml", "c.toml", "school.toml"]);
        assert_eq!(of(&disk, "c.toml"), Some(one.to_string()));
        let past = editions(&Revision::open(&content, "HEAD").unwrap());
        assert_eq!(past.len(), 4);
        assert!(!disk.is_shallow() && !past.is_shallow());
    }
}

#[test]
fn without_a_history_nothing_is_known() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("school.toml"), SCHOOL).unwrap();
    let known = || {
        let source = Folder::open(folder.path()).unwrap();
        let (texts, _) = Texts::read(&source).unwrap();
        source.editions(&texts, "", None).unwrap()
    };
    assert!(known().is_empty());
    // A repository of no commit.
    Repository::init(folder.path()).unwrap();
    assert!(known().is_empty());
}

#[test]
fn what_a_shallow_history_cannot_tell_is_unknown() {
    let past = Trial::new();
    let one = past.commit(&files(&[("a", "1"), ("b", "1")]), &[], 10);
    let two = past.commit(&files(&[("a", "2"), ("b", "1")]), &[one], 20);
    let three = past.commit(&files(&[("a", "2"), ("b", "1"), ("c", "1")]), &[two], 30);
    std::fs::write(past.repository.path().join("shallow"), format!("{two}\n")).unwrap();
    let kept = past.folder.path().join("kept");
    let repository = Repository::open(past.folder.path()).unwrap();
    let editions = Editions::of_commit(&repository, ("", ""), three, Some(&kept)).unwrap();
    assert!(editions.is_shallow() && !kept.exists());
    assert!(editions.is_cut("a") && editions.is_cut("b") && !editions.is_cut("c"));
    assert_eq!(editions.known.keys().collect::<Vec<_>>(), ["c"]);
    // Completed, it tells the rest.
    std::fs::remove_file(past.repository.path().join("shallow")).unwrap();
    let repository = Repository::open(past.folder.path()).unwrap();
    let editions = Editions::of_commit(&repository, ("", ""), three, Some(&kept)).unwrap();
    assert!(!editions.is_shallow() && kept.exists());
    assert_eq!(editions.len(), 3);
}

#[test]
fn what_was_kept_is_only_believed_when_it_is_whole_and_about_this() {
    let past = Trial::new();
    let kept = past.folder.path().join("cache/kept");
    let one = past.commit(&files(&[("d/a", "1"), ("d/b", "1")]), &[], 10);
    let two = past.commit(&files(&[("d/a", "2"), ("d/b", "1")]), &[one], 20);
    let other = past.commit(&files(&[("d/a", "3"), ("d/b", "3")]), &[one], 40);
    past.editions("d", two, Some(&kept));
    let sound = std::fs::read_to_string(&kept).unwrap();
    assert_eq!(kept::load(&kept, "d").map(|known| known.files.len()), Some(2));
    assert_eq!(kept::load(&kept, ""), None);
    let cut = sound.len() / 2;
    for damaged in [
        sound.replace(" 20 ", " 21 "),
        sound.replace(&two.to_string(), &one.to_string()),
        sound.replace("editions 1", "editions 2"),
        sound[..cut].to_owned(),
        sound.lines().take(4).collect::<Vec<_>>().join("\n") + "\n",
        sound.to_uppercase(),
        "\0".into(),
        String::new(),
    ] {
        std::fs::write(&kept, &damaged).unwrap();
        assert_eq!(kept::load(&kept, "d"), None);
        assert_eq!(past.editions("d", two, Some(&kept)), past.expected("d", two));
        assert_eq!(std::fs::read_to_string(&kept).unwrap(), sound);
    }
    // A history written again: what was kept is about commits that are not in it.
    assert_eq!(past.editions("d", other, Some(&kept)), past.expected("d", other));
    // A head that no longer exists.
    let gone = sound.replace(&format!("head {two}"), &format!("head {}", "1".repeat(40)));
    let body = gone.splitn(3, '\n').nth(2).unwrap().to_owned();
    let seal = blake3::hash(body.as_bytes()).to_hex();
    std::fs::write(&kept, format!("jalon editions 1\n{seal}\n{body}")).unwrap();
    assert_eq!(past.editions("d", two, Some(&kept)), past.expected("d", two));
}

/// What a commit of a random history does: parents among those before, times at random, a few
/// files among few, so that changes cross each other, come back and disappear.
#[derive(Clone, Debug)]
struct Step {
    parents: Vec<prop::sample::Index>,
    at: i64,
    edits: Vec<(usize, Option<u8>)>,
    takes: Vec<prop::sample::Index>,
}

const PATHS: [&str; 7] = ["d/a", "d/b", "d/e/a", "d/e/b", "d/e", "top", "d/.hidden"];

fn step() -> impl Strategy<Value = Step> {
    let parents = prop_oneof![
        6 => prop::collection::vec(any::<prop::sample::Index>(), 1),
        3 => prop::collection::vec(any::<prop::sample::Index>(), 2..4),
        1 => Just(Vec::new()),
    ];
    let edit = (0..PATHS.len(), prop::option::weighted(0.8, 0..3_u8));
    let takes = prop::collection::vec(any::<prop::sample::Index>(), PATHS.len());
    (parents, 0..12_i64, prop::collection::vec(edit, 0..3), takes)
        .prop_map(|(parents, at, edits, takes)| Step { parents, at, edits, takes })
}

/// Makes the history; each file of a merge comes from one of its parents, then edits are made.
fn history(past: &Trial, steps: &[Step]) -> Vec<Oid> {
    let mut made: Vec<(Oid, Files)> = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        // Mostly the last commits, so that histories are long rather than wide.
        let parents: BTreeSet<usize> = match made.len() {
            0 => BTreeSet::new(),
            length => {
                let from = length.saturating_sub(3);
                step.parents.iter().map(|at| from + at.index(length - from)).collect()
            }
        };
        let parents: Vec<usize> = parents.into_iter().collect();
        let mut files = Files::new();
        for (path, takes) in PATHS.iter().zip(&step.takes) {
            if !parents.is_empty()
                && let Some(text) = made[parents[takes.index(parents.len())]].1.get(*path)
            {
                files.insert((*path).to_owned(), text.clone());
            }
        }
        for (path, text) in &step.edits {
            match text {
                Some(text) => drop(files.insert(PATHS[*path].into(), text.to_string())),
                None => drop(files.remove(PATHS[*path])),
            }
        }
        // A name is a file or a folder.
        if files.keys().any(|path| path.starts_with("d/e/")) {
            files.remove("d/e");
        }
        let ids: Vec<Oid> = parents.iter().map(|at| made[*at].0).collect();
        // Commits that say the same at the same time would be one: the number keeps them apart.
        files.insert(format!("n{number}"), String::new());
        made.push((past.commit(&files, &ids, step.at), files));
    }
    made.into_iter().map(|(id, _)| id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None, cases: 48, ..ProptestConfig::default()
    })]

    #[test]
    fn any_way_of_walking_gives_the_definition(
        steps in prop::collection::vec(step(), 1..14),
        stops in prop::collection::vec(any::<prop::sample::Index>(), 1..4),
    ) {
        let past = Trial::new();
        let commits = history(&past, &steps);
        let head = *commits.last().unwrap();
        for folder in ["", "d", "d/e"] {
            let expected = past.expected(folder, head);
            prop_assert_eq!(past.editions(folder, head, None), expected.clone());
            let kept = past.folder.path().join(format!("kept-{}", folder.len()));
            for stop in &stops {
                let stop = commits[stop.index(commits.len())];
                prop_assert_eq!(
                    past.editions(folder, stop, Some(&kept)), past.expected(folder, stop)
                );
            }
            prop_assert_eq!(past.editions(folder, head, Some(&kept)), expected.clone());
            let file = std::fs::read(&kept).unwrap();
            prop_assert_eq!(past.editions(folder, head, Some(&kept)), expected);
            // The file itself does not tell how it came about.
            let fresh = past.folder.path().join("fresh");
            past.editions(folder, head, Some(&fresh));
            prop_assert_eq!(&std::fs::read(&fresh).unwrap(), &file);
            std::fs::remove_file(&fresh).unwrap();
        }
        // Below a folder: the same answers, for fewer files.
        for (folder, below) in [("", "d"), ("", "d/e"), ("d", "e")] {
            let mut all = past.expected(folder, head);
            all.known.retain(|path, _| path.starts_with(&format!("{below}/")));
            let some = Editions::of_commit(&past.repository, (folder, below), head, None).unwrap();
            prop_assert_eq!(some, all);
        }
    }
}
