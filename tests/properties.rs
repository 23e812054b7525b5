//! Whatever is typed into a record, it is told of: the pipeline never panics, and says twice the same.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use jalon::diagnostic::Diagnostic;
use jalon::source::{Memory, Texts};
use jalon::{record, rule, school};
use proptest::prelude::*;
use proptest::sample::Index;

type Files = BTreeMap<String, Vec<u8>>;

fn base() -> Files {
    common::read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schools/base"))
}

fn check(files: Files) -> Vec<Diagnostic> {
    let (texts, mut findings) = Texts::read(&Memory(files)).unwrap();
    let (records, found) = record::load(&texts);
    findings.extend(found);
    let (school, found) = school::link(records);
    findings.extend(found);
    findings.extend(rule::check(&school));
    record::report(findings, &texts)
}

/// A slip of the hand.
#[derive(Clone, Debug)]
enum Slip {
    Delete(Index, usize),
    Insert(Index, String),
    Swap(Index, Index),
    Repeat(Index),
    Byte(Index, u8),
}

fn slip() -> impl Strategy<Value = Slip> {
    let words = [
        "\"",
        "[",
        "]",
        "[[",
        "{",
        "}",
        "=",
        ".",
        ",",
        "\n",
        "#",
        "–",
        "é",
        "\u{feff}",
        "\r\n",
        "'''",
        "\"\"\"",
        "true",
        "2026-02-29",
        "9999-12-31",
        "0001-01-01",
        "-1",
        "1e400",
        "\\x41",
        "abs",
        "a = ",
        "[a.b.c]\n",
        "99999999999999999999",
        "\u{1f600}",
        "e\u{301}",
    ];
    prop_oneof![
        (any::<Index>(), 1..40_usize).prop_map(|(at, length)| Slip::Delete(at, length)),
        (any::<Index>(), prop::sample::select(words.to_vec()))
            .prop_map(|(at, word)| Slip::Insert(at, word.to_owned())),
        (any::<Index>(), any::<Index>()).prop_map(|(one, two)| Slip::Swap(one, two)),
        any::<Index>().prop_map(Slip::Repeat),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Slip::Byte(at, byte)),
    ]
}

fn apply(bytes: &mut Vec<u8>, slip: &Slip) {
    if bytes.is_empty() {
        return;
    }
    match slip {
        Slip::Delete(at, length) => {
            let at = at.index(bytes.len());
            bytes.drain(at..(at + length).min(bytes.len()));
        }
        Slip::Insert(at, word) => {
            let at = at.index(bytes.len());
            bytes.splice(at..at, word.bytes());
        }
        Slip::Swap(one, two) => {
            let (one, two) = (one.index(bytes.len()), two.index(bytes.len()));
            bytes.swap(one, two);
        }
        Slip::Repeat(at) => {
            let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
            let at = at.index(lines.len());
            let mut repeated = lines[..=at].concat();
            repeated.extend(lines[at..].concat());
            *bytes = repeated;
        }
        Slip::Byte(at, byte) => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_slip_stops_the_check(
        slips in prop::collection::vec((any::<Index>(), slip()), 1..6),
        gone in prop::option::of(any::<Index>()),
    ) {
        let mut files = base();
        for (file, slip) in &slips {
            let file = file.index(files.len());
            apply(files.values_mut().nth(file).unwrap(), slip);
        }
        if let Some(gone) = gone {
            let name = files.keys().nth(gone.index(files.len())).unwrap().clone();
            files.remove(&name);
        }
        let first = check(files.clone());
        for diagnostic in &first {
            let message = diagnostic.message.trim();
            prop_assert!(!message.is_empty() && !message.ends_with('.'), "{message}");
            let length = files.get(&*diagnostic.file).map_or(0, Vec::len);
            prop_assert!(diagnostic.span.bytes.end <= length, "{}", diagnostic.file);
        }
        let second = check(files);
        prop_assert_eq!(format!("{first:?}"), format!("{second:?}"));
    }
}
