//! `docs/couverture.md`: every row of the list of functions stands there once, what it names exists,
//! and its totals are counted, not typed.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the list of functions, and how many rows each has: 307 in all.
const MODULES: &[(&str, usize)] = &[
    ("CNX", 20),
    ("IMP", 13),
    ("CON", 7),
    ("PER", 7),
    ("SCE", 27),
    ("EVA", 15),
    ("ANX", 15),
    ("PFM", 16),
    ("POR", 14),
    ("BOOK", 7),
    ("DASH", 18),
    ("SUI", 4),
    ("BIL", 21),
    ("LCK", 8),
    ("ATT", 6),
    ("CCF", 19),
    ("LSL", 42),
    ("NAT", 38),
    ("TRF", 6),
    ("SUP", 4),
];

const STATES: [&str; 4] = ["fait", "partiel", "à venir", "sans objet"];

const OPENS: &str = "<!-- décompte : écrit par le programme -->\n";
const CLOSES: &str = "<!-- fin du décompte -->\n";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> String {
    fs::read_to_string(root().join("docs/couverture.md")).unwrap()
}

/// A row of the table: id, what there is, where, how it is verified, state.
struct Row {
    id: String,
    module: String,
    verified: String,
    state: String,
}

fn rows(page: &str) -> Vec<Row> {
    let is_row = |id: &str| {
        id.split_once('-').is_some_and(|(module, number)| {
            MODULES.iter().any(|(known, _)| *known == module) && number.parse::<usize>().is_ok()
        })
    };
    page.lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.strip_prefix('|')?.split('|').map(str::trim).collect();
            let id = (*cells.first()?).to_owned();
            is_row(&id).then(|| {
                assert_eq!(cells.len(), 6, "{id} : cinq colonnes");
                Row {
                    module: id.split('-').next().unwrap().to_owned(),
                    id,
                    verified: cells[3].to_owned(),
                    state: cells[4].to_owned(),
                }
            })
        })
        .collect()
}

#[test]
fn every_row_stands_once_with_a_state() {
    let page = page();
    let rows = rows(&page);
    let mut expected = BTreeSet::new();
    for (module, number) in MODULES {
        expected.extend((1..=*number).map(|row| format!("{module}-{row:02}")));
    }
    assert_eq!(expected.len(), 307);
    let found: BTreeSet<String> = rows.iter().map(|row| row.id.clone()).collect();
    let missing: Vec<_> = expected.difference(&found).collect();
    let unknown: Vec<_> = found.difference(&expected).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "manquent {missing:?}, en trop {unknown:?}");
    assert_eq!(rows.len(), found.len(), "une ligne est écrite deux fois");
    for row in &rows {
        assert!(STATES.contains(&row.state.as_str()), "{} : état {:?}", row.id, row.state);
        assert!(
            row.state == "à venir" || row.state == "sans objet" || row.verified.len() > 3,
            "{} : dites comment c’est vérifié",
            row.id
        );
    }
}

#[test]
fn tests_and_rules_that_rows_name_exist() {
    let names = names_of_tests(&root().join("src"))
        .into_iter()
        .chain(names_of_tests(&root().join("tests")))
        .collect::<BTreeSet<_>>();
    for row in rows(&page()) {
        for quoted in row.verified.split('`').skip(1).step_by(2) {
            let is_test = quoted.contains('_')
                && quoted
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            let is_rule = quoted.contains('-')
                && quoted.starts_with(|c: char| c.is_ascii_uppercase())
                && quoted
                    .bytes()
                    .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
            if is_test {
                assert!(names.contains(quoted), "{} : pas de test {quoted}", row.id);
            } else if is_rule {
                let folder = root().join("tests/rules").join(quoted);
                assert!(folder.is_dir(), "{} : pas de dossier tests/rules/{quoted}", row.id);
            }
        }
    }
}

fn names_of_tests(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            names.extend(names_of_tests(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let functions = text.lines().filter_map(|line| line.trim().strip_prefix("fn "));
            names.extend(
                functions.filter_map(|rest| Some(rest.split_once('(')?.0.trim().to_owned())),
            );
        }
    }
    names
}

#[test]
fn the_totals_are_counted() {
    let page = page();
    let (before, rest) = page.split_once(OPENS).unwrap();
    let (_, after) = rest.split_once(CLOSES).unwrap();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let rows = rows(&page);
    for row in &rows {
        *counts.entry((&row.module, &row.state)).or_default() += 1;
    }
    let mut table = String::from(
        "| Module | lignes | fait | partiel | à venir | sans objet |\n|---|--:|--:|--:|--:|--:|\n",
    );
    let line = |name: &str, total: usize, numbers: &[usize]| {
        let cells: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        format!("| {name} | {total} | {} |\n", cells.join(" | "))
    };
    let mut sums = [0; STATES.len()];
    for (module, number) in MODULES {
        let numbers = STATES.map(|state| counts.get(&(*module, state)).copied().unwrap_or(0));
        for (sum, number) in sums.iter_mut().zip(numbers) {
            *sum += number;
        }
        let _ = write!(table, "{}", line(module, *number, &numbers));
    }
    let _ = write!(table, "{}", line("**En tout**", sums.iter().sum(), &sums));
    let counted = format!("{before}{OPENS}{table}{CLOSES}{after}");
    if std::env::var_os("JALON_UPDATE").is_some() {
        fs::write(root().join("docs/couverture.md"), &counted).unwrap();
    } else {
        assert!(counted == page, "docs/couverture.md : relancez avec JALON_UPDATE=1");
    }
}
