//! The chronicle on the disk: one line a commit, so that the next walk only reads what is new.

use std::path::Path;

use rayon::prelude::*;

use super::Told;
use crate::source::{ObjectId, Past, write_if_changed};

/// First line of the file; another number when its lines change.
const TITLE: &str = "jalon chronicle 1";

/// The lines up to a commit; nothing when the file is about another one.
pub(in crate::history) fn load(file: &Path, past: &Past, head: ObjectId) -> Option<Vec<Told>> {
    let text = std::fs::read_to_string(file).ok()?;
    let rest = text.strip_prefix(TITLE)?.strip_prefix('\n')?;
    let (seal, body) = rest.split_once('\n')?;
    if seal != blake3::hash(body.as_bytes()).to_hex().as_str() {
        return None;
    }
    let (origin, lines) = body.split_once('\n')?;
    if origin != format!("{head} {}", past.folder()) {
        return None;
    }
    let lines: Vec<&str> = lines.lines().collect();
    let told = lines.par_iter().map(|line| serde_json::from_str(line).ok());
    told.collect()
}

/// Keeps a chronicle. A file that cannot be written costs a walk next time, nothing else.
pub(in crate::history) fn save(file: &Path, past: &Past, head: ObjectId, told: &[Told]) {
    let lines: Option<Vec<String>> =
        told.par_iter().map(|one| serde_json::to_string(one).ok()).collect();
    let Some(lines) = lines else { return };
    let body = format!("{head} {}\n{}\n", past.folder(), lines.join("\n"));
    let text = format!("{TITLE}\n{}\n{body}", blake3::hash(body.as_bytes()).to_hex());
    if let Err(error) = write_if_changed(file, text.as_bytes()) {
        tracing::warn!(%error, "a chronicle that could not be kept");
    }
}
