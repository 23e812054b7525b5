//! jalon keeps the competency records of a French lycée professionnel as text files, checks every
//! change, and builds from them the staff's site, the families' pages and the printed documents.
//!
//! Data flow down once, from text to files; nobody reaches back up:
//!
//! ```text
//! source   where texts come from: a folder or a Git revision
//! record   the files as written              load(texts)      → records, findings
//! school   the linked model                  link(records)    → school, findings
//! rule     what must hold                    check(school)    → findings
//! history  what Git tells                    judge(change)    → findings, lives of records
//! insight  what can be computed              for each pupil, class, competence
//! page     what stands at which address      plan(school)     → pages
//! render   templates, Markdown, charts       render(pages)    → files
//! exchange files of other programs         plan, export     → changes to write, files to send
//! family   keys, codes, sealing               seal(page)       → files that a letter opens
//! serve    preview                           watch, rebuild, swap, reload
//! cli      arguments in, exit code out
//! ```
//!
//! `ARCHITECTURE.md` has one paragraph a room.

pub mod cli;
pub mod demo;
pub mod diagnostic;
pub mod exchange;
pub mod family;
pub mod history;
pub mod insight;
pub mod page;
pub mod paper;
pub mod record;
pub mod render;
pub mod rule;
pub mod school;
pub mod serve;
pub mod source;
pub mod text;

/// Holds a page of the documentation to what the program says: fails when they differ, or rewrites
/// the page when `JALON_UPDATE` is set.
#[cfg(test)]
fn keep_true(path: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("JALON_UPDATE").is_some() {
        source::write_if_changed(&path, text.as_bytes()).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "{} : relancez avec JALON_UPDATE=1", path.display());
}
