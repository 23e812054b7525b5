//! The whole program on invented schools of the sizes M and XL, as people run it: cold process, warm
//! file cache. Prints the time of each command beside its budget; never fails.
//!
//! `cargo bench --bench sizes` (about a minute); `cargo bench --bench sizes -- M` for one size.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints its figures, and stops when it cannot"
)]
#![allow(clippy::disallowed_methods, reason = "a bench removes what it wrote")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

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
        report(name, "build, new folder", Some(*build), || {
            let _ = std::fs::remove_dir_all(&out);
            run(&["build", "--content", &content, "--out", &text(&out), "--no-pdf"]);
        });
        report(name, "build, nothing changed", None, || {
            run(&["build", "--content", &content, "--out", &text(&out), "--no-pdf"]);
        });
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
