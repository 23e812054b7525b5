//! Each change of `tests/changes`, forbidden or allowed, as a real proposal in Git: `check --base`
//! tells what its annotations say, and once it is merged the audit finds just that.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

mod common;

use std::path::Path;

use common::annotations::Files;
use common::changes::ChangeCase;
use git2::{Oid, Repository, Signature, Time};
use jalon::cli::Timings;
use jalon::cli::pipeline::{self, Proposal};
use jalon::diagnostic::Diagnostic;
use jalon::history::{self, Method};
use jalon::rule;
use jalon::source::{ObjectId, Past, Revision};
use jalon::text::Date;
use rayon::prelude::*;

const DAY: i64 = 86_400;

/// Who merges: a DDFPT of `tests/schools/base`.
const DDFPT: &str = "anne.martin@ac-nancy-metz.fr";

/// A repository of its own, whatever the machine.
struct Yard {
    folder: tempfile::TempDir,
    repository: Repository,
}

impl Yard {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::init(folder.path()).unwrap();
        Self { folder, repository }
    }

    fn commit(
        &self,
        name: &str,
        files: &Files,
        parents: &[Oid],
        (email, at): (&str, i64),
        message: &str,
    ) -> Oid {
        let mut index = git2::Index::new().unwrap();
        for (path, bytes) in files {
            let id = self.repository.blob(bytes).unwrap();
            let zero = git2::IndexTime::new(0, 0);
            index
                .add(&git2::IndexEntry {
                    ctime: zero,
                    mtime: zero,
                    dev: 0,
                    ino: 0,
                    mode: 0o100_644,
                    uid: 0,
                    gid: 0,
                    file_size: 0,
                    id,
                    flags: 0,
                    flags_extended: 0,
                    path: format!("content/{path}").into_bytes(),
                })
                .unwrap();
        }
        let tree = index.write_tree_to(&self.repository).unwrap();
        let tree = self.repository.find_tree(tree).unwrap();
        let hand = Signature::new(email, email, &Time::new(at, 0)).unwrap();
        let parents: Vec<_> =
            parents.iter().map(|id| self.repository.find_commit(*id).unwrap()).collect();
        let parents: Vec<_> = parents.iter().collect();
        let id = self.repository.commit(None, &hand, &hand, message, &tree, &parents).unwrap();
        let name = format!("refs/heads/{name}");
        self.repository.reference(&name, id, true, "").unwrap();
        id
    }

    fn content(&self) -> std::path::PathBuf {
        self.folder.path().join("content")
    }

    /// What `jalon check --at proposition --base main` tells.
    fn proposal(&self, head: &str) -> Vec<Diagnostic> {
        let content = self.content();
        let past = Past::open(&content).unwrap().unwrap();
        let source = Revision::open(&content, head).unwrap();
        let proposal = Proposal {
            folder: &content,
            base: (past.resolve("main").unwrap(), "main"),
            head: Some(past.resolve(head).unwrap()),
            today: Date::new(2027, 6, 1).unwrap(),
        };
        let checked =
            pipeline::check_proposal(&source, &proposal, &mut Timings::default()).unwrap();
        checked.diagnostics
    }

    fn audit(&self, head: Oid) -> history::Audit {
        let past = Past::open(&self.content()).unwrap().unwrap();
        let head: ObjectId = head.to_string().parse().unwrap();
        let today = Date::new(2040, 1, 1).unwrap();
        let method = Method { judge: rule::judge, edition: "", kept: None, today };
        history::audit(&past, head, &method).unwrap()
    }
}

/// Code, file and line of what rules of change tell.
fn of_changes(diagnostics: &[Diagnostic]) -> Vec<(String, String, usize)> {
    let codes: Vec<&str> = rule::change_codes().map(|code| code.name).collect();
    let mut told: Vec<_> = diagnostics
        .iter()
        .filter(|one| codes.contains(&one.code.name))
        .map(|one| (one.code.name.to_owned(), one.file.to_string(), one.span.start.line))
        .collect();
    told.sort();
    told
}

fn noon(day: Date) -> i64 {
    i64::from(Date::new(1970, 1, 1).unwrap().days_until(day)) * DAY + DAY / 2
}

/// The history of a case: the school founded, one step on the main line, the proposal on a branch
/// that begins before it.
fn planted(case: &ChangeCase) -> (Yard, Oid, Oid) {
    let yard = Yard::new();
    std::fs::create_dir(yard.content()).unwrap();
    let at = noon(case.day);
    let founded = yard.commit("main", &case.before, &[], (DDFPT, at - 9 * DAY), "Fondation");
    let mut moved_on = case.before.clone();
    moved_on.insert("note.txt".into(), b"un pas de plus\n".to_vec());
    let main = yard.commit("main", &moved_on, &[founded], (DDFPT, at - DAY), "Un pas");
    let message = if case.joint {
        "Plusieurs\n\nCo-authored-by: Jean <jean.leroy@ac-nancy-metz.fr>"
    } else {
        "Une proposition"
    };
    let after = case.after(&case.bare());
    let proposed = yard.commit("proposition", &after, &[founded], (&case.author, at), message);
    (yard, main, proposed)
}

#[test]
fn a_proposal_is_told_what_it_may_not_change_and_nothing_else() {
    ChangeCase::all().par_iter().for_each(|case| {
        let (yard, ..) = planted(case);
        let expected = of_changes(&case.run(&case.bare()));
        let found = of_changes(&yard.proposal("proposition"));
        assert_eq!(found, expected, "{}", case.name);
        assert_eq!(found.is_empty(), case.is_allowed(), "{}", case.name);
    });
}

#[test]
fn the_audit_finds_what_was_merged_against_the_rules_and_nothing_else() {
    ChangeCase::all().par_iter().for_each(|case| {
        let (yard, main, proposed) = planted(case);
        let mut merged = case.after(&case.bare());
        merged.insert("note.txt".into(), b"un pas de plus\n".to_vec());
        let at = noon(case.day) + 3600;
        let merge = yard.commit("main", &merged, &[main, proposed], (DDFPT, at), "Fusion");
        let audit = yard.audit(merge);
        let mut found: Vec<_> = (audit.faults.iter())
            .map(|fault| (fault.code.clone(), fault.file.clone().unwrap_or_default(), fault.line))
            .collect();
        found.sort();
        assert_eq!(found, of_changes(&case.run(&case.bare())), "{}", case.name);
        let proposed = proposed.to_string();
        assert!(audit.faults.iter().all(|fault| fault.trace.commit.to_string() == proposed));
    });
}

#[test]
fn what_a_proposal_puts_back_is_no_fault_of_it() {
    ChangeCase::all().par_iter().filter(|case| !case.is_allowed()).for_each(|case| {
        let (yard, main, proposed) = planted(case);
        let at = noon(case.day) + 60;
        let author = (case.author.as_str(), at);
        yard.commit("proposition", &case.before, &[proposed], author, "Annule");
        assert_eq!(of_changes(&yard.proposal("proposition")), [], "{}", case.name);
        // Nothing is left of it on the main line either.
        let mut merged = case.before.clone();
        merged.insert("note.txt".into(), b"un pas de plus\n".to_vec());
        let back: ObjectId =
            Past::open(&yard.content()).unwrap().unwrap().resolve("proposition").unwrap();
        let back = Oid::from_str(&back.to_string()).unwrap();
        let merge = yard.commit("main", &merged, &[main, back], (DDFPT, at + 60), "Fusion");
        assert_eq!(yard.audit(merge).faults, [], "{}", case.name);
    });
}

#[test]
fn faults_that_were_there_before_are_not_told_again() {
    let case = ChangeCase::all().into_iter().find(ChangeCase::is_allowed).unwrap();
    let yard = Yard::new();
    std::fs::create_dir(yard.content()).unwrap();
    let mut before = case.before.clone();
    before.insert("students/2025/dupont-lea/reviews/2027-02-01.toml".into(), b"date = \n".to_vec());
    let at = noon(case.day);
    let main = yard.commit("main", &before, &[], (DDFPT, at - DAY), "Fondation");
    let mut after = before.clone();
    after.insert("evaluations/2026-2027/1mcva1/x.toml".into(), b"titre = \n".to_vec());
    let author = ("paul.mercier@ac-nancy-metz.fr", at);
    yard.commit("proposition", &after, &[main], author, "Une proposition");
    let files: std::collections::BTreeSet<_> =
        yard.proposal("proposition").into_iter().map(|one| one.file.to_string()).collect();
    assert_eq!(files, ["evaluations/2026-2027/1mcva1/x.toml".to_owned()].into());
    assert!(Path::new(&yard.content()).exists());
}
