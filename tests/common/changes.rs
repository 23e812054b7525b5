//! Changes told by folders of `tests/changes`: a school before, the same after, and the hand.
//!
//! - `avant/` is laid over `tests/schools/base`: the school before (may be missing);
//! - `acte.txt` says who, when, and what no file can say;
//! - `apres/` is laid over the result: the school after, with the expected diagnostics as
//!   annotations (see `annotations`). What cannot be annotated is at the end of `acte.txt`.
//!
//! The lines of `acte.txt`, before an empty one:
//!
//! ```text
//! auteur paul.mercier@ac-nancy-metz.fr      the address of the commit
//! date 2027-01-15                           the day, at noon
//! supprimer CHEMIN                          a file, or a folder
//! déplacer CHEMIN NOUVEAU                   a file, or a folder
//! déposer CHEMIN                            a file that is no text, with bytes of its own
//! groupé                                    the work of several authors, made one commit
//! ```
#![allow(clippy::panic, reason = "a test stops when it cannot go on")]

use std::path::{Path, PathBuf};

use jalon::diagnostic::Diagnostic;
use jalon::history::{Change, Moment, Transition, judge_act, transitions_between};
use jalon::source::{Commit, Hand, Memory, ObjectId, Texts};
use jalon::text::Date;
use jalon::{record, rule};

use super::annotations::{Files, bare, is_annotated};
use super::read_folder;

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// One folder of `tests/changes`.
pub struct ChangeCase {
    /// Its name.
    pub name: String,
    /// The address of the author.
    pub author: String,
    /// The day.
    pub day: Date,
    /// Whether it makes one commit of the work of several authors.
    pub joint: bool,
    /// The files before.
    pub before: Files,
    /// The files that are new or changed after, with their annotations.
    pub overlay: Files,
    /// The lines of `acte.txt`.
    pub orders: Vec<String>,
    /// The diagnostics expected where no annotation can stand.
    pub expected: String,
}

impl ChangeCase {
    /// All cases, by name.
    pub fn all() -> Vec<Self> {
        let folders = std::fs::read_dir(tests().join("changes")).unwrap();
        let mut folders: Vec<PathBuf> = folders.map(|entry| entry.unwrap().path()).collect();
        folders.sort();
        folders.iter().map(|folder| Self::read(folder)).collect()
    }

    fn read(folder: &Path) -> Self {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let mut before = read_folder(&tests().join("schools/base"));
        let under = |part: &str| match folder.join(part) {
            path if path.is_dir() => read_folder(&path),
            _ => Files::new(),
        };
        before.extend(under("avant"));
        let overlay = under("apres");
        let text = std::fs::read_to_string(folder.join("acte.txt")).unwrap();
        let (head, expected) = text.split_once("\n\n").unwrap_or((&text, ""));
        let orders: Vec<String> = head.lines().map(str::to_owned).collect();
        let order = |word: &str| {
            let found = orders.iter().find_map(|line| line.strip_prefix(word));
            found.unwrap_or_else(|| panic!("{name}: no line {word}")).to_owned()
        };
        Self {
            author: order("auteur "),
            day: order("date ").parse().unwrap(),
            joint: orders.iter().any(|line| line == "groupé"),
            expected: expected.trim_end().to_owned(),
            name,
            before,
            overlay,
            orders,
        }
    }

    /// The folder of this case.
    pub fn folder(&self) -> PathBuf {
        tests().join("changes").join(&self.name)
    }

    /// Whether nothing is wrong with it.
    pub fn is_allowed(&self) -> bool {
        self.name.ends_with("-permis")
    }

    /// The overlay without annotations.
    pub fn bare(&self) -> Files {
        bare(&self.overlay)
    }

    /// The codes that are expected.
    pub fn codes(&self) -> Vec<String> {
        let annotated = self.overlay.iter().filter(|(path, _)| is_annotated(&self.overlay, path));
        let texts = annotated.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
        let all: Vec<String> = texts.chain([self.expected.clone()]).collect();
        let lines = all.iter().flat_map(|text| text.lines());
        let codes = lines.filter_map(|line| line.trim_start_matches('#').strip_prefix("! "));
        codes.map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect()
    }

    /// The files after, with this overlay.
    pub fn after(&self, overlay: &Files) -> Files {
        let mut files = self.before.clone();
        for order in &self.orders {
            match order.split(' ').collect::<Vec<_>>()[..] {
                ["supprimer", path] => {
                    let kept = files.len();
                    files.retain(|file, _| file != path && !file.starts_with(&format!("{path}/")));
                    assert!(files.len() < kept, "{}: no {path} to delete", self.name);
                }
                ["déplacer", from, to] => {
                    let inside = |file: &String| match file.strip_prefix(from) {
                        Some("") => Some(to.to_owned()),
                        Some(rest) if rest.starts_with('/') => Some(format!("{to}{rest}")),
                        _ => None,
                    };
                    let moved: Vec<(String, String)> = (files.keys())
                        .filter_map(|file| Some((file.clone(), inside(file)?)))
                        .collect();
                    assert!(!moved.is_empty(), "{}: no {from} to move", self.name);
                    for (old, new) in moved {
                        let bytes = files.remove(&old).unwrap();
                        files.insert(new, bytes);
                    }
                }
                ["déposer", path] => {
                    files.insert(path.to_owned(), format!("\u{0}{path}").into_bytes());
                }
                ["auteur" | "date", _] | ["groupé"] => {}
                _ => panic!("{}: unknown order {order}", self.name),
            }
        }
        files.extend(overlay.clone());
        files
    }

    /// Judges the change, with this overlay.
    pub fn run(&self, overlay: &Files) -> Vec<Diagnostic> {
        let after = self.after(overlay);
        let read = |files: &Files| Texts::read(&Memory(files.clone())).unwrap().0;
        let (old, new) = (read(&self.before), read(&after));
        let mut transitions = transitions_between(&old, &new);
        transitions.extend(beside(&self.before, &after, &transitions));
        transitions.sort_by(|a, b| a.file.cmp(&b.file));
        let moment = Moment::of(&record::load(&old).0);
        let breaches = judge_act(&self.commit(), transitions, &moment, rule::judge);
        record::report(breaches.into_iter().map(|breach| breach.finding).collect(), &new)
    }

    /// The commit that makes it.
    pub fn commit(&self) -> Commit {
        let noon = self.day.0.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
        let hand = Hand {
            name: self.author.clone(),
            email: self.author.clone(),
            at: noon.timestamp().as_second(),
            offset: 0,
        };
        Commit {
            id: ObjectId::of_bytes(self.name.as_bytes()).unwrap(),
            parents: Vec::new(),
            author: hand.clone(),
            committer: hand,
            summary: self.name.clone(),
            joint: self.joint,
        }
    }
}

/// The changes of files that are no record.
fn beside(before: &Files, after: &Files, records: &[Transition]) -> Vec<Transition> {
    let known = |file: &str| {
        records.iter().any(|one| *one.file == *file || one.from.as_deref() == Some(file))
    };
    let one = Transition::beside;
    let mut paths: Vec<&String> = before.keys().chain(after.keys()).collect();
    paths.sort_unstable();
    paths.dedup();
    let changed = paths.into_iter().filter(|path| before.get(*path) != after.get(*path));
    let changed: Vec<&String> = changed.filter(|path| !known(path)).collect();
    let mut found = Vec::new();
    let mut moved = Vec::new();
    for path in changed.iter().filter(|path| !before.contains_key(**path)) {
        let same = |from: &&&String| {
            !after.contains_key(**from)
                && before.get(from.as_str()) == after.get(path.as_str())
                && !moved.contains(*from)
        };
        match changed.iter().find(same) {
            Some(from) => {
                moved.push(from);
                found.push(one(path, Some(from), Change::Moved));
            }
            None => found.push(one(path, None, Change::Added)),
        }
    }
    for path in changed.iter().filter(|path| before.contains_key(**path) && !moved.contains(path)) {
        let gone = !after.contains_key(*path);
        found.push(one(path, None, if gone { Change::Removed } else { Change::Changed }));
    }
    found
}
