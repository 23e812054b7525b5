//! What a site offers with its scenarios, and the public folder beside it, from outside.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "tests make schools of their own")]

mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

fn jalon(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
    let quiet = [
        ("HOME", "/nonexistent"),
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_SYSTEM", "/dev/null"),
        ("JALON_LOG", "off"),
    ];
    command.current_dir(folder).args(args).envs(quiet).output().unwrap()
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

const PRIVATE: &str = "titre = \"Pas encore prêt\"\nauteur = \"mercier-paul\"\nprive = true\ntaches = [\"A1-T2\"]\ncriteres = [\"C1.0.a\"]\n";

/// A small school on the disk, with a private scenario and a document.
fn school() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.path().join("content").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    // Its livret has a mark too many for a school that is sound.
    let sound = |path: &str| !path.contains("/lsl/");
    for (path, text) in common::small_school().into_iter().filter(|(path, _)| sound(path)) {
        write(&path, text.as_bytes());
    }
    write("scenarios/mcv-a/premiere/secret.toml", PRIVATE.as_bytes());
    folder
}

fn built(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let out = jalon(folder, &["build", "--no-pdf", "--today", "2026-11-20"]);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    common::read_folder(&folder.join("out"))
}

const PAGE: &str = "staff/mcv-a/scenarios/premiere/accueil-client/";

#[test]
fn the_page_of_a_shared_scenario_offers_its_files_and_that_of_a_private_one_is_not_there() {
    let school = school();
    let files = built(school.path());
    let page = String::from_utf8(files[&format!("{PAGE}index.html")].clone()).unwrap();
    for end in ["odt", "docx", "zip"] {
        assert!(page.contains(&format!("href=\"accueil-client.{end}\"")), "{end}");
        let file = &files[&format!("{PAGE}accueil-client.{end}")];
        assert!(file.starts_with(b"PK"), "{end}");
    }
    assert!(!files.keys().any(|path| path.contains("secret")));
    // The same school twice, the same bytes; and what the command writes is what the page offers.
    let again = built(school.path());
    assert_eq!(
        files[&format!("{PAGE}accueil-client.odt")],
        again[&format!("{PAGE}accueil-client.odt")]
    );
    let export = [
        "export", "scenario", "mcv-a", "--format", "odt", "--format", "docx", "--format", "paquet",
    ];
    let out = jalon(school.path(), &export);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    assert!(said(&out).contains("1 scénario privé laissé"), "{}", said(&out));
    let exported = common::read_folder(&school.path().join("out/exports/scenarios"));
    assert!(!exported.keys().any(|name| name.contains("secret")));
    for end in ["odt", "docx", "zip"] {
        assert_eq!(
            exported[&format!("mcv-a-premiere-accueil-client.{end}")],
            files[&format!("{PAGE}accueil-client.{end}")]
        );
    }
}

#[test]
fn a_private_scenario_leaves_only_when_that_is_wanted() {
    let school = school();
    let id = "mcv-a/premiere/secret";
    let refused = jalon(school.path(), &["export", "scenario", id]);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(said(&refused).contains("privé") && said(&refused).contains("--private"));
    assert!(!school.path().join("out").exists());
    let wanted = jalon(school.path(), &["export", "scenario", id, "--private"]);
    assert_eq!(wanted.status.code(), Some(0), "{}", said(&wanted));
    let unknown = jalon(school.path(), &["export", "scenario", "mcv-a/premiere/acceuil-client"]);
    assert!(
        said(&unknown).contains("vouliez-vous écrire mcv-a/premiere/accueil-client"),
        "{}",
        said(&unknown)
    );
}

#[test]
fn a_scenario_goes_from_school_to_school_by_the_commands() {
    let (from, to) = (school(), school());
    jalon(from.path(), &["export", "scenario", "mcv-a/premiere/accueil-client"]);
    let package = from.path().join("out/exports/scenarios/mcv-a-premiere-accueil-client.zip");
    let package = package.to_str().unwrap();
    let there = to.path().join("content/scenarios/mcv-a/premiere/accueil-client.toml");
    std::fs::remove_file(&there).unwrap();
    let nobody = jalon(to.path(), &["import", "scenario", package]);
    assert!(said(&nobody).contains("--author"), "{}", said(&nobody));
    let dry =
        jalon(to.path(), &["import", "scenario", package, "--author", "keller-anne", "--dry-run"]);
    assert!(dry.status.success() && !there.exists(), "{}", said(&dry));
    let done = jalon(to.path(), &["import", "scenario", package, "--author", "keller-anne"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let text = std::fs::read_to_string(&there).unwrap();
    assert!(
        text.contains("auteur = \"keller-anne\"\n")
            && text.contains("origine = \"M. Paul Mercier, "),
        "{text}"
    );
    let again = jalon(to.path(), &["import", "scenario", package, "--author", "keller-anne"]);
    assert!(said(&again).contains("déjà là") && again.status.success(), "{}", said(&again));
    assert_eq!(std::fs::read_to_string(&there).unwrap(), text);
}

#[test]
fn the_template_of_the_school_comes_first_and_a_faulty_one_stops_no_site() {
    let school = school();
    let out = jalon(school.path(), &["export", "scenario", "--templates", "--out", "modeles"]);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    let before = built(school.path());
    let own = school.path().join("content/layouts");
    std::fs::create_dir_all(&own).unwrap();
    // The other family's template under this name is no template.
    std::fs::copy(school.path().join("modeles/layouts/scenario.docx"), own.join("scenario.odt"))
        .unwrap();
    let build = jalon(school.path(), &["build", "--no-pdf", "--today", "2026-11-20"]);
    assert!(
        build.status.success() && said(&build).contains("layouts/scenario.odt"),
        "{}",
        said(&build)
    );
    let path = format!("{PAGE}accueil-client.odt");
    assert_eq!(std::fs::read(school.path().join("out").join(&path)).unwrap(), before[&path]);
    let export = jalon(
        school.path(),
        &["export", "scenario", "mcv-a/premiere/accueil-client", "--format", "odt"],
    );
    assert_eq!(export.status.code(), Some(2), "{}", said(&export));
    // One that was changed serves.
    let shipped = std::fs::read(school.path().join("modeles/layouts/scenario.odt")).unwrap();
    let limits = jalon::exchange::archive::Limits { files: 50, bytes: 1_000_000 };
    let mut files = jalon::exchange::archive::read(&shipped, limits).unwrap();
    let content = String::from_utf8(files["content.xml"].clone()).unwrap();
    files.insert(
        "content.xml".into(),
        content.replace("Contexte", "Mise en situation").into_bytes(),
    );
    let files = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    std::fs::write(own.join("scenario.odt"), jalon::exchange::archive::write(files, &[]).unwrap())
        .unwrap();
    let after = built(school.path());
    assert_ne!(after[&path], before[&path]);
    let docx = format!("{PAGE}accueil-client.docx");
    assert_eq!(after[&docx], before[&docx]);
}

#[test]
fn the_public_folder_holds_frameworks_and_nobody() {
    let school = school();
    let files = built(school.path());
    let public: BTreeMap<&String, &Vec<u8>> =
        files.iter().filter(|(path, _)| path.starts_with("public/")).collect();
    let index: serde_json::Value =
        serde_json::from_slice(&files["public/case/index.json"]).unwrap();
    let listed = index["referentiels"].as_array().unwrap();
    assert_eq!(listed.len(), 2);
    for one in listed {
        let file = format!("public/case/{}", one["fichier"].as_str().unwrap());
        let package: serde_json::Value = serde_json::from_slice(&files[&file]).unwrap();
        assert_eq!(package["CFDocument"]["identifier"], one["identifiant"]);
    }
    for name in ["Adami", "Dupont", "Mercier", "Keller", "marvingt.example"] {
        for (path, bytes) in &public {
            assert!(!String::from_utf8_lossy(bytes).contains(name), "{path}: {name}");
        }
    }
    let export = jalon(school.path(), &["export", "case", "--out", "case"]);
    assert_eq!(export.status.code(), Some(0), "{}", said(&export));
    let exported = common::read_folder(&school.path().join("case"));
    assert!(exported.iter().all(|(path, bytes)| files[&format!("public/case/{path}")] == *bytes));
    let package = school.path().join("case").join(listed[0]["fichier"].as_str().unwrap());
    let import =
        jalon(school.path(), &["import", "case", package.to_str().unwrap(), "--code", "essai"]);
    assert_eq!(import.status.code(), Some(0), "{}", said(&import));
    assert!(school.path().join("content/referentials/essai.toml").exists());
}
