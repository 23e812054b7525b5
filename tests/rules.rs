//! Every rule has a school that breaks it: a folder of `tests/rules` laid over `tests/schools/base`.
//!
//! The expected diagnostic stands in a comment above the faulty line (see
//! `tests/common/annotations.rs`). What cannot be annotated is in `case.txt`: the files to make or to delete, and the diagnostics
//! of files that are not in the folder. `JALON_UPDATE=1 cargo test --test rules` writes all
//! annotations again: read each of them before you commit.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use common::annotations::{Files, bare, block, is_annotated, settled};
use jalon::diagnostic::Diagnostic;
use jalon::source::{Folder, Memory, Source, Texts};
use jalon::{record, rule, school};

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn base() -> Files {
    common::read_folder(&tests().join("schools/base"))
}

/// The whole pipeline, up to what a person is told.
fn check(source: &dyn Source) -> (Vec<Diagnostic>, Texts) {
    let (texts, mut findings) = Texts::read(source).unwrap();
    let (records, found) = record::load(&texts);
    findings.extend(found);
    let (school, found) = school::link(records);
    findings.extend(found);
    findings.extend(rule::check(&school));
    (record::report(findings, &texts), texts)
}

/// One folder of `tests/rules`.
struct Case {
    name: String,
    /// Its files, without `case.txt`.
    overlay: Files,
    /// The lines of `case.txt` that make or delete files.
    orders: Vec<String>,
    /// The other lines of `case.txt`.
    expected: String,
}

impl Case {
    fn read(folder: &Path) -> Self {
        let mut overlay = common::read_folder(folder);
        let text = String::from_utf8(overlay.remove("case.txt").unwrap_or_default()).unwrap();
        let is_order = |line: &&str| line.starts_with("supprimer ") || line.starts_with("créer ");
        let orders = text.lines().filter(is_order).map(str::to_owned).collect();
        let expected: Vec<&str> =
            text.lines().filter(|line| !is_order(line) && !line.is_empty()).collect();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        Self { name, overlay, orders, expected: expected.join("\n") }
    }

    /// Checks the base school with this case laid over it.
    fn run(&self, overlay: &Files) -> Vec<Diagnostic> {
        let mut files = base();
        files.extend(overlay.clone());
        let mut links = false;
        for order in &self.orders {
            let words: Vec<&str> = order.split(' ').collect();
            match words.as_slice() {
                ["supprimer", path] => {
                    let gone = files.remove(*path).is_some();
                    let folder = format!("{path}/");
                    let before = files.len();
                    files.retain(|file, _| !file.starts_with(&folder));
                    assert!(gone || files.len() < before, "{}: no {path} to delete", self.name);
                }
                ["créer", path, "marque"] => {
                    let text = files.remove(*path).unwrap();
                    files.insert((*path).to_owned(), [b"\xef\xbb\xbf".as_slice(), &text].concat());
                }
                ["créer", path, "windows"] => {
                    let text = String::from_utf8(files.remove(*path).unwrap()).unwrap();
                    files.insert((*path).to_owned(), text.replace('\n', "\r\n").into_bytes());
                }
                ["créer", path, "latin-1"] => {
                    let text = String::from_utf8(files.remove(*path).unwrap()).unwrap();
                    let bytes = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'));
                    files.insert((*path).to_owned(), bytes.collect());
                }
                ["créer", path, "image"] => {
                    files.insert((*path).to_owned(), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec());
                }
                ["créer", path, "énorme"] => {
                    files.insert((*path).to_owned(), vec![b'#'; 3 * 1024 * 1024]);
                }
                ["créer", path, "lourd"] => {
                    files.insert((*path).to_owned(), vec![0; 16 * 1024 * 1024]);
                }
                ["créer", path, number, "fichiers"] => {
                    for n in 0..number.parse().unwrap() {
                        files.insert(format!("{path}/{n}.pdf"), b"%PDF".to_vec());
                    }
                }
                ["créer", _, "raccourci"] => links = true,
                _ => panic!("{}: unknown order {order}", self.name),
            }
        }
        if links { self.run_on_disk(&files) } else { check(&Memory(files)).0 }
    }

    /// Links exist on disks only.
    fn run_on_disk(&self, files: &Files) -> Vec<Diagnostic> {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        for order in &self.orders {
            if let ["créer", path, "raccourci"] = order.split(' ').collect::<Vec<_>>()[..] {
                let path = folder.path().join(path);
                #[cfg(unix)]
                std::os::unix::fs::symlink(path.parent().unwrap(), &path).unwrap();
            }
        }
        check(&Folder::open(folder.path()).unwrap()).0
    }
}

fn cases() -> Vec<Case> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(tests().join("rules"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    folders.iter().map(|folder| Case::read(folder)).collect()
}

#[test]
fn the_base_school_is_sound() {
    let (found, texts) = check(&Memory(base()));
    let told: String = found.iter().map(|d| format!("{}:{}", d.file, block(d, ""))).collect();
    assert!(found.is_empty(), "{told}");
    assert!(texts.len() > 15);
}

#[test]
fn every_case_tells_what_its_annotations_say() {
    let overwrite = std::env::var_os("JALON_UPDATE").is_some();
    let mut wrong = String::new();
    for case in cases() {
        let (files, rest) = settled(&bare(&case.overlay), |files| case.run(files));
        if files == case.overlay && rest == case.expected {
            continue;
        }
        let folder = tests().join("rules").join(&case.name);
        for (path, bytes) in &files {
            if case.overlay[path] != *bytes {
                let _ =
                    writeln!(wrong, "── {}/{path}\n{}", case.name, String::from_utf8_lossy(bytes));
                if overwrite {
                    std::fs::write(folder.join(path), bytes).unwrap();
                }
            }
        }
        if rest != case.expected {
            let _ = writeln!(wrong, "── {}/case.txt\n{rest}", case.name);
            if overwrite {
                let text = format!("{}\n\n{rest}\n", case.orders.join("\n"));
                std::fs::write(folder.join("case.txt"), text.trim_start()).unwrap();
            }
        }
    }
    assert!(overwrite || wrong.is_empty(), "these cases should read:\n{wrong}");
}

#[test]
fn every_code_has_a_case_named_after_it() {
    let told: BTreeSet<&str> = rule::codes().iter().map(|code| code.name).collect();
    let mut shown = BTreeSet::new();
    for case in cases() {
        let name = case.name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
        let code = rule::code(name).unwrap_or_else(|| panic!("{}: no such code", case.name));
        let texts = case.overlay.iter().filter(|(path, _)| is_annotated(&case.overlay, path));
        let texts = texts.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
        let expected = format!("! {code} ");
        assert!(
            texts.chain([case.expected.clone()]).any(|text| text.contains(&expected)),
            "{}: does not expect its own code",
            case.name
        );
        shown.insert(code.name);
    }
    // The rules of change have theirs in `tests/changes`.
    shown.extend(rule::change_codes().chain(jalon::history::codes()).map(|code| code.name));
    let unshown: Vec<_> = told.difference(&shown).collect();
    assert!(unshown.is_empty(), "no case for {unshown:?}");
}

/// The référentiels that come with the program keep their own rules.
#[test]
fn the_referentials_of_the_program_are_sound() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/referentials");
    let mut files = base();
    files.retain(|path, _| matches!(path.as_str(), "school.toml" | "staff.toml"));
    files.insert("classes/2026-2027.toml".into(), b"classes = {}\n".to_vec());
    for (name, bytes) in common::read_folder(&root) {
        files.insert(format!("referentials/{name}"), bytes);
    }
    let found = check(&Memory(files)).0;
    let told: String = found
        .iter()
        .map(|d| format!("{}:{}:{}", d.file, d.span.start.line, block(d, "")))
        .collect();
    assert!(found.is_empty(), "{told}");
}

/// The largest school that is planned for: 2,200 pupils, 4,000 evaluations, 20,000 reviews.
/// `cargo test --release --test rules -- --ignored --nocapture`
#[test]
#[ignore = "takes a while: for measuring"]
fn a_large_school_is_judged_in_time() {
    let mut files = base();
    let text = |files: &Files, path: &str| String::from_utf8(files[path].clone()).unwrap();
    let pupil = text(&files, "students/2025/nguyen-an/student.toml");
    let review = text(&files, "students/2025/martin-hugo/reviews/2026-12-11.toml");
    let class = text(&files, "classes/2025-2026.toml");
    let evaluation = "titre = \"T\"\ndate = 2026-11-06\nauteur = \"mercier-paul\"\ncomplexite = \"Int\"\n\
        criteres = [\"C1.1.a\", \"C1.2.a\"]\n[resultats]\n";
    let (mut now, mut before) = (String::new(), String::new());
    for c in 0..122 {
        let entry = class.replace("2mrc1", &format!("k{c}")).replace("2 MRC 1", &format!("K {c}"));
        before.push_str(&entry);
        now.push_str(&entry.replace("mrc", "mcv-a").replace("seconde", "premiere"));
        let pupils: Vec<usize> = (0..2200).filter(|p| p % 122 == c).collect();
        for e in 0..33 {
            let rows: String = pupils.iter().map(|p| format!("e{p} = [\"+\", \"-\"]\n")).collect();
            let path = format!("evaluations/2026-2027/k{c}/s{e}.toml");
            files.insert(path, format!("{evaluation}{rows}").into());
        }
        for p in pupils {
            let folder = format!("students/2025/e{p}");
            let own = pupil
                .replace("\"2345680\"", &format!("\"{}\"", 9_000_000 + p))
                .replace("Nguyen", &format!("Nguyen {p}"))
                .replace("2mrc1", &format!("k{c}"))
                .replace("1mcva1", &format!("k{c}"));
            files.insert(format!("{folder}/student.toml"), own.into());
            for day in 1..=9 {
                let date = format!("2026-12-{day:02}");
                let list: Vec<String> =
                    (0..12).map(|e| format!("\"2026-2027/k{c}/s{e}\"")).collect();
                let own = review.replace("2026-12-11", &date).replace(
                    "\n[positions]",
                    &format!("evaluations = [{}]\n\n[positions]", list.join(", ")),
                );
                files.insert(format!("{folder}/reviews/{date}.toml"), own.into());
            }
        }
    }
    files.insert(
        "classes/2026-2027.toml".into(),
        [text(&files, "classes/2026-2027.toml"), now].concat().into(),
    );
    files.insert("classes/2025-2026.toml".into(), [class, before].concat().into());
    let source = Memory(files);
    let (texts, _) = Texts::read(&source).unwrap();
    let start = std::time::Instant::now();
    let (records, found) = record::load(&texts);
    println!("load  {:?} ({} findings)", start.elapsed(), found.len());
    let start = std::time::Instant::now();
    let (school, found) = school::link(records);
    println!("link  {:?} ({} findings)", start.elapsed(), found.len());
    let start = std::time::Instant::now();
    let found = rule::check(&school);
    println!("check {:?} ({} findings)", start.elapsed(), found.len());
    for finding in found.iter().take(5) {
        println!("{} {}", finding.code, finding.message);
    }
}
