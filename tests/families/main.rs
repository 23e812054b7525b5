//! The families' site in a real headless browser, as parents meet it: what opens, what does not and
//! why, what a device keeps, what a screen reader and a printer find.
//!
//! The browser is the one named by `CHROME`; axe is the script named by `JALON_AXE`. `tests/run`
//! finds both, and sets `JALON_PAGES=required` so that their absence is a failure.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]
#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a test that is skipped says so")]

#[path = "../common/mod.rs"]
mod common;
mod device;
mod host;
mod letters;
mod looks;
mod reader;
mod speed;

use std::sync::LazyLock;

use common::families::{SECRET, built, code, school};
use host::Files;

/// The families' site of the school, built once.
static SITE: LazyLock<Files> = LazyLock::new(|| built(&school(), SECRET));

/// Léa's mother.
const NADIA: (&str, &str, usize) = ("dupont-lea", "responsable nadia-dupont", 0);
/// Lorenzo's two guardians.
const ELISE: (&str, &str, usize) = ("adami-lorenzo", "responsable elise-adami", 0);
const MARCO: (&str, &str, usize) = ("adami-lorenzo", "responsable marco-adami", 0);
/// Zoé's, whose letters were replaced once.
const MAEVE: (&str, &str, usize) = ("oconnor-zoe", "responsable maeve-o-connor", 1);

type Letter = (&'static str, &'static str, usize);

/// What stands after the `#` in a letter's link.
fn link((pupil, who, turn): Letter) -> String {
    code(pupil, who, turn).link.text().to_string()
}

/// The seven words of a letter.
fn words((pupil, who, turn): Letter) -> Vec<&'static str> {
    code(pupil, who, turn).words.as_slice().to_vec()
}

/// The school with one text changed in one file.
fn changed(path: &str, from: &str, to: &str) -> Files {
    let mut files = school();
    let (_, text) = files.iter_mut().find(|(name, _)| name == path).unwrap();
    assert!(text.contains(from), "{path}: {from}");
    *text = text.replacen(from, to, 1);
    built(&files, SECRET)
}
