//! `jalon history` and the signatures of `jalon audit`, from outside, on small repositories of their own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]
#![expect(clippy::disallowed_methods, reason = "tests make schools of their own")]

mod common;

use std::path::Path;
use std::process::{Command, Output};

const SURROUNDINGS: [(&str, &str); 5] = [
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_SYSTEM", "/dev/null"),
    ("NO_COLOR", "1"),
    ("COLUMNS", "100"),
    ("JALON_LOG", "off"),
];

/// A school in Git, in a home of its own.
struct Repository {
    home: tempfile::TempDir,
    clock: i64,
}

impl Repository {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schools/base");
        for (path, bytes) in common::read_folder(&base) {
            let file = home.path().join("suivi/content").join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, bytes).unwrap();
        }
        let new = Self { home, clock: 1_793_696_400 };
        new.run("git", &["init", "-q", "-b", "main"]);
        new
    }

    fn command(&self, program: &str, args: &[&str]) -> Output {
        let mut command = Command::new(program);
        command.current_dir(self.home.path().join("suivi")).args(args).envs(SURROUNDINGS);
        command.env("HOME", self.home.path()).env("GNUPGHOME", self.home.path().join("gnupg"));
        let date = format!("{} +0100", self.clock);
        command.env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date);
        command.env("GIT_AUTHOR_NAME", "Paul").env("GIT_COMMITTER_NAME", "Paul");
        command.env("GIT_AUTHOR_EMAIL", "paul.mercier@ac-nancy-metz.fr");
        command.env("GIT_COMMITTER_EMAIL", "paul.mercier@ac-nancy-metz.fr");
        command.output().unwrap()
    }

    fn run(&self, program: &str, args: &[&str]) -> String {
        let output = self.command(program, args);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program} {args:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn jalon(&self, args: &[&str]) -> Output {
        self.command(env!("CARGO_BIN_EXE_jalon"), args)
    }

    fn edit(&self, file: &str, change: impl Fn(String) -> String) {
        let file = self.home.path().join("suivi/content").join(file);
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(file, change(text)).unwrap();
    }

    /// Records everything an hour later.
    fn commit(&mut self, options: &[&str]) -> String {
        self.clock += 3600;
        self.run("git", &["add", "-A"]);
        self.run("git", &[options, &["commit", "-q", "--allow-empty", "-m", "m"]].concat());
        self.run("git", &["rev-parse", "--short=8", "HEAD"]).trim().to_owned()
    }

    fn history(&self, record: &str) -> String {
        let output = self.jalon(&["history", record]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{said}");
        String::from_utf8(output.stdout).unwrap().replace('\u{a0}', " ")
    }

    fn signatures(&self) -> serde_json::Value {
        let output = self.jalon(&["audit", "--format", "json"]);
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        told["signatures"].clone()
    }
}

const EVALUATION: &str = "evaluations/2026-2027/1mcva1/accueil-client.toml";

#[test]
fn a_life_is_told_newest_first_in_plain_words() {
    let mut school = Repository::new();
    let first = school.commit(&[]);
    school.run("git", &["checkout", "-q", "-b", "proposition"]);
    school.edit(EVALUATION, |text| text.replace("[\"+\", \"++\"]", "[\"++\", \"++\"]"));
    let second = school.commit(&[]);
    school.run("git", &["checkout", "-q", "main"]);
    school.clock += 86_400;
    school.run("git", &["merge", "-q", "--no-ff", "-m", "m", "proposition"]);
    let merge = school.run("git", &["rev-parse", "--short=8", "HEAD"]).trim().to_owned();
    std::fs::remove_file(school.home.path().join("suivi/content").join(EVALUATION)).unwrap();
    let last = school.commit(&[]);

    let link = |commit: &str| {
        let commit = school.run("git", &["rev-parse", commit]);
        format!(
            "https://forge.exemple.fr/lycee/suivi/src/commit/{}/content/{EVALUATION}",
            commit.trim()
        )
    };
    let (was, is) = (link(&first), link(&second));
    let told = format!(
        "content/{EVALUATION} : 3 modifications

4 novembre 2026 à 13 h 00, Paul Mercier, version {last}
  suppression

3 novembre 2026 à 12 h 00, Paul Mercier, version {second}
  accepté par Paul Mercier le 4 novembre 2026, version {merge}
  résultats de Léa Dupont : colonne 1 de + à ++
  {is}

3 novembre 2026 à 11 h 00, Paul Mercier, version {first}
  création
  {was}

Pour revoir l’établissement tel qu’il était à l’une de ces versions : jalon serve --at {second}
"
    );
    for name in [
        EVALUATION,
        "2026-2027/1mcva1/accueil-client",
        "content/evaluations/2026-2027/1mcva1/accueil-client",
    ] {
        assert_eq!(school.history(name), told, "{name}");
    }
    // While it was there, columns have the names of its criteria.
    let then = school.jalon(&["history", EVALUATION, "--at", &merge, "--format", "json"]);
    let then: serde_json::Value = serde_json::from_slice(&then.stdout).unwrap();
    assert_eq!(then["changes"][0]["what"][0], "résultats de Léa Dupont\u{a0}: C1.1.a de + à ++");
    assert_eq!(then["changes"][0]["accepted_by"], "Paul Mercier");
    assert_eq!(then["changes"].as_array().unwrap().len(), 2);
}

#[test]
fn a_pupil_is_a_whole_folder_and_a_slip_is_mended() {
    let mut school = Repository::new();
    school.commit(&[]);
    let told = school.history("dupont-lea");
    assert!(told.starts_with("2 fichiers : 2 modifications\n"), "{told}");
    assert!(
        told.contains(
            "\n  content/students/2025/dupont-lea/reviews/2026-12-11.toml\n    création\n"
        )
    );

    let wrong = school.jalon(&["history", "dupond-lea"]);
    assert_eq!(wrong.status.code(), Some(3));
    let said = String::from_utf8(wrong.stderr).unwrap();
    assert!(said.contains("aide : vouliez-vous écrire dupont-lea\u{a0}?"), "{said}");
    let several = school.jalon(&["history", "accueil-client"]);
    let said = String::from_utf8(several.stderr).unwrap();
    assert!(said.contains("  content/scenarios/mcv-a/premiere/accueil-client.toml"), "{said}");
}

fn is_there(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

/// Adds a key to Paul's record, and to nobody else's.
fn give(school: &Repository, key: &str, days: &str) {
    let text =
        format!("\n[[personnes.mercier-paul.cles]]\ncle = '''\n{}'''\n{days}\n", key.trim_end());
    school.edit("staff.toml", |staff| staff + &text);
}

#[test]
fn keys_of_ssh_keygen_sign_what_git_records() {
    let mut school = Repository::new();
    if school.command("ssh-keygen", &["-?"]).status.code().is_none() {
        return;
    }
    school.commit(&[]);
    let home = school.home.path().to_owned();
    let mut options: Vec<String> = Vec::new();
    for (n, kind) in ["ed25519", "rsa", "ecdsa", "ed25519"].iter().enumerate() {
        let file = home.join(format!("cle-{n}"));
        let file = file.to_str().unwrap();
        school.run("ssh-keygen", &["-q", "-t", kind, "-N", "", "-C", "", "-f", file]);
        let public = std::fs::read_to_string(format!("{file}.pub")).unwrap();
        match n {
            0 | 1 => give(&school, public.trim(), "du = 2026-09-01"),
            2 => give(&school, public.trim(), "au = 2026-11-02"),
            _ => {}
        }
        options.push(format!("user.signingkey={file}"));
    }
    school.commit(&[]);
    for option in &options {
        let signed = ["-c", "gpg.format=ssh", "-c", option, "-c", "commit.gpgsign=true"];
        school.commit(&signed);
    }
    // Good twice; one key was over, one is nobody's; two were not signed.
    let expected = serde_json::json!({"good": 2, "forge": 0, "bad": 0, "unknown": 2, "none": 2});
    assert_eq!(school.signatures(), expected);

    // One letter of what was signed is changed.
    let commit = school.run("git", &["cat-file", "commit", "HEAD~3"]);
    std::fs::write(home.join("faux"), commit.replace("\n\nm", "\n\nn")).unwrap();
    let forged = home.join("faux");
    let forged =
        school.run("git", &["hash-object", "-t", "commit", "-w", forged.to_str().unwrap()]);
    school.run("git", &["reset", "-q", "--soft", forged.trim()]);
    let expected = serde_json::json!({"good": 0, "forge": 0, "bad": 1, "unknown": 0, "none": 2});
    assert_eq!(school.signatures(), expected);
}

#[test]
fn keys_of_gpg_sign_what_git_records() {
    if !is_there("gpg") {
        return;
    }
    let mut school = Repository::new();
    school.commit(&[]);
    std::fs::create_dir(school.home.path().join("gnupg")).unwrap();
    school.run("chmod", &["700", school.home.path().join("gnupg").to_str().unwrap()]);
    for (name, kind) in
        [("a@e.example", "ed25519"), ("b@e.example", "rsa2048"), ("c@e.example", "ed25519")]
    {
        let made = ["--batch", "-q", "--passphrase", "", "--faked-system-time", "20260901T000000"];
        school.run(
            "gpg",
            &[&made[..], &["--quick-generate-key", name, kind, "sign", "never"]].concat(),
        );
        if !name.starts_with('c') {
            give(&school, &school.run("gpg", &["--armor", "--export", name]), "");
        }
    }
    school.commit(&[]);
    for name in ["a@e.example", "b@e.example", "c@e.example"] {
        let key = format!("user.signingkey={name}");
        school.commit(&["-c", &key, "-c", "commit.gpgsign=true"]);
    }
    let stopped = school.command("gpgconf", &["--kill", "all"]);
    assert!(stopped.status.success());
    let expected = serde_json::json!({"good": 2, "forge": 0, "bad": 0, "unknown": 1, "none": 2});
    assert_eq!(school.signatures(), expected);
    assert!(school.jalon(&["check"]).status.success());
}
