//! What a walk found, kept in a small text file so that the next one only looks at what is new.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use git2::Oid;

use super::{Held, Known, Mark, Slot};
use crate::source::write_if_changed;

/// First line of the file; another number when its lines, or the definition of an edition, change.
const TITLE: &str = "jalon editions 1";

/// Reads what an earlier walk kept for this folder; nothing when the file is not there, is not
/// whole, or is about something else.
pub(super) fn load(file: &Path, folder: &str) -> Option<Known> {
    let text = std::fs::read_to_string(file).ok()?;
    let rest = text.strip_prefix(TITLE)?.strip_prefix('\n')?;
    let (seal, body) = rest.split_once('\n')?;
    if seal != blake3::hash(body.as_bytes()).to_hex().as_str() {
        return None;
    }
    let mut lines = body.lines();
    let head = oid(lines.next()?.strip_prefix("head ")?)?;
    if lines.next()?.strip_prefix("folder ")? != folder {
        return None;
    }
    let files = lines.map(line).collect::<Option<BTreeMap<_, _>>>()?;
    Some(Known { head, files })
}

/// Keeps what a walk found. A file that cannot be written costs a walk next time, nothing else.
pub(super) fn save(file: &Path, folder: &str, known: &Known) {
    let mut body = String::with_capacity(known.files.len() * 160);
    // Writing to a string cannot fail.
    let _ = write!(body, "head {}\nfolder {folder}\n", known.head);
    for (path, slot) in &known.files {
        let _ = write!(body, "{} {}", slot.latest.at, slot.latest.commit);
        let _ = match &slot.held {
            Some(Held { blob, by }) => writeln!(body, " {blob} {} {} {path}", by.at, by.commit),
            None => writeln!(body, " - - - {path}"),
        };
    }
    let text = format!("{TITLE}\n{}\n{body}", blake3::hash(body.as_bytes()).to_hex());
    if let Err(error) = write_if_changed(file, text.as_bytes()) {
        tracing::warn!(%error, "editions that could not be kept");
    }
}

fn line(line: &str) -> Option<(String, Slot)> {
    let parts: Vec<&str> = line.splitn(6, ' ').collect();
    let [at, commit, blob, held_at, held_by, path] = parts[..] else { return None };
    let latest = mark(at, commit)?;
    let held = match blob {
        "-" => None,
        blob => Some(Held { blob: oid(blob)?, by: mark(held_at, held_by)? }),
    };
    Some((path.to_owned(), Slot { latest, held }))
}

fn mark(at: &str, commit: &str) -> Option<Mark> {
    Some(Mark { at: at.parse().ok()?, commit: oid(commit)? })
}

fn oid(text: &str) -> Option<Oid> {
    // Shorter names would be completed with zeros.
    (text.len() == 40).then(|| Oid::from_str(text).ok()).flatten()
}
