//! Holds the invented school to the record formats, at several sizes.

mod exams;
mod placements;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use toml::{Table, Value};

use super::corpus::{list, strings, text};
use super::{Options, generate};

/// Where the référentiels stand: the first folder that exists.
pub(super) fn referentials() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/referentials");
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|end| end == "toml") {
            let code = path.file_stem().expect("a name").to_string_lossy().into_owned();
            found.insert(code, fs::read_to_string(&path).expect("a text"));
        }
    }
    found
}

fn school(students: usize, years: u8, seed: u64) -> Vec<(String, Vec<u8>)> {
    generate(&Options { students, years, seed }, &referentials())
}

/// A generated school, every file parsed.
struct Parsed {
    files: BTreeMap<String, Table>,
}

impl Parsed {
    /// Invents a school, once for all tests.
    fn new(students: usize, years: u8) -> Arc<Self> {
        static KEPT: Mutex<BTreeMap<(usize, u8), Arc<Parsed>>> = Mutex::new(BTreeMap::new());
        let mut kept = KEPT.lock().expect("no test stopped here");
        let made =
            kept.entry((students, years)).or_insert_with(|| Arc::new(Self::draw(students, years)));
        Arc::clone(made)
    }

    fn draw(students: usize, years: u8) -> Self {
        let files = school(students, years, 3)
            .into_iter()
            .filter(|(path, _)| path.ends_with(".toml"))
            .map(|(path, source)| {
                let source = String::from_utf8(source).expect("UTF-8");
                let table =
                    source.parse().map_err(|error| format!("{path}: {error}")).expect("TOML");
                (path, table)
            })
            .collect();
        Self { files }
    }

    fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a Table)> {
        self.files
            .iter()
            .filter(move |(path, _)| path.starts_with(prefix))
            .map(|(path, table)| (path.as_str(), table))
    }

    fn reviews(&self) -> impl Iterator<Item = (&str, &Table)> {
        self.under("students/").filter(|(path, _)| path.contains("/reviews/"))
    }

    fn students(&self) -> impl Iterator<Item = (&str, &Table)> {
        self.under("students/").filter(|(path, _)| path.ends_with("/student.toml"))
    }

    fn staff(&self) -> BTreeSet<String> {
        self.files["staff.toml"]["personnes"]
            .as_table()
            .map(|people| people.keys().cloned().collect())
            .unwrap_or_default()
    }

    /// Classes of a year: id → record.
    fn classes(&self, year: &str) -> &Table {
        self.files[&format!("classes/{year}.toml")]["classes"].as_table().expect("classes")
    }

    /// Codes of a référentiel: competences, criteria, tasks.
    fn codes(&self, diploma: &str) -> [BTreeSet<String>; 3] {
        let table = &self.files[&format!("referentials/{diploma}.toml")];
        let mut found = [const { BTreeSet::new() }; 3];
        for competence in list(table, "groupes").flat_map(|group| list(group, "competences")) {
            found[0].insert(text(competence, "code"));
            let before = found[1].len();
            found[1].extend(list(competence, "criteres").map(|criterion| text(criterion, "code")));
            if found[1].len() == before {
                found[1].insert(text(competence, "code"));
            }
        }
        for activity in list(table, "activites") {
            found[2].extend(list(activity, "taches").map(|task| text(task, "code")));
        }
        found
    }
}

#[test]
fn same_options_same_bytes() {
    for seed in [1, 99] {
        assert!(school(60, 3, seed) == school(60, 3, seed));
    }
    assert!(school(60, 3, 1) != school(60, 3, 99));
}

#[test]
fn paths_are_sorted_and_unique() {
    for (students, years) in [(1, 1), (1, 3), (20, 3), (120, 2), (310, 3)] {
        let files = school(students, years, 5);
        let double = files.windows(2).find(|pair| pair[0].0 >= pair[1].0);
        assert!(
            double.is_none(),
            "{students} pupils: {}",
            double.map_or("", |pair| pair[0].0.as_str())
        );
    }
}

#[test]
fn the_current_year_has_the_pupils_asked_for() {
    for students in [1, 2, 11, 20, 26, 27, 120, 310] {
        for years in [1, 3] {
            let parsed = Parsed::new(students, years);
            let current = parsed.students().filter(|(_, table)| {
                !table.contains_key("inactif_depuis")
                    && list(table, "scolarite").any(|stay| text(stay, "annee") == "2026-2027")
            });
            assert_eq!(current.count(), students, "{students} pupils, {years} years");
        }
    }
}

#[test]
fn identifiers_and_numbers_are_unique() {
    let parsed = Parsed::new(310, 3);
    let mut ids = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    for (path, table) in parsed.students() {
        let id = path.split('/').nth(2).expect("an id");
        assert!(ids.insert(id.to_owned()), "{id}");
        assert!(
            id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
            "{id}"
        );
        for key in ["eleve_id", "ine", "numero_candidat"] {
            let number = text(table, key);
            assert!(number.is_empty() || numbers.insert(number), "{path} {key}");
        }
    }
}

#[test]
fn uncommon_cases_are_there() {
    let parsed = Parsed::new(310, 3);
    let students: Vec<&Table> = parsed.students().map(|(_, table)| table).collect();
    let some = |test: &dyn Fn(&Table) -> bool| students.iter().any(|table| test(table));
    assert!(some(&|t| text(t, "nom").chars().count() >= 65));
    assert!(some(&|t| !t.contains_key("ine")));
    assert!(some(&|t| !t.contains_key("responsables")));
    assert!(some(&|t| {
        let stays: Vec<&Table> = list(t, "scolarite").collect();
        stays.windows(2).any(|pair| {
            text(pair[0], "annee") == text(pair[1], "annee")
                && text(pair[0], "statut") == "apprenti"
                && text(pair[1], "statut") == "scolaire"
        })
    }));
    assert!(some(&|t| {
        let stays: Vec<&Table> = list(t, "scolarite").collect();
        stays.windows(2).any(|pair| {
            text(pair[0], "annee") == text(pair[1], "annee")
                && text(pair[0], "classe") != text(pair[1], "classe")
        })
    }));
    assert!(some(&|t| {
        let premieres: Vec<&Table> =
            list(t, "scolarite").filter(|stay| text(stay, "classe").starts_with('1')).collect();
        premieres.windows(2).any(|pair| text(pair[0], "annee") != text(pair[1], "annee"))
    }));
    let mut seen = BTreeSet::new();
    assert!(!students.iter().all(|t| seen.insert((
        text(t, "nom"),
        text(t, "prenom"),
        t["naissance"].to_string()
    ))));
    let hidden = parsed
        .under("evaluations/")
        .filter(|(_, t)| t.get("affichage") == Some(&Value::Boolean(false)));
    assert_eq!(hidden.count(), 1);
    assert!(parsed.under("scenarios/").any(|(_, t)| t.contains_key("prive")));
    assert!(parsed.under("scenarios/").any(|(_, t)| t.contains_key("copie_de")));
    assert!(parsed.reviews().any(|(_, t)| text(t, "etat") == "brouillon"));
    assert_eq!(parsed.reviews().filter(|(_, t)| t.contains_key("deverrouillage")).count(), 2);
}

#[test]
fn every_code_exists_and_every_row_is_whole() {
    for (students, years) in [(1, 3), (20, 3), (120, 3), (310, 3), (310, 1)] {
        let parsed = Parsed::new(students, years);
        let staff = parsed.staff();
        for (path, scenario) in parsed.under("scenarios/") {
            let [_, criteria, tasks] = parsed.codes(path.split('/').nth(1).expect("a diploma"));
            let chosen = strings(scenario, "criteres");
            assert!((4..=7).contains(&chosen.len()), "{path}");
            assert!(chosen.iter().all(|code| criteria.contains(code)), "{path}");
            assert!(strings(scenario, "taches").iter().all(|code| tasks.contains(code)), "{path}");
            assert!(staff.contains(&text(scenario, "auteur")), "{path}");
            let original = text(scenario, "copie_de");
            assert!(
                original.is_empty()
                    || parsed.files.contains_key(&format!("scenarios/{original}.toml")),
                "{path}"
            );
        }
        for (path, evaluation) in parsed.under("evaluations/") {
            let parts: Vec<&str> = path.split('/').collect();
            let class = parsed.classes(parts[1])[parts[2]].as_table().expect("a class");
            let [_, criteria, tasks] = parsed.codes(&text(class, "diplome"));
            let chosen = strings(evaluation, "criteres");
            assert!(chosen.iter().all(|code| criteria.contains(code)), "{path}");
            assert!(
                strings(evaluation, "taches").iter().all(|code| tasks.contains(code)),
                "{path}"
            );
            assert!(strings(class, "equipe").contains(&text(evaluation, "auteur")), "{path}");
            assert!(
                parsed
                    .files
                    .contains_key(&format!("scenarios/{}.toml", text(evaluation, "scenario"))),
                "{path}"
            );
            for (pupil, row) in evaluation["resultats"].as_table().expect("results") {
                let cells: Vec<&str> =
                    row.as_array().expect("a row").iter().filter_map(Value::as_str).collect();
                let neutral = cells.is_empty() || cells == ["abs"] || cells == ["disp"];
                assert!(neutral || cells.len() == chosen.len(), "{path} {pupil}");
                assert!(
                    neutral || cells.iter().all(|cell| ["NE", "--", "-", "+", "++"].contains(cell)),
                    "{path} {pupil}"
                );
            }
        }
    }
}

#[test]
fn pupils_are_in_the_classes_that_assess_them() {
    let parsed = Parsed::new(120, 3);
    let students: BTreeMap<&str, &Table> = parsed
        .students()
        .map(|(path, table)| (path.split('/').nth(2).expect("an id"), table))
        .collect();
    for (path, evaluation) in parsed.under("evaluations/") {
        let parts: Vec<&str> = path.split('/').collect();
        for pupil in evaluation["resultats"].as_table().expect("results").keys() {
            let there = list(students[pupil.as_str()], "scolarite")
                .any(|stay| text(stay, "annee") == parts[1] && text(stay, "classe") == parts[2]);
            assert!(there, "{path} {pupil}");
        }
    }
}

#[test]
fn reviews_hold_together() {
    for (students, years) in [(1, 3), (120, 3), (310, 2)] {
        let parsed = Parsed::new(students, years);
        let staff = parsed.staff();
        for (path, review) in parsed.reviews() {
            assert!(staff.contains(&text(review, "auteur")), "{path}");
            let day = review["date"].to_string();
            assert!(path.ends_with(&format!("/{day}.toml")), "{path}");
            assert!(day.as_str() <= "2026-11-22", "{path}");
            if text(review, "etat") == "valide" {
                assert!(staff.contains(&text(review, "valide_par")), "{path}");
                assert!(review["valide_le"].to_string() >= day, "{path}");
            } else {
                assert!(!review.contains_key("valide_le"), "{path}");
            }
            let codes = review["positions"].as_table().expect("positions");
            let taken = strings(review, "evaluations");
            for key in &taken {
                let evaluation = &parsed.files[&format!("evaluations/{key}.toml")];
                assert!(evaluation["date"].to_string() <= day, "{path} {key}");
                let pupil = path.split('/').nth(2).expect("an id");
                assert!(evaluation["resultats"].get(pupil).is_some(), "{path} {key}");
            }
            if let Some(parts) = taken.first().map(|key| key.split('/').collect::<Vec<_>>()) {
                let [competences, _, _] = parsed.codes(&text(
                    parsed.classes(parts[0])[parts[1]].as_table().expect("a class"),
                    "diplome",
                ));
                assert_eq!(codes.keys().cloned().collect::<BTreeSet<_>>(), competences, "{path}");
            }
            let note = review.get("note").map(|note| note.as_float().expect("a note"));
            assert!(
                note.is_none_or(|note| (0.0..=20.0).contains(&note) && (note * 2.0).fract() == 0.0),
                "{path}"
            );
        }
    }
}

#[test]
fn remarks_agree_with_the_pupil_and_hold_no_hole() {
    let parsed = Parsed::new(310, 3);
    let mut distinct = BTreeSet::new();
    for (path, review) in parsed.reviews() {
        let owner = format!("{}/student.toml", path.split("/reviews/").next().expect("a folder"));
        let girl = text(&parsed.files[&owner], "sexe") == "F";
        for key in ["constats", "conseils"] {
            let remark = text(review, key);
            let wrong: &[&str] = if girl {
                &[
                    "investi ",
                    "montrer plus régulier ",
                    "relâché ",
                    "pu être évalué ",
                    "bien adapté aux",
                    "Élève discret,",
                    "habitué ",
                    "rassuré ",
                ]
            } else {
                &[
                    "Elle ",
                    " elle ",
                    "investie",
                    "montrer plus régulière ",
                    "relâchée",
                    "pu être évaluée",
                    "bien adaptée aux",
                    "Élève discrète",
                ]
            };
            for word in wrong {
                assert!(!remark.contains(word), "{path}: {remark}");
            }
            if girl {
                assert!(
                    !remark.contains(" il mène") && !remark.contains("qu'il "),
                    "{path}: {remark}"
                );
            }
            for hole in ["{", "}", "|", "  ", " .", "de l'on", " de a", " de é", " de u", " que il"]
            {
                assert!(!remark.contains(hole), "{path}: {hole:?} in {remark}");
            }
            distinct.insert(remark);
        }
    }
    assert!(distinct.len() > 800, "{}", distinct.len());
}

#[test]
fn work_is_done_on_open_days() {
    let parsed = Parsed::new(120, 3);
    for (path, evaluation) in parsed.under("evaluations/") {
        let day = evaluation["date"].to_string();
        let year = path.split('/').nth(1).expect("a year");
        let class = parsed.classes(year)[path.split('/').nth(2).expect("a class")]
            .as_table()
            .expect("a class");
        for pfmp in list(&parsed.files[&format!("calendar/{year}.toml")], "pfmp") {
            let concerned = text(pfmp, "niveau") == text(class, "niveau")
                && strings(pfmp, "diplomes").contains(&text(class, "diplome"));
            let inside = pfmp["debut"].to_string() <= day && day <= pfmp["fin"].to_string();
            assert!(!(concerned && inside), "{path} on {day}");
        }
        assert!(!("2025-12-20".."2026-01-05").contains(&day.as_str()), "{path} on {day}");
        assert!(day.as_str() <= "2026-11-20", "{path} on {day}");
    }
}

#[test]
fn folders_stay_small_in_the_largest_school() {
    let files = school(2200, 3, 1);
    let mut entries: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, _) in &files {
        let mut end = path.len();
        while let Some(slash) = path[..end].rfind('/') {
            entries.entry(&path[..slash]).or_default().insert(&path[slash + 1..end]);
            end = slash;
        }
    }
    for (folder, names) in entries {
        assert!(names.len() < 1000, "{folder}: {}", names.len());
    }
    let portfolios: Vec<&Vec<u8>> = files
        .iter()
        .filter(|(path, _)| path.starts_with("students/") && path.contains("/pfmp/"))
        .map(|(_, text)| text)
        .collect();
    assert!((10_000..16_000).contains(&portfolios.len()), "{}", portfolios.len());
    let entries = |header: &str| -> usize {
        let text = portfolios.iter().filter_map(|text| std::str::from_utf8(text).ok());
        text.map(|text| text.matches(header).count()).sum()
    };
    let (weeks, sheets) = (entries("[[journal]]"), entries("[[fiches]]"));
    assert!(weeks > 30_000 && sheets > 25_000, "{weeks} weeks, {sheets} sheets");
}

#[test]
fn few_referentials_are_enough() {
    assert!(generate(&Options { students: 20, years: 3, seed: 1 }, &BTreeMap::new()).len() >= 4);
    let mut only = referentials();
    only.retain(|code, _| code == "melec");
    let files = generate(&Options { students: 40, years: 3, seed: 1 }, &only);
    assert!(files.iter().any(|(path, _)| path.starts_with("evaluations/")));
}
