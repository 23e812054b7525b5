//! The house is held to ARCHITECTURE.md: arrows point down, files stay short and say why they exist;
//! so is the style sheet.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The rooms from the ground floor up. A room may use those before it in its row of `MAY_USE`.
const MAY_USE: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("diagnostic", &["text"]),
    ("source", &["text", "diagnostic"]),
    ("record", &["text", "diagnostic", "source"]),
    ("school", &["text", "diagnostic", "record"]),
    ("history", &["text", "diagnostic", "source", "record"]),
    ("rule", &["text", "diagnostic", "record", "school", "source", "insight", "history"]),
    ("insight", &["text", "record", "school"]),
    ("page", &["text", "diagnostic", "source", "record", "school", "history", "insight"]),
    ("render", &["text", "diagnostic", "record", "school", "insight", "page"]),
    ("demo", &["text", "record"]),
    ("paper", &["text", "source"]),
    ("family", &[]),
    ("exchange", &["text", "diagnostic", "source", "record", "school", "insight"]),
    (
        "serve",
        &["text", "diagnostic", "record", "school", "source", "rule", "page", "render", "paper"],
    ),
];

const LONGEST: usize = 800;

fn sources() -> Vec<PathBuf> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    files.sort();
    files
}

fn room(path: &Path) -> Option<String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let inside = path.strip_prefix(src).unwrap();
    (inside.components().count() > 1)
        .then(|| inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned())
}

/// The rooms that a file names after `crate::`, tests included.
fn rooms_used(text: &str) -> Vec<String> {
    let code: Vec<&str> =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let text = code.join("\n");
    let mut used = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        if text[..at].ends_with('$') {
            continue;
        }
        let rest = &text[at + "crate::".len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or("").split(',').map(str::trim).collect(),
            None => vec![rest],
        };
        for name in names {
            let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
            used.push(name[..end].to_owned());
        }
    }
    used
}

#[test]
fn arrows_point_down() {
    let mut wrong = Vec::new();
    for path in sources() {
        let Some(room) = room(&path) else { continue };
        if room == "cli" {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!("{}: the room {room} is not in the house", path.display()));
            continue;
        };
        for used in rooms_used(&std::fs::read_to_string(&path).unwrap()) {
            let known = used == "cli" || MAY_USE.iter().any(|(name, _)| *name == used);
            if known && used != room && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{}: {room} may not use {used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_are_short_and_say_why_they_exist() {
    let mut wrong = Vec::new();
    let mut lengths = Vec::new();
    for path in sources() {
        let text = std::fs::read_to_string(&path).unwrap();
        let length = text.lines().count();
        lengths.push(length);
        if length > LONGEST {
            wrong.push(format!("{}: {length} lines", path.display()));
        }
        if !text.starts_with("//! ") {
            wrong.push(format!(
                "{}: the first line does not say why the file exists",
                path.display()
            ));
        }
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= 200, "half of the files are longer than {median} lines");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Two sections of the style sheet that give the same class its look would undo each other.
#[test]
fn a_class_has_its_look_in_one_section() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/css/jalon.css");
    let css = std::fs::read_to_string(path).unwrap();
    let (mut section, mut deep) = ("", 0_i32);
    let mut homes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in css.lines() {
        if let Some(name) = line.strip_prefix("/* ---------- ") {
            section = name.trim_end_matches(['-', '*', '/', ' ']);
        }
        if deep == 0
            && let Some((selectors, _)) = line.split_once('{')
        {
            let alone = |selector: &&str| {
                selector.strip_prefix('.').is_some_and(|class| {
                    class.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                })
            };
            for selector in selectors.split(',').map(str::trim).filter(alone) {
                homes.entry(selector).or_default().insert(section);
            }
        }
        let count = |brace: char| i32::try_from(line.matches(brace).count()).unwrap();
        deep += count('{') - count('}');
    }
    let shared: Vec<_> = homes.iter().filter(|(_, sections)| sections.len() > 1).collect();
    assert!(homes.len() > 50 && shared.is_empty(), "{shared:?}");
}
