//! Every cell of the matrix, both ways: a real change by somebody who stands in one column only is
//! accepted when the cell writes, and refused when it does not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use super::actions::{Share, shares};
use super::judge;
use super::matrix::{Action, Bond, Cell, ELSEWHERE, MATRIX, Part, Row};
use super::parts::parts;
use super::samples::{SAMPLES, Sample, TEAM};
use crate::diagnostic::Severity;
use crate::history::{Act, Author, Breach, Change, Moment, Transition, transitions_between};
use crate::record::{load, quote};
use crate::source::{Hand, Memory, Texts};
use crate::text::Date;

/// Section B of the inventory of the guides, typed by hand: DDFPT, CE, ENS author, ENS other, PP, CPE,
/// APP, TUT, FAM.
const GUIDES: &[(&str, &str)] = &[
    ("Import SIECLE / STS", "W | W | – | – | – | – | – | – | –"),
    ("Create user by hand", "W | W | – | – | – | – | – | – | –"),
    ("Official periods, certification dates", "W | ? | R | R | R | R | ? | ? | ?"),
    ("LSL periodicity", "W (001) | W (000, 001) | R | R | R | – | – | – | –"),
    ("Scenario: read, duplicate, export", "R | ? | W | W (if not private) | W | – | – | – | –"),
    ("Scenario: edit, private, delete", "– | – | W | – | – | – | – | – | –"),
    ("Evaluation: create, fill", "– | – | W | W | W | – | – | – | –"),
    ("Evaluation after a bilan used it", "unlock | – | – | – | – | – | – | – | –"),
    (
        "Annex",
        "W (start of year) | ? | W (référent) | R | R | – | R (via period) | R (via period) | –",
    ),
    ("Declare / delete PFMP or employer period", "W | ? | – (by advice) | – | – | – | – | – | –"),
    ("Journal, fiches", "R | ? | R | R | R | ? | W | R | ?"),
    ("Bilan entreprise", "R | ? | W with TUT | ? | ? | – | R | W with ENS | ?"),
    (
        "Bilan intermédiaire: create",
        "– | – | W (professional teachers of the class) | – | – | – | – | – | –",
    ),
    ("Bilan intermédiaire: unlock", "W | – | – | – | – | – | – | – | –"),
    ("Attestation: tick / sign", "– | sign (paper) | W | ? | ? | – | receives | – | –"),
    ("CCF grid: fill, lock", "deposit only | – | W | W (commission) | ? | – | – | – | –"),
    ("Book: activate / write", "W / – | – | R | R | R | – | W | ? | –"),
    ("LSL Pro: fill / send", "send (001) | send | W | W (same team) | W | – | – | – | –"),
    (
        "LSL national (002)",
        "R all | W all + delegate | W own subject | – | R class, W investment | W engagements, R all | R own | – | R own child",
    ),
    ("Transfer switch", "– | – | – | – | – | – | – | – | – (ADM: W)"),
];

/// What a cell of the guides becomes for an action, when a row of theirs is two of ours.
fn read_as(action: Action, part: Part, cell: &'static str) -> &'static str {
    match (action, part) {
        (Action::BookOpen, Part::Ddfpt) => "W",
        (Action::BookOpen, _) => "–",
        (Action::BookPage, Part::Ddfpt) => "–",
        (Action::LivretSend, Part::Ddfpt | Part::Head) => "W",
        (Action::LivretSend, _) => "–",
        _ => cell,
    }
}

#[test]
fn the_matrix_says_what_the_guides_say() {
    for (title, line) in GUIDES {
        let rows: Vec<&Row> = MATRIX.iter().filter(|row| row.guide == Some(title)).collect();
        assert_eq!(rows.is_empty(), ELSEWHERE.contains(title), "{title}");
        let cells: Vec<&str> = line.split(" | ").collect();
        assert_eq!(cells.len(), 9, "{title}");
        for row in rows {
            for (part, cell) in Part::ALL.into_iter().zip(cells.iter().copied()) {
                let wanted = read_as(row.action, part, cell);
                let same = match row.cell(part) {
                    Cell::Write => {
                        wanted == "W" || wanted.starts_with("W (") || wanted == "W with TUT"
                    }
                    Cell::WriteIf(Bond::Shared) => wanted == "W" || wanted == "W (if not private)",
                    Cell::WriteIf(_) => wanted.starts_with("W ("),
                    Cell::Read => wanted == "R" || wanted.starts_with("R ("),
                    Cell::Never => wanted == "–" || wanted.starts_with("– ("),
                    Cell::Unsaid | Cell::Settled(_) => wanted == "?",
                    Cell::Aside(words) => wanted == words,
                };
                assert!(same, "{title}, {part:?}: {wanted} is {:?}", row.cell(part));
            }
        }
    }
    let titles: BTreeSet<&str> = GUIDES.iter().map(|(title, _)| *title).collect();
    let quoted: BTreeSet<&str> = MATRIX.iter().filter_map(|row| row.guide).collect();
    assert!(quoted.is_subset(&titles), "{quoted:?}");
    let actions: BTreeSet<Action> = MATRIX.iter().map(|row| row.action).collect();
    assert_eq!(actions.len(), MATRIX.len(), "an action has two rows");
}

/// Somebody who stands in one column only, with an address and roles.
fn somebody(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Ddfpt => ("ddfpt", "\"ddfpt\""),
        Part::Head => ("chef", "\"chef-etablissement\""),
        Part::Author => ("auteur", "\"enseignant\""),
        Part::Teacher => ("collegue", "\"enseignant\""),
        Part::FormTeacher => ("principal", ""),
        Part::Cpe => ("cpe", "\"cpe\""),
        Part::Administrator => ("admin", "\"administrateur\""),
        // These have no entry in staff.toml.
        Part::Learner => ("eleve", ""),
        Part::Tutor => ("tuteur", ""),
        Part::Family => ("famille", ""),
    }
}

fn address(part: Part) -> String {
    format!("{}@exemple.fr", somebody(part).0)
}

/// The base school, with one person a column.
static SCHOOL: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(school);

fn school() -> BTreeMap<String, Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schools/base");
    let mut files = BTreeMap::new();
    let mut waiting = vec![root.clone()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    // The longest référentiels take the longest to read, and no right looks into them.
    files.retain(|path, _| !path.starts_with("referentials/") || path.ends_with("/melec.toml"));
    let mut staff = String::from_utf8(files["staff.toml"].clone()).unwrap();
    for part in Part::ALL {
        if matches!(part, Part::Learner | Part::Tutor | Part::Family) {
            continue;
        }
        let (id, roles) = somebody(part);
        staff.push_str(&format!(
            "\n[personnes.{id}]\nciviliteX\nnom = \"{id}\"\nprenom = \"P\"\ncourriels = [{}]\nroles = [{roles}]\n",
            quote(&address(part))
        ).replace("civiliteX", "civilite = \"Mme\""));
    }
    files.insert("staff.toml".into(), staff.into_bytes());
    let pupil = "students/2025/dupont-lea/student.toml";
    let text = String::from_utf8(files[pupil].clone()).unwrap().replace(
        "prenom = \"Léa\"\n",
        &format!("prenom = \"Léa\"\ncourriels = [{}]\n", quote(&address(Part::Learner))),
    );
    let text = text.replace("nadia.dupont@exemple.fr", &address(Part::Family));
    files.insert(pupil.into(), text.into_bytes());
    files
}

/// The files before and after a sample of a change, made by somebody.
fn told(sample: &Sample, team: &str, me: &str) -> [BTreeMap<String, Vec<u8>>; 2] {
    let fill = |text: &str| text.replace("{moi}", me).replace("{auteur}", "auteur");
    let mut before = SCHOOL.clone();
    let class = "classes/2026-2027.toml";
    let classes = String::from_utf8(before[class].clone()).unwrap().replacen(
        "professeur_principal = \"mercier-paul\"\nequipe = [\"mercier-paul\"]",
        &format!("professeur_principal = \"principal\"\nequipe = {team}"),
        1,
    );
    assert!(classes.contains("principal\""));
    before.insert(class.into(), classes.into_bytes());
    for (path, text) in sample.before {
        before.insert((*path).to_owned(), fill(text).into_bytes());
    }
    let mut after = before.clone();
    for (path, edit) in sample.after {
        match edit {
            super::samples::Edit::Gone => drop(after.remove(*path).unwrap()),
            super::samples::Edit::Is(text) => {
                after.insert((*path).to_owned(), fill(text).into_bytes());
            }
            super::samples::Edit::Swap(old, new) => {
                let text = String::from_utf8(after[*path].clone()).unwrap();
                assert!(text.contains(old), "{path}: {old}");
                after.insert((*path).to_owned(), text.replacen(old, &fill(new), 1).into_bytes());
            }
            super::samples::Edit::To(new) => {
                let bytes = after.remove(*path).unwrap();
                after.insert((*new).to_owned(), bytes);
            }
        }
    }
    [before, after]
}

/// Judges a change by somebody; says also in which columns that person stood for an action.
fn judged(
    [before, after]: &[BTreeMap<String, Vec<u8>>; 2],
    email: &str,
    action: Action,
) -> (Vec<Breach>, Option<Vec<Part>>) {
    let read = |files: &BTreeMap<String, Vec<u8>>| Texts::read(&Memory(files.clone())).unwrap().0;
    let (old, new) = (read(before), read(after));
    let mut transitions = transitions_between(&old, &new);
    // Files beside records: only those that are new or changed, for what is tried here.
    for (path, bytes) in after {
        if new.get(path).is_none() && before.get(path) != Some(bytes) {
            let change = if before.contains_key(path) { Change::Changed } else { Change::Added };
            transitions.push(Transition::beside(path, None, change));
        }
    }
    assert!(!transitions.is_empty());
    let moment = Moment::of(&load(&old).0);
    let day: Date = "2027-06-10".parse().unwrap();
    let hand = Hand { name: email.to_owned(), email: email.to_owned(), at: 0, offset: 0 };
    let author = Author::find(&hand, day, &moment);
    let arrivals = BTreeSet::new();
    let act = Act {
        author: &author,
        day,
        transitions: &transitions,
        moment: &moment,
        arrivals: &arrivals,
        joint: false,
    };
    let stands = |share: &Share<'_>| parts(&act, share);
    let found = shares(&act).iter().find(|share| share.action == action).map(stands);
    let errors = judge(&act).into_iter();
    let errors = errors.filter(|breach| breach.finding.code.severity == Severity::Error);
    (errors.collect(), found)
}

fn words(breaches: &[Breach]) -> String {
    let all: Vec<String> = breaches
        .iter()
        .map(|one| format!("{} {}", one.finding.code.name, one.finding.message))
        .collect();
    all.join("\n")
}

#[test]
fn every_cell_holds_both_ways() {
    let mut walked: BTreeSet<(Action, Part)> = BTreeSet::new();
    for sample in SAMPLES {
        let row = Row::of(sample.action);
        for part in Part::ALL {
            let (me, _) = somebody(part);
            let (breaches, stood) = judged(&told(sample, TEAM, me), &address(part), sample.action);
            let what = format!("{:?} ({}), {part:?}", sample.action, sample.what);
            let stood = stood.unwrap_or_else(|| panic!("{what}: this is something else"));
            let wanted = match part {
                // They have no access of their own.
                Part::Tutor | Part::Family => Vec::new(),
                // Nobody but the learner of the folder.
                Part::Learner if !sample.is_of_a_pupil() => Vec::new(),
                part => vec![part],
            };
            // The form teacher of another class, or of none, is nobody there.
            if part == Part::FormTeacher && stood.is_empty() {
                assert!(!breaches.is_empty(), "{what}");
                continue;
            }
            let teachers = [Part::Author, Part::Teacher];
            let cell = if stood != wanted && teachers.contains(&part) {
                // A record without author, or one that is new, has one column of teachers only.
                assert!(stood.len() == 1 && teachers.contains(&stood[0]), "{what}: {stood:?}");
                row.cell(stood[0])
            } else {
                assert_eq!(stood, wanted, "{what}");
                row.cell(part)
            };
            let writes = cell.writes().is_some();
            assert_eq!(breaches.is_empty(), writes, "{what}\n{}", words(&breaches));
            walked.insert((sample.action, *stood.first().unwrap_or(&part)));
            if stood.is_empty() {
                walked.insert((sample.action, part));
            }
        }
    }
    // Another teacher than the author of a new review would be one who signs for the author.
    let forged = Sample {
        after: &[(
            "students/2025/dupont-lea/reviews/2027-04-09.toml",
            super::samples::Edit::Is(
                "date = 2027-04-09\nauteur = \"{auteur}\"\netat = \"brouillon\"\n",
            ),
        )],
        ..*SAMPLES.iter().find(|sample| sample.action == Action::ReviewNew).unwrap()
    };
    for part in Part::ALL.into_iter().filter(|part| *part != Part::Author) {
        let (me, _) = somebody(part);
        let (breaches, _) = judged(&told(&forged, TEAM, me), &address(part), Action::ReviewNew);
        assert!(!breaches.is_empty(), "a review in the name of another, {part:?}");
    }
    walked.insert((Action::ReviewNew, Part::Teacher));
    for row in MATRIX {
        let lacks = |part: &Part| !walked.contains(&(row.action, *part));
        let missing: Vec<Part> = Part::ALL.into_iter().filter(lacks).collect();
        // Where records have no author, the two columns of teachers say the same.
        let teachers = [Part::Author, Part::Teacher].map(|part| row.cell(part).writes());
        let same = missing.len() == 1
            && matches!(missing[0], Part::Author | Part::Teacher)
            && teachers[0] == teachers[1];
        assert!(missing.is_empty() || same, "{:?}: {missing:?} not walked", row.action);
    }
}

#[test]
fn a_condition_that_does_not_hold_refuses() {
    let mut seen = Vec::new();
    for sample in SAMPLES.iter().filter(|sample| sample.unbound.is_some()) {
        let Some((without, team)) = sample.unbound else { continue };
        let without = Sample { before: without, ..*sample };
        for part in Part::ALL {
            let (me, _) = somebody(part);
            let (breaches, stood) =
                judged(&told(&without, team, me), &address(part), sample.action);
            let Some([stood]) = stood.as_deref() else { continue };
            let Some(Some(bond)) = Row::of(sample.action).cell(*stood).writes() else { continue };
            assert!(!breaches.is_empty(), "{:?} {part:?} {bond:?}", sample.action);
            seen.push(bond);
        }
    }
    for bond in [Bond::Team, Bond::Commission, Bond::Named, Bond::Shared] {
        assert!(seen.contains(&bond), "{bond:?}");
    }
}

#[test]
fn whoever_stands_in_several_columns_has_the_rights_of_all() {
    let both = |sample: &Sample, roles: &str| {
        let mut sides = told(sample, TEAM, "auteur");
        for files in &mut sides {
            let staff = String::from_utf8(files["staff.toml"].clone()).unwrap();
            let (head, tail) = staff.split_once("[personnes.auteur]").unwrap();
            let tail = tail.replacen("roles = [\"enseignant\"]", roles, 1);
            files.insert("staff.toml".into(), format!("{head}[personnes.auteur]{tail}").into());
        }
        judged(&sides, &address(Part::Author), sample.action)
    };
    let of = |action: Action| SAMPLES.iter().find(|sample| sample.action == action).unwrap();
    for (action, roles) in [
        (Action::Calendar, "roles = [\"ddfpt\", \"enseignant\"]"),
        (Action::Scenario, "roles = [\"ddfpt\", \"enseignant\"]"),
        (Action::ReviewUnlock, "roles = [\"enseignant\", \"ddfpt\"]"),
        (Action::Periodicity, "roles = [\"chef-etablissement\", \"enseignant\"]"),
        (Action::Referential, "roles = [\"administrateur\", \"enseignant\"]"),
        (Action::Grid, "roles = [\"cpe\", \"enseignant\"]"),
    ] {
        let (breaches, stood) = both(of(action), roles);
        assert!(stood.unwrap().len() == 2, "{action:?}");
        assert!(breaches.is_empty(), "{action:?}\n{}", words(&breaches));
    }
    let (breaches, _) = both(of(Action::LearnerWords), "roles = [\"ddfpt\", \"enseignant\"]");
    assert!(!breaches.is_empty(), "no sum of roles writes a learner’s words");
}
