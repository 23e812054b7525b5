//! The whole program on invented schools of the sizes M and XL, as people run it: cold process, warm
//! file cache. Prints the time of each command beside its budget; never fails. The files to import are
//! those that an office would export for the same pupils.
//!
//! `cargo bench --bench sizes` (about a minute); `cargo bench --bench sizes -- M` for one size.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints its figures, and stops when it cannot"
)]
#![allow(clippy::disallowed_methods, reason = "a bench removes what it wrote")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "the tests use more of it")]
#[path = "../tests/siecle/writer.rs"]
mod writer;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use jalon::record;
use jalon::source::{Folder, Texts};
use jalon::text::Date;

const JALON: &str = env!("CARGO_BIN_EXE_jalon");

/// Name, pupils, and the budgets in seconds of `check` and of `build --no-pdf`.
const SIZES: &[(&str, &str, Option<f64>, f64)] =
    &[("M", "310", None, 0.7), ("XL", "2200", Some(2.0), 6.0)];

fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let folder = tempfile::tempdir().unwrap();
    for (name, pupils, check, build) in SIZES {
        if !wanted.is_empty() && !wanted.iter().any(|size| size == name) {
            continue;
        }
        let school = folder.path().join(name);
        run(&["demo", &text(&school), "--students", pupils, "--years", "3", "--seed", "1"]);
        let content = text(&school.join("content"));
        report(name, "check", *check, || {
            run(&["check", "--content", &content]);
        });
        let out = folder.path().join(format!("{name}-out"));
        // The worst case: a file system that has just removed as many files is slower at making them (ext4
        // keeps clear of inodes that were freed seconds ago).
        report(name, "build, new folder", Some(*build), || {
            let _ = std::fs::remove_dir_all(&out);
            run(&["build", "--content", &content, "--out", &text(&out), "--no-pdf"]);
        });
        report(name, "build, nothing changed", None, || {
            run(&["build", "--content", &content, "--out", &text(&out), "--no-pdf"]);
        });
        let exported =
            exported(&school.join("content"), &folder.path().join(format!("{name}-siecle")));
        let import = |content: &Path| {
            let mut arguments = vec!["import", "siecle", "--content"];
            let content = text(content);
            arguments.push(&content);
            let files: Vec<String> = exported.files.iter().map(|path| text(path)).collect();
            arguments.extend(files.iter().map(String::as_str));
            arguments.extend(["--today", &exported.day]);
            run(&arguments);
        };
        let copies =
            Copies::of(&school.join("content"), &folder.path().join(format!("{name}-copies")));
        report(name, "import siecle, first", Some(2.0), || import(&copies.next()));
        let again = copies.next();
        report(name, "import siecle, again", Some(2.0), || import(&again));
    }
}

/// The files of SIECLE and STS for the pupils of a school.
struct Exported {
    files: Vec<PathBuf>,
    day: String,
}

/// Writes them into a folder, and the settings that an import would ask for into the school.
fn exported(content: &Path, folder: &Path) -> Exported {
    let mut settings =
        std::fs::OpenOptions::new().append(true).open(content.join("school.toml")).unwrap();
    let mef = writer::mef_of("mrc", "seconde", None);
    writeln!(
        settings,
        "\n[siecle]\nmatieres_professionnelles = [\"299901\"]\nmatieres_generales = [\"020700\"]\n\n\
         [[siecle.mef]]\ncode = \"{mef}\"\ndiplome = \"mrc\"\nniveau = \"seconde\""
    )
    .unwrap();
    let (texts, _) = Texts::read(&Folder::open(content).unwrap()).unwrap();
    let (school, _) = jalon::school::link(record::load(&texts).0);
    let year = school.current_year();
    let day = Date::new(year.0, 9, 4).unwrap();
    std::fs::create_dir_all(folder).unwrap();
    let given = writer::World::of(&school, year, day).files();
    let write = |(name, bytes): (String, Vec<u8>)| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    Exported { files: given.into_iter().map(write).collect(), day: day.to_string() }
}

/// Copies of a school, made before anything is timed, each used once.
struct Copies(Mutex<Vec<PathBuf>>);

impl Copies {
    /// One for the warm-up, five to be timed, one more.
    fn of(content: &Path, folder: &Path) -> Self {
        let copy = |number: usize| {
            let to = folder.join(format!("copy-{number}"));
            for entry in walkdir::WalkDir::new(content) {
                let entry = entry.unwrap();
                let path = to.join(entry.path().strip_prefix(content).unwrap());
                if entry.file_type().is_dir() {
                    std::fs::create_dir_all(path).unwrap();
                } else {
                    std::fs::copy(entry.path(), path).unwrap();
                }
            }
            to
        };
        Self(Mutex::new((0..7).map(copy).collect()))
    }

    fn next(&self) -> PathBuf {
        self.0.lock().unwrap().pop().unwrap()
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Diagnostics of the invented school do not matter here, only that the program ran.
fn run(arguments: &[&str]) {
    let status = Command::new(JALON)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(status.code().is_some_and(|code| code < 2), "jalon {} failed", arguments.join(" "));
}

/// Five runs after a warm-up: the median and the extremes.
fn report(size: &str, what: &str, budget: Option<f64>, run: impl Fn()) {
    run();
    let mut times: Vec<Duration> = (0..5)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort();
    let seconds = |time: &Duration| time.as_secs_f64();
    let budget = budget.map_or_else(String::new, |budget| format!("   budget {budget:.1} s"));
    println!(
        "{size:3} {what:24} {:6.2} s   ({:.2} to {:.2}){budget}",
        seconds(&times[2]),
        seconds(&times[0]),
        seconds(&times[4])
    );
}
