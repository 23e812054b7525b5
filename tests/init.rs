//! A new school's repository: sound, readable, and its pipelines run here as a forge would run them.
//!
//! Jobs that print need the browser named by `CHROME`; scripts are judged by shellcheck. `tests/run`
//! brings both and sets `JALON_PAGES=required`, so that their absence is a failure.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]
#![expect(clippy::disallowed_methods, reason = "tests make and break schools of their own")]

#[path = "common/forge.rs"]
mod forge;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use forge::{Forge, Scenario};
use serde_json::Value;

const JALON: &str = env!("CARGO_BIN_EXE_jalon");
const WHOLE: [&str; 16] = [
    "--nom",
    "Lycée \"Jean\" @UAI@",
    "--uai",
    "0549999A",
    "--courriel",
    "direction@lycee.example",
    "--ddfpt",
    "Mme Awa Diallo <awa.diallo@lycee.example>",
    "--forge",
    "gitlab",
    "--adresse",
    "https://forge.example/lycee/suivi.git",
    "--diplomes",
    "mcv-a,melec",
    "--annee",
    "2026-2027",
];

fn jalon(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(JALON);
    command.env("HOME", "/nonexistent").env("NO_COLOR", "1").env("JALON_LOG", "off");
    command.current_dir(folder).args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A school that was just made, in a folder that goes with it.
fn new_school() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let made = jalon(folder.path(), &[&["init", "suivi"][..], &WHOLE].concat());
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    let school = folder.path().join("suivi");
    (folder, school)
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name();
    let entries = entries.into_iter().filter_entry(|entry| entry.file_name() != ".git");
    let files = entries.map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let told = files.map(|entry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        (path, std::fs::read_to_string(entry.path()).unwrap())
    });
    told.collect()
}

fn yaml(folder: &Path, path: &str) -> Value {
    serde_saphyr::from_str(&std::fs::read_to_string(folder.join(path)).unwrap()).unwrap()
}

#[test]
fn a_school_that_is_told_has_no_fault() {
    let (folder, school) = new_school();
    let checked = jalon(&school, &["check", "--strict"]);
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stdout));
    assert_eq!(jalon(&school, &["fmt", "--check"]).status.code(), Some(0));
    let all = files(&school);
    let read = |path: &str| &all.iter().find(|(at, _)| at == path).unwrap().1;
    assert!(read("content/school.toml").contains("nom = 'Lycée \"Jean\" @UAI@'\n"));
    assert!(
        read("content/school.toml").contains("adresse = \"https://forge.example/lycee/suivi\"\n")
    );
    assert!(read("content/staff.toml").contains("[personnes.diallo-awa]\ncivilite = \"Mme\"\n"));
    let referentials: Vec<&str> =
        all.iter().filter_map(|(path, _)| path.strip_prefix("content/referentials/")).collect();
    assert_eq!(referentials, ["commun.toml", "mcv-a.toml", "melec.toml", "mrc.toml"]);
    for (path, text) in &all {
        let left = text.replace("Lycée \"Jean\" @UAI@", "");
        let mark = left.split('@').skip(1).step_by(2).any(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'-')
        });
        assert!(!mark, "{path}");
    }
    let repository = git2::Repository::open(&school).unwrap();
    let head = repository.find_reference("HEAD").unwrap();
    assert_eq!(head.symbolic_target().unwrap(), Some("refs/heads/main"));
    assert!(repository.head().is_err(), "there is no commit yet");

    // Nothing of it is ever written over.
    let again = jalon(folder.path(), &["init", "suivi"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("existe déjà"));
    assert!(files(&school) == all);
}

#[test]
fn a_school_that_is_not_told_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let made = jalon(folder.path(), &["init", "mon suivi"]);
    assert_eq!(made.status.code(), Some(0));
    let said = text(&made.stdout);
    assert!(said.contains("cd 'mon suivi' && jalon check"), "{said}");
    let checked = jalon(&folder.path().join("mon suivi"), &["check", "--format", "short"]);
    assert_eq!(checked.status.code(), Some(1));
    let said = text(&checked.stdout);
    let lines: Vec<&str> = said.lines().collect();
    assert!(
        lines.len() == 5 && lines.iter().all(|line| line.ends_with("ce texte est vide")),
        "{said}"
    );
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for wrong in [
        &["--diplomes", "mcva"][..],
        &["--ddfpt", "Awa"],
        &["--forge", "gitlab"],
        &["--adresse", "https://forge.example/a/b"],
        &["--forge", "svn", "--adresse", "https://forge.example/a/b"],
        &["--nom", " "],
        &["--annee", "2026"],
    ] {
        let refused = jalon(folder.path(), &[&["init", "suivi"], wrong].concat());
        assert_eq!(refused.status.code(), Some(3), "{wrong:?}");
        assert!(!folder.path().join("suivi").exists());
    }
}

#[test]
fn pipelines_are_what_forges_read() {
    let (_folder, school) = new_school();
    let schema = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas").join(name);
        let schema = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        // Formats are left out: an address made of variables is none yet.
        jsonschema::options().should_validate_formats(false).build(&schema).unwrap()
    };
    for (path, name) in [
        (".gitlab-ci.yml", "gitlab-ci.schema.json"),
        (".github/workflows/jalon.yml", "github-workflow.schema.json"),
        // Forgejo publishes none, and means to understand what GitHub does.
        (".forgejo/workflows/jalon.yml", "github-workflow.schema.json"),
    ] {
        let (mut pipeline, schema) = (yaml(&school, path), schema(name));
        let faults: Vec<_> =
            schema.iter_errors(&pipeline).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(faults.is_empty(), "{path}: {faults:#?}");
        pipeline["workflow"]["rules"] = "jamais".into();
        pipeline["jobs"] = "aucun".into();
        assert!(!schema.is_valid(&pipeline));
        let text = std::fs::read_to_string(school.join(path)).unwrap();
        for word in ["cargo", "rustc", "CI_JOB_TOKEN"] {
            assert!(!text.contains(word), "{path}: {word}");
        }
        // One secret, for one job, which no proposal starts.
        let secrets: Vec<&str> = text.lines().filter(|line| line.contains("secrets.")).collect();
        assert!(secrets.len() <= 1 && secrets.iter().all(|line| line.contains("JALON_SECRET")));
        assert!(text.lines().count() < 170, "{path} is long");
    }
}

#[test]
fn gitlab_takes_what_its_schema_does_not_say() {
    let (_folder, school) = new_school();
    let pipeline = yaml(&school, ".gitlab-ci.yml");
    assert_eq!(pipeline["variables"]["GIT_DEPTH"], "0");
    assert_eq!(pipeline["variables"]["JALON_PUBLIER"], "non");
    let stages: Vec<&str> =
        pipeline["stages"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect();
    assert_eq!(stages, ["verifier", "construire", "imprimer", "publier", "sceller"]);
    for (name, job) in forge::gitlab_jobs(&pipeline) {
        assert!(stages.contains(&job["stage"].as_str().unwrap()), "{name}");
        // EXPOSE_AS_REGEX of GitLab: ASCII letters, digits, "-", "_" and spaces.
        if let Some(label) = job["artifacts"]["expose_as"].as_str() {
            assert!(label.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_ ".contains(&b)));
        }
    }
    let gitlab = Forge::gitlab(&pipeline);
    let ran = |scenario: Scenario| gitlab.jobs_of(scenario);
    assert_eq!(ran(Scenario::Proposal), ["verifier", "construire"]);
    assert_eq!(ran(Scenario::Main), ["verifier", "imprimer"]);
    assert_eq!(ran(Scenario::MainPublished), ["verifier", "imprimer", "familles", "pages"]);
    assert_eq!(ran(Scenario::Night), ["sceller"]);
    for path in [".github/workflows/jalon.yml", ".forgejo/workflows/jalon.yml"] {
        let workflow = yaml(&school, path);
        let actions = Forge::actions(&workflow);
        let ran = |scenario: Scenario| actions.jobs_of(scenario);
        assert_eq!(ran(Scenario::Proposal), ["verifier", "construire"]);
        assert_eq!(ran(Scenario::Main), ["verifier", "imprimer", "publier"]);
        let published = ran(Scenario::MainPublished);
        assert_eq!(published.len(), 4);
        assert!(published.contains(&"familles"));
        assert_eq!(ran(Scenario::Night), ["sceller"]);
    }
}

/// Runs what a forge would run, each job in a fresh clone, with the artifacts of those before it.
fn run(path: &str, make: fn(&Value) -> Forge) {
    let (folder, school) = new_school();
    let pipeline = yaml(&school, path);
    let forge = make(&pipeline);
    let base = forge::commit(&school, "Ouverture");
    let mut staff = std::fs::read_to_string(school.join("content/staff.toml")).unwrap();
    staff.push_str("discipline = \"Vente\"\n");
    std::fs::write(school.join("content/staff.toml"), staff).unwrap();
    let mut record = std::fs::read_to_string(school.join("content/school.toml")).unwrap();
    record.push_str("\n[familles]\nadresse = \"https://familles.example/\"\n");
    std::fs::write(school.join("content/school.toml"), record).unwrap();
    let head = forge::commit(&school, "Compléter une fiche");

    let bin = forge::program(folder.path(), JALON);
    let chrome = std::env::var_os("CHROME");
    if chrome.is_none() && forge::is_required() {
        panic!("CHROME names no browser");
    }
    for scenario in [Scenario::Proposal, Scenario::MainPublished, Scenario::Night] {
        let surroundings =
            forge::Surroundings { school: &school, bin: &bin, base: &base, head: &head };
        let done = forge.run(scenario, &surroundings, chrome.is_some());
        let log = done.log.join("\n");
        match scenario {
            Scenario::Proposal => {
                assert!(done.has("out/staff/index.html"), "{log}");
                assert!(!done.has("out/pdf"), "{log}");
            }
            Scenario::Night => assert!(log.contains("Rien n’est encore scellé"), "{log}"),
            _ if chrome.is_none() => {}
            _ => {
                assert!(done.has("public/index.html") && done.has("public/staff/index.html"));
                let documents = done.count("public/pdf", ".pdf");
                let all = forge::documents(&school, JALON, chrome.as_deref().unwrap());
                assert_eq!(documents, all, "{log}");
                assert_eq!(done.count("public", ".jalon-manifest"), 0);
                // Kept from its root by GitLab, from itself by the others.
                assert!(done.has("out/family/famille.js") || done.has("famille.js"), "{log}");
            }
        }
    }
}

#[test]
fn gitlab_jobs_run() {
    run(".gitlab-ci.yml", Forge::gitlab);
}

#[test]
fn github_jobs_run() {
    run(".github/workflows/jalon.yml", Forge::actions);
}

#[test]
fn forgejo_jobs_run() {
    run(".forgejo/workflows/jalon.yml", Forge::actions);
}

#[test]
fn a_fault_stops_the_proposal_and_leaves_its_reports() {
    let (folder, school) = new_school();
    let base = forge::commit(&school, "Ouverture");
    std::fs::write(school.join("content/notes.toml"), "a = 1\n").unwrap();
    let bin = forge::program(folder.path(), JALON);
    let surroundings = forge::Surroundings { school: &school, bin: &bin, base: &base, head: &base };
    let report = "--report gitlab=rapports/code.json --report junit=rapports/junit.xml";
    let done =
        surroundings.bash(&school, &format!("bash .jalon/verifier.sh \"{base}\" {report}"), &[]);
    assert_eq!(done.status.code(), Some(1), "{}", text(&done.stderr));
    assert!(text(&done.stdout).contains("content/notes.toml"));
    let code = std::fs::read_to_string(school.join("rapports/code.json")).unwrap();
    assert!(code.contains("\"path\": \"content/notes.toml\""), "{code}");
    assert!(school.join("rapports/junit.xml").exists());
    assert_eq!(
        surroundings.bash(&school, "bash .jalon/verifier.sh ''", &[]).status.code(),
        Some(1)
    );
}

#[test]
fn the_program_is_the_one_that_is_expected() {
    let (folder, school) = new_school();
    let empty = folder.path().join("rien");
    std::fs::create_dir(&empty).unwrap();
    let surroundings = forge::Surroundings { school: &school, bin: &empty, base: "", head: "" };
    let install = |variables: &[(&str, &str)]| {
        let done = surroundings.bash(&school, "bash .jalon/installer.sh", variables);
        (done.status.code(), text(&done.stdout) + &text(&done.stderr))
    };
    let (code, said) = install(&[]);
    assert!(code == Some(1) && said.contains("Complétez la variable JALON_ADRESSE"), "{said}");
    let version = env!("CARGO_PKG_VERSION");
    let released = folder.path().join(format!("jalon-{version}"));
    std::fs::copy(JALON, &released).unwrap();
    let sum = surroundings.bash(folder.path(), &format!("sha256sum jalon-{version}"), &[]);
    let sum = text(&sum.stdout).split(' ').next().unwrap().to_owned();
    if surroundings.bash(&school, "command -v curl", &[]).status.code() != Some(0) {
        assert!(!forge::is_required(), "curl is missing");
        return;
    }
    let address = format!("file://{}/jalon-VERSION", folder.path().display());
    let told = |sum: &str, version: &str| {
        install(&[("JALON_ADRESSE", &address), ("JALON_SHA256", sum), ("JALON_VERSION", version)])
    };
    let (code, said) = told(&"0".repeat(64), version);
    assert!(code == Some(1) && said.contains("n’est pas celui qui est attendu"), "{said}");
    assert!(!school.join(".jalon/bin/jalon").exists());
    let (code, said) = told(&sum, version);
    assert!(code == Some(0) && said.ends_with(&format!("jalon {version}\n")), "{said}");
    let (code, said) = told(&sum, "0.0.0");
    assert!(code == Some(1) && said.contains("JALON_VERSION demande 0.0.0"), "{said}");
}

#[test]
fn scripts_are_clean() {
    let (_folder, school) = new_school();
    let scripts: Vec<String> = files(&school)
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| path.ends_with(".sh"))
        .collect();
    assert_eq!(scripts.len(), 8);
    let told = Command::new("shellcheck").arg("-x").args(&scripts).current_dir(&school).output();
    match told {
        Ok(told) => assert!(told.status.success(), "{}", text(&told.stdout)),
        Err(_) => assert!(!forge::is_required(), "shellcheck is missing"),
    }
}

#[test]
fn pages_lead_somewhere_and_teachers_are_spared_the_jargon() {
    let (_folder, school) = new_school();
    let all = files(&school);
    for (path, text) in all.iter().filter(|(path, _)| path.ends_with(".md")) {
        let folder = school.join(path).parent().unwrap().to_path_buf();
        for link in text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            assert!(folder.join(link).exists(), "{path}: {link}");
        }
    }
    let (_, first) = all.iter().find(|(path, _)| path == "docs/premiers-pas.md").unwrap();
    let words = first.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let jargon = [
        "git", "commit", "branche", "branch", "merge", "pull", "push", "pipeline", "dépôt", "toml",
        "runner", "diff", "markdown",
    ];
    let found: Vec<String> = words.filter(|word| jargon.contains(&&**word)).collect();
    // The example of an error names a file.
    assert_eq!(found, ["toml"]);
}
