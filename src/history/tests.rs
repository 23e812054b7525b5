//! Any history gives the same verdicts, whatever was kept of an earlier walk; the school of each
//! step is that of its records.

use std::collections::BTreeMap;

use git2::Oid;
use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::record;
use crate::source::trial::{Files, Trial};
use crate::source::{Memory, ObjectId, Past, Texts};
use crate::text::Date;

static SEEN: Code = Code {
    name: "ESSAI-VU",
    severity: Severity::Error,
    summary: "",
    explanation: "",
    wrong: "",
    right: "",
};

const STAFF: &str = "[personnes.a]\ncivilite = \"M.\"\nnom = \"A\"\nprenom = \"A\"\ncourriels = [\"a@e.example\"]\nroles = [\"enseignant\"]\n";

/// Tells every transition, with all that a rule could see of the rest of the school.
fn see(act: &Act<'_>) -> Vec<Breach> {
    let see = |one: &Transition| {
        let frozen = act.moment.freezing("2026-2027/1a/e");
        let entries = act.moment.entries("2026-2027/p");
        let message = format!(
            "{:?} {:?} {frozen:?} {entries:?} {:?} {:?}",
            one.change,
            act.author.called(),
            act.moment.class_of("x", act.day).map(|class| &class.team),
            act.moment.scenario("d/premiere/s"),
        );
        Breach::of(Finding::new(&SEEN, Site::file(&one.file), message), &one.differences)
    };
    act.transitions.iter().map(see).collect()
}

/// One of the files that matter, in one of its versions; nothing takes it away.
fn version(file: u8, version: u8) -> (String, Option<String>) {
    let text = |text: String| (version > 0).then_some(text);
    let n = u32::from(version);
    match file {
        0 => (
            "staff.toml".into(),
            Some(STAFF.replace("a@e", if version == 2 { "b@e" } else { "a@e" })),
        ),
        1 => (
            format!("students/{}/x/student.toml", 2025 + n % 2),
            text(format!("nom = \"X\"\nprenom = \"X\"\nnaissance = 2010-01-01\n[[scolarite]]\nannee = \"2026-2027\"\nclasse = \"{n}a\"\nstatut = \"scolaire\"\n")),
        ),
        2 => (
            "students/2025/x/reviews/2026-12-11.toml".into(),
            text(match version {
                1 => "date = 2026-12-11\nauteur = \"a\"\netat = \"valide\"\nvalide_le = 2026-12-11\nevaluations = [\"2026-2027/1a/e\"]\n".into(),
                2 => "date = 2026-12-11\nauteur = \"a\"\netat = \"brouillon\"\nevaluations = [\"2026-2027/1a/e\"]\n".into(),
                _ => "date = 2026-12-11 faute\n".into(),
            }),
        ),
        3 => (
            "classes/2026-2027.toml".into(),
            text(format!("[classes.1a]\nnom = \"1A\"\ndiplome = \"d\"\nniveau = \"premiere\"\nequipe = [\"t{n}\"]\n")),
        ),
        4 => (
            "scenarios/d/premiere/s.toml".into(),
            text(format!("titre = \"S{n}\"\nauteur = \"p{n}\"\n")),
        ),
        _ => (
            "students/2025/x/pfmp/2026-2027-p.toml".into(),
            text("[[journal]]\nsemaine = 1\nsaisi_le = 2026-11-06\nactivites = \"x\"\n".repeat(version.into())),
        ),
    }
}

#[derive(Clone, Debug)]
enum Op {
    /// On the main line.
    Write(u8, u8),
    /// On a branch begun some steps before, merged at once.
    Branch(Vec<(u8, u8)>, usize),
}

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let change = || (0..6u8, 0..4u8);
    let op = prop_oneof![
        change().prop_map(|(file, version)| Op::Write(file, version)),
        (prop::collection::vec(change(), 1..4), 0..4usize)
            .prop_map(|(changes, back)| Op::Branch(changes, back)),
    ];
    prop::collection::vec(op, 1..9)
}

/// Plays operations; gives the commits of the main line and the files of each.
fn play(trial: &Trial, ops: &[Op]) -> Vec<(Oid, Files)> {
    let apply = |files: &mut Files, (file, number): (u8, u8)| {
        if file == 1 {
            files.retain(|path, _| !path.ends_with("student.toml"));
        }
        let (path, text) = version(file, number);
        match text {
            Some(text) => drop(files.insert(path, text)),
            None => drop(files.remove(&path)),
        }
    };
    let mut clock = 1_790_000_000;
    let mut commit = |files: &Files, parents: &[Oid]| {
        clock += 3600;
        trial.commit_by(files, parents, ("A", "a@e.example"), clock)
    };
    let founded = Files::from([
        ("school.toml".to_owned(), "nom = \"L\"\n".to_owned()),
        ("staff.toml".to_owned(), STAFF.to_owned()),
    ]);
    let mut line = vec![(commit(&founded, &[]), founded)];
    for op in ops {
        let (tip, mut files) = line.last().cloned().unwrap();
        match op {
            Op::Write(file, version) => {
                apply(&mut files, (*file, *version));
                line.push((commit(&files, &[tip]), files));
            }
            Op::Branch(changes, back) => {
                let fork = line.len().saturating_sub(1 + back);
                let (mut last, mut own) = line[fork].clone();
                let mut touched = BTreeMap::new();
                for change in changes {
                    apply(&mut own, *change);
                    last = commit(&own, &[last]);
                }
                // The merge takes from each side what it changed; the branch wins.
                for path in own.keys().chain(line[fork].1.keys()) {
                    if own.get(path) != line[fork].1.get(path) {
                        touched.insert(path.clone(), own.get(path).cloned());
                    }
                }
                for (path, text) in touched {
                    match text {
                        Some(text) => drop(files.insert(path, text)),
                        None => drop(files.remove(&path)),
                    }
                }
                line.push((commit(&files, &[tip, last]), files));
            }
        }
    }
    line
}

/// Files that are remembered, each in some versions.
const SETS: &[(&str, &[&str])] = &[
    ("staff.toml", &[STAFF]),
    (
        "students/2025/x/reviews/2026-12-11.toml",
        &[
            "date = 2026-12-11\nauteur = \"a\"\netat = \"valide\"\nvalide_le = 2026-12-11\nevaluations = [\"2026-2027/1a/e\"]\n",
            "date = 2026-12-11\nauteur = \"a\"\netat = \"valide\"\nvalide_le = 2026-12-11\nevaluations = [\"2026-2027/1a/e\", \"2026-2027/1a/f\"]\n\
             [[deverrouillage]]\npar = \"d\"\ndate = 2027-01-05\nmotif = \"m\"\n",
            "date = 2026-12-11\nauteur = \"a\"\netat = \"brouillon\"\nevaluations = [\"2026-2027/1a/e\"]\n",
        ],
    ),
    (
        "students/2025/y/reviews/2026-12-11.toml",
        &[
            "date = 2026-12-11\nauteur = \"a\"\netat = \"valide\"\nvalide_le = 2026-12-11\nevaluations = [\"2026-2027/1a/e\"]\n",
        ],
    ),
    (
        "students/2025/x/student.toml",
        &[
            "nom = \"X\"\nprenom = \"X\"\ncourriels = [\"x@e.example\"]\nnaissance = 2010-01-01\nscolarite = []\n",
            "nom = \"X\"\nprenom = \"X\"\ncourriels = [\"y@e.example\"]\nnaissance = 2010-01-01\nscolarite = []\n",
        ],
    ),
    (
        "students/2026/x/student.toml",
        &[
            "nom = \"X\"\nprenom = \"X\"\ncourriels = [\"x@e.example\"]\nnaissance = 2010-01-01\nscolarite = []\n",
        ],
    ),
    (
        "students/2025/x/pfmp/2026-2027-p.toml",
        &[
            "[[journal]]\nsemaine = 1\nsaisi_le = 2026-11-06\nactivites = \"x\"\n",
            "[entreprise]\nnom = \"N\"\n",
        ],
    ),
    (
        "students/2025/x/certification/2027-e31.toml",
        &["auteur = \"a\"\n", "auteur = \"a\"\n[verrouillage]\nle = 2027-04-19\npar = \"a\"\n"],
    ),
    (
        "students/2025/x/lsl/2026-2027.toml",
        &["enseignants = [\"a\"]\n", "[[envois]]\nle = 2027-06-04\npar = \"d\"\n"],
    ),
    (
        "scenarios/d/premiere/s.toml",
        &["titre = \"S\"\nauteur = \"p\"\n", "titre = \"S\"\nauteur = \"p\"\nprive = true\n"],
    ),
    (
        "calendar/2026-2027.toml",
        &[
            "debut = 2026-09-01\nfin = 2027-07-02\n[service_lsl]\nouverture = 2027-05-03\nfermeture = 2027-06-25\n",
        ],
    ),
    (
        "classes/2026-2027.toml",
        &["[classes.1a]\nnom = \"1A\"\ndiplome = \"d\"\nniveau = \"premiere\"\nequipe = [\"t\"]\n"],
    ),
];

fn id(oid: Oid) -> ObjectId {
    oid.to_string().parse().unwrap()
}

fn moment_of(files: &Files) -> Moment {
    let bytes = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    let (texts, _) = Texts::read(&Memory(bytes.collect())).unwrap();
    Moment::of(&record::load(&texts).0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_was_kept_changes_nothing(ops in ops(), stop in 0..9usize) {
        let trial = Trial::new();
        let line = play(&trial, &ops);
        let kept = tempfile::tempdir().unwrap();
        let past = Past::open(trial.folder.path()).unwrap().unwrap();
        let head = id(line.last().unwrap().0);
        let today = Date::new(2027, 1, 1).unwrap();
        let method = |kept| Method { judge: see, edition: "1", kept, today };
        let whole = annals(&past, head, &method(None)).unwrap();

        let half = id(line[stop % line.len()].0);
        audit(&past, half, &method(Some(kept.path()))).unwrap();
        for _ in 0..2 {
            prop_assert_eq!(&annals(&past, head, &method(Some(kept.path()))).unwrap(), &whole);
        }
        prop_assert_eq!(&audit(&past, head, &method(Some(kept.path()))).unwrap(), &whole.0);
        prop_assert_eq!(whole.0.steps, line.len());
    }

    #[test]
    fn any_way_to_the_same_records_gives_the_same_school(
        steps in prop::collection::vec((0..SETS.len(), 0..4usize), 0..40),
    ) {
        let mut moment = Moment::default();
        let mut last = Files::new();
        for (at, version) in steps {
            let (path, versions) = SETS[at];
            let file = std::sync::Arc::from(path);
            let text = version.checked_sub(1).and_then(|version| versions.get(version));
            let read = text.map(|text| record::version(&file, text));
            let known = read.as_ref().and_then(|read| read.kind.as_ref().zip(read.record.as_ref()));
            prop_assert_eq!(text.is_some(), known.is_some());
            moment.take(&file, known);
            match text {
                Some(text) => drop(last.insert(path.to_owned(), (*text).to_owned())),
                None => drop(last.remove(path)),
            }
        }
        prop_assert_eq!(moment, moment_of(&last));
    }

    #[test]
    fn the_school_of_a_moment_is_that_of_its_records(ops in ops()) {
        let trial = Trial::new();
        let line = play(&trial, &ops);
        let past = Past::open(trial.folder.path()).unwrap().unwrap();
        for (oid, files) in &line {
            // What cannot be read leaves what was known before: not a matter of one moment.
            if files.values().any(|text| text.contains("faute")) {
                break;
            }
            let moment = audit::moment_at(&past, id(*oid), see).unwrap();
            prop_assert_eq!(moment, moment_of(files));
        }
    }
}

/// The codes that an audit tells, and the day of each.
fn told(trial: &Trial, head: Oid, kept: Option<&std::path::Path>) -> Vec<(String, String)> {
    let past = Past::open(trial.folder.path()).unwrap().unwrap();
    let today = Date::new(2026, 11, 12).unwrap();
    let judge = |_: &Act<'_>| Vec::new();
    let method = Method { judge, edition: "1", kept, today };
    let faults = audit(&past, id(head), &method).unwrap().faults;
    let day = |fault: &Fault| fault.trace.day().unwrap().to_string();
    faults.iter().map(|fault| (fault.code.clone(), day(fault))).collect()
}

#[test]
fn dates_that_do_not_hold_together_are_told() {
    const NOVEMBER: i64 = 1_793_600_000;
    let trial = Trial::new();
    let mut files = Files::from([("staff.toml".to_owned(), STAFF.to_owned())]);
    let known = ("A", "a@e.example");
    let mut last = trial.commit_by(&files, &[], known, NOVEMBER);
    let mut step = |at: i64| {
        files.insert(format!("scenarios/d/premiere/s{at}.toml"), "titre = \"S\"\n".to_owned());
        last = trial.commit_by(&files, &[last], known, at);
        last
    };
    // A clock late by five minutes is no matter; by a day, it is.
    step(NOVEMBER - 300);
    assert_eq!(told(&trial, step(NOVEMBER + 60), None), []);
    let back = step(NOVEMBER - 86_400);
    let day = |at: i64| Date::at(at, 0).unwrap().to_string();
    let late = ("HISTOIRE-RECUL".to_owned(), day(NOVEMBER - 86_400));
    assert_eq!(told(&trial, back, None), std::slice::from_ref(&late));
    let ahead = step(NOVEMBER + 400 * 86_400);
    let future = ("HISTOIRE-FUTUR".to_owned(), day(NOVEMBER + 400 * 86_400));
    assert_eq!(told(&trial, ahead, None), [late, future]);
}

#[test]
fn a_commit_recorded_long_after_it_was_written_is_told() {
    let trial = Trial::new();
    let files = Files::from([("staff.toml".to_owned(), STAFF.to_owned())]);
    let first = trial.commit_by(&files, &[], ("A", "a@e.example"), 1_790_000_000);
    let commit = trial.repository.find_commit(first).unwrap();
    let hand = |at| git2::Signature::new("A", "a@e.example", &git2::Time::new(at, 0)).unwrap();
    let (wrote, recorded) = (hand(1_790_000_000), hand(1_790_000_000 + 3 * 86_400));
    let tree = commit.tree().unwrap();
    let again = trial.repository.commit(None, &wrote, &recorded, "m", &tree, &[&commit]).unwrap();
    let codes: Vec<String> = told(&trial, again, None).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["HISTOIRE-DATE"]);
}

#[test]
fn a_past_that_is_no_longer_there_is_told_once_it_was_seen() {
    let trial = Trial::new();
    let kept = tempfile::tempdir().unwrap();
    let mut files = Files::from([("staff.toml".to_owned(), STAFF.to_owned())]);
    let known = ("A", "a@e.example");
    let first = trial.commit_by(&files, &[], known, 1_790_000_000);
    files.insert("scenarios/d/premiere/s.toml".into(), "titre = \"S\"\n".into());
    let seen = trial.commit_by(&files, &[first], known, 1_790_003_600);
    files.insert("scenarios/d/premiere/s.toml".into(), "titre = \"T\"\n".into());
    let other = trial.commit_by(&files, &[first], known, 1_790_007_200);
    let codes = |head| -> Vec<String> {
        told(&trial, head, Some(kept.path())).into_iter().map(|(code, _)| code).collect()
    };
    assert!(codes(seen).is_empty());
    // An older version is no rewriting.
    assert!(codes(first).is_empty());
    assert_eq!(codes(other), ["HISTOIRE-REECRITE"]);
}

#[test]
fn a_history_of_strangers_is_told_in_one_sentence() {
    let trial = Trial::new();
    let mut files = Files::from([("staff.toml".to_owned(), STAFF.to_owned())]);
    let stranger = ("Z", "z@elsewhere.example");
    let mut last = trial.commit_by(&files, &[], stranger, 1_790_000_000);
    for n in 0..3 {
        files.insert("scenarios/d/premiere/s.toml".into(), format!("titre = \"S{n}\"\n"));
        last = trial.commit_by(&files, &[last], stranger, 1_790_000_000 + n * 60);
    }
    let past = Past::open(trial.folder.path()).unwrap().unwrap();
    let today = Date::new(2026, 11, 12).unwrap();
    let method = Method { judge: see, edition: "1", kept: None, today };
    let found = audit(&past, id(last), &method).unwrap();
    assert!(found.is_foreign());
    let codes: Vec<&str> = found.faults.iter().map(|fault| fault.code.as_str()).collect();
    assert_eq!(codes, ["HISTOIRE-ETRANGERE"]);
}
