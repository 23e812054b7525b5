//! The commands from outside: transcripts that read as documentation, and Git revisions.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]
#![expect(clippy::disallowed_methods, reason = "tests make and break schools of their own")]

use std::path::Path;
use std::process::{Command, Output};

/// Nothing of the machine may show: no home, no Git configuration, no colours, one width.
const SURROUNDINGS: [(&str, &str); 6] = [
    ("HOME", "/nonexistent"),
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_SYSTEM", "/dev/null"),
    ("NO_COLOR", "1"),
    ("COLUMNS", "100"),
    ("JALON_LOG", "off"),
];

#[test]
fn transcripts() {
    let cases = trycmd::TestCases::new();
    for (name, value) in SURROUNDINGS {
        cases.env(name, value);
    }
    cases.default_bin_path(env!("CARGO_BIN_EXE_jalon"));
    cases.register_bin("jalon", Path::new(env!("CARGO_BIN_EXE_jalon")));
    cases.case("tests/cmd/*.md").run();
}

fn jalon(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
    command.current_dir(folder).args(args).envs(SURROUNDINGS).output().unwrap()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn commit(folder: &Path) {
    let repository = git2::Repository::init(folder).unwrap();
    let mut index = repository.index().unwrap();
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).unwrap();
    let tree = repository.find_tree(index.write_tree().unwrap()).unwrap();
    let time = git2::Time::new(1_790_000_000, 0);
    let author = git2::Signature::new("Test", "test@ecole.example", &time).unwrap();
    repository.commit(Some("HEAD"), &author, &author, "État", &tree, &[]).unwrap();
}

#[test]
fn a_past_version_is_checked_from_anywhere_in_the_school() {
    let folder = tempfile::tempdir().unwrap();
    let sound = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/check.in/sain");
    copy(&sound, folder.path());
    let inside = folder.path().join("content/evaluations");

    let outside_git = jalon(&inside, &["check", "--at", "HEAD"]);
    assert_eq!(outside_git.status.code(), Some(2));
    let said = String::from_utf8(outside_git.stderr).unwrap();
    assert!(said.contains("content » n’est pas dans un dépôt Git"), "{said}");

    commit(folder.path());
    std::fs::write(folder.path().join("content/staff.toml"), "titre =\n").unwrap();
    assert_eq!(jalon(&inside, &["check"]).status.code(), Some(1));
    assert_eq!(jalon(&inside, &["check", "--at", "HEAD"]).status.code(), Some(0));
    assert_eq!(jalon(&inside, &["check", "--at", "jamais"]).status.code(), Some(2));
}

#[test]
fn a_build_that_fails_removes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let sound = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/check.in/sain");
    copy(&sound, folder.path());
    let build = || {
        let done = jalon(folder.path(), &["build", "--no-pdf"]);
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    };
    let (code, said) = build();
    assert!(code == Some(0) && said.ends_with("0 inchangé, 0 enlevé\n"), "{said}");
    let (_, said) = build();
    assert!(said.starts_with("0 fichier écrit") && said.ends_with("0 enlevé\n"), "{said}");

    let site = folder.path().join("out/staff");
    let gone = site.join("api/evaluations/2026-2027/1mcva1/accueil-client.json");
    assert!(gone.exists());
    std::fs::remove_dir_all(folder.path().join("content/evaluations")).unwrap();
    std::fs::remove_file(site.join("index.html")).unwrap();
    std::fs::create_dir(site.join("index.html")).unwrap();
    let (code, said) = build();
    assert!(code == Some(2) && said.contains("écriture impossible de « "), "{said}");
    assert!(gone.exists());

    std::fs::remove_dir(site.join("index.html")).unwrap();
    let (code, said) = build();
    assert!(code == Some(0) && !said.ends_with("0 enlevé\n"), "{said}");
    assert!(!gone.exists());
}

#[test]
fn without_a_browser_the_site_is_there_and_each_missing_document_is_named() {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/check.in/sain"), folder.path());
    let build = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
        command.current_dir(folder.path()).arg("build").args(args).envs(SURROUNDINGS);
        let done = command.env("CHROME", "/nonexistent/chrome").output().unwrap();
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    };
    let (code, said) = build(&[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(folder.path().join("out/staff/index.html").exists());
    let named: Vec<&str> =
        said.lines().filter(|line| line.starts_with("document non imprimé : pdf/")).collect();
    let mut once = named.clone();
    once.dedup();
    assert!(named.len() > 2 && once == named && named.is_sorted(), "{said}");
    assert!(said.contains("\nla variable CHROME désigne « /nonexistent/chrome »"), "{said}");
    let missing = format!("0 document imprimé, 0 inchangé, 0 enlevé, {} manquants\n", named.len());
    assert!(said.ends_with(&missing), "{said}");
    // A part of them misses less.
    let (code, said) = build(&["--shard", "1/2"]);
    let part = said.matches("document non imprimé").count();
    assert!(code == Some(2) && part < named.len(), "{said}");
    // Those that nobody asks for are not missed, and stay.
    std::fs::write(folder.path().join("out/pdf/kept.pdf"), "x").unwrap();
    let (code, said) = build(&["--no-pdf"]);
    assert!(code == Some(0) && !said.contains("document"), "{said}");
    assert!(folder.path().join("out/pdf/kept.pdf").exists());
    assert_eq!(build(&["--shard", "3/2"]).0, Some(3));
}

#[test]
fn schemas_are_written_one_file_a_kind() {
    let folder = tempfile::tempdir().unwrap();
    let done = jalon(folder.path(), &["schema", "--out", "schemas"]);
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(String::from_utf8(done.stdout).unwrap(), "23 fichiers écrits dans schemas\n");
    let written = std::fs::read_to_string(folder.path().join("schemas/review.schema.json"));
    assert!(serde_json::from_str::<serde_json::Value>(&written.unwrap()).is_ok());
}

#[test]
fn a_reader_who_leaves_is_no_failure() {
    use std::io::Read as _;
    let mut child = Command::new(env!("CARGO_BIN_EXE_jalon"))
        .args(["schema"])
        .envs(SURROUNDINGS)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 1];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let done = child.wait_with_output().unwrap();
    assert_eq!((done.status.code(), done.stderr), (Some(0), Vec::new()));
}

/// The paths that a Code Quality report names.
fn paths(report: &str) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(report).unwrap();
    let issues = report.as_array().unwrap();
    let paths = issues.iter().map(|issue| issue["location"]["path"].as_str().unwrap().to_owned());
    let mut paths: Vec<String> = paths.collect();
    paths.dedup();
    paths
}

#[test]
fn reports_name_files_from_the_root_of_the_repository() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("depot");
    let school = root.join("suivi/content");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/check.in/content"), &school);
    let absolute = school.to_str().unwrap();
    let said = |from: &Path, args: &[&str]| {
        let done = jalon(from, &[&["check", "--format", "gitlab"], args].concat());
        assert_eq!(done.status.code(), Some(1));
        paths(&String::from_utf8(done.stdout).unwrap())
    };
    let outside = said(&root, &["--content", "suivi/content"]);
    assert!(outside[0].starts_with("suivi/content/evaluations/"), "{outside:?}");

    git2::Repository::init(&root).unwrap();
    let expected = outside;
    assert_eq!(said(&root, &["--content", absolute]), expected);
    assert_eq!(said(folder.path(), &["--content", "./depot/suivi/../suivi/content/"]), expected);
    assert_eq!(said(&school, &["--content", "."]), expected);
    assert_eq!(said(&school.join("evaluations"), &[]), expected);
    // What eyes read is named from where they are.
    let done = jalon(&school, &["check", "--format", "short", "--content", "."]);
    assert!(String::from_utf8(done.stdout).unwrap().starts_with("evaluations/"));
}

#[test]
fn reports_are_written_beside_what_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let faulty = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/check.in/content");
    copy(&faulty, &folder.path().join("content"));
    let all = ["gitlab=r/code.json", "junit=r/a.xml", "sarif=a.sarif", "terminal=a.txt"];
    let all: Vec<&str> = all.iter().flat_map(|report| ["--report", report]).collect();
    let read = |path: &str| std::fs::read_to_string(folder.path().join(path)).unwrap();
    let check = |args: &[&str]| jalon(folder.path(), &[&["check"], args, &all].concat());
    let alone = jalon(folder.path(), &["check", "--max-errors", "1"]);
    let done = check(&["--max-errors", "1"]);
    assert_eq!((done.status.code(), &done.stdout), (Some(1), &alone.stdout));
    assert_eq!(paths(&read("r/code.json")).len(), 3);
    // With the texts of real rules, it is still SARIF.
    let schema =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/sarif-2.1.0.schema.json");
    // The official pattern of languages has a bracket too many for ECMA regexes.
    let schema = std::fs::read_to_string(schema).unwrap().replace("{2}]?$", "{2}$");
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let sarif = serde_json::from_str(&read("a.sarif")).unwrap();
    let faults: Vec<_> = schema.iter_errors(&sarif).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    // What is written is whole, whatever is shown.
    assert!(!read("a.txt").contains("--max-errors") && read("a.txt").contains("TOML-SYNTAXE"));
    let first = ["r/code.json", "r/a.xml", "a.sarif", "a.txt"].map(read);
    check(&["--strict"]);
    assert_eq!(["r/code.json", "r/a.xml", "a.sarif", "a.txt"].map(read), first);

    // A real reader of XML takes it, where there is one.
    let mut lint = Command::new("xmllint");
    lint.args(["--noout", "r/a.xml"]).current_dir(folder.path());
    match lint.output() {
        Ok(done) => assert!(done.status.success(), "{done:?}"),
        Err(_) => {
            assert!(std::env::var_os("JALON_PAGES").is_none(), "xmllint is missing: see tests/run");
        }
    }
    let twice = jalon(folder.path(), &["check", "--report", "json=a", "--report", "short=a"]);
    assert_eq!((twice.status.code(), twice.stdout.len()), (Some(3), 0));
    let said = String::from_utf8(twice.stderr).unwrap();
    assert!(said.contains("deux rapports vont dans le même fichier"), "{said}");

    let build = ["build", "--no-pdf", "--report", "junit=b.xml", "--format", "short"];
    assert_eq!(jalon(folder.path(), &build).status.code(), Some(1));
    assert_eq!(read("b.xml"), read("r/a.xml"));
}

/// An invented school with its life: a clean repository, and nothing that exists is touched.
#[test]
fn an_invented_school_comes_with_its_history() {
    let folder = tempfile::tempdir().unwrap();
    let demo = ["demo", "essai", "--students", "20", "--years", "1", "--history"];
    let output = jalon(folder.path(), &demo);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    assert!(
        said.starts_with("Établissement inventé : 143 fichiers dans essai/content\n"),
        "{said}"
    );
    assert!(
        said.contains("Son histoire : ") && said.contains(" personnes, branche main\n"),
        "{said}"
    );
    let again = jalon(folder.path(), &demo);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8(again.stderr).unwrap().contains("« essai » existe déjà"));
    let output = jalon(&folder.path().join("essai"), &["check"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
