//! Changes that are not allowed, each with an allowed twin (`NAME-permis`): the folders of
//! `tests/changes`, whose format is in `tests/common/changes.rs`.
//!
//! `JALON_UPDATE=1 cargo test --test changes` writes all annotations again: read each of them before
//! you commit.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use common::annotations::{Files, settled};
use common::changes::ChangeCase;
use jalon::diagnostic::Severity;
use jalon::source::{Memory, Texts};
use jalon::{record, rule, school};

#[test]
fn every_change_is_told_as_its_annotations_say() {
    let overwrite = std::env::var_os("JALON_UPDATE").is_some();
    let mut wrong = String::new();
    for case in ChangeCase::all() {
        let (files, rest) = settled(&case.bare(), |files| case.run(files));
        if files == case.overlay && rest == case.expected {
            continue;
        }
        for (path, bytes) in &files {
            if case.overlay[path] != *bytes {
                let text = String::from_utf8_lossy(bytes);
                let _ = writeln!(wrong, "── {}/apres/{path}\n{text}", case.name);
                if overwrite {
                    std::fs::write(case.folder().join("apres").join(path), bytes).unwrap();
                }
            }
        }
        if rest != case.expected {
            let _ = writeln!(wrong, "── {}/acte.txt\n{rest}", case.name);
            if overwrite {
                let text = format!("{}\n\n{rest}\n", case.orders.join("\n"));
                std::fs::write(case.folder().join("acte.txt"), text.trim_end().to_owned() + "\n")
                    .unwrap();
            }
        }
    }
    assert!(overwrite || wrong.is_empty(), "these changes should read:\n{wrong}");
}

#[test]
fn each_forbidden_change_has_an_allowed_twin() {
    let cases = ChangeCase::all();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    let mut forbidden = 0;
    for case in &cases {
        let codes = case.codes();
        if case.is_allowed() {
            assert!(codes.is_empty(), "{} is said to be allowed", case.name);
            let twin = case.name.trim_end_matches("-permis");
            assert!(names.contains(twin), "{} has no twin", case.name);
        } else {
            assert!(!codes.is_empty(), "{} is said to be forbidden", case.name);
            assert!(names.contains(format!("{}-permis", case.name).as_str()), "{}", case.name);
            forbidden += 1;
        }
    }
    assert!(forbidden >= 30, "{forbidden}");
}

#[test]
fn every_rule_of_change_has_a_case() {
    let shown: BTreeSet<String> = ChangeCase::all().iter().flat_map(ChangeCase::codes).collect();
    let known: BTreeSet<String> = rule::change_codes().map(|code| code.name.to_owned()).collect();
    assert_eq!(shown, known);
}

/// What is wrong with a school as it stands, whoever made it so.
fn faults(files: &Files) -> Vec<String> {
    let (texts, mut findings) = Texts::read(&Memory(files.clone())).unwrap();
    let (records, found) = record::load(&texts);
    findings.extend(found);
    let (school, found) = school::link(records);
    findings.extend(found);
    findings.extend(rule::check(&school));
    let errors = findings.iter().filter(|one| one.code.severity == Severity::Error);
    errors.map(|one| format!("{} {} {}", one.code, one.site.file, one.message)).collect()
}

#[test]
fn only_the_change_is_at_fault() {
    let mut wrong = Vec::new();
    for case in ChangeCase::all() {
        let before = faults(&case.before);
        wrong.extend(before.iter().map(|fault| format!("{} avant : {fault}", case.name)));
        if case.is_allowed() {
            let after = faults(&case.after(&case.bare()));
            wrong.extend(after.iter().map(|fault| format!("{} après : {fault}", case.name)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
