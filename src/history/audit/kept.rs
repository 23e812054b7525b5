//! What an audit found, kept so that the next one only looks at what is new.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Audit;
use super::walk::State;
use crate::history::chronicle::{self, Told};
use crate::history::moment::Moment;
use crate::source::{Past, write_if_changed};

/// First word of the files; another number when their content, or the meaning of an audit, changes.
const TITLE: &str = "jalon audit 3";

/// What stands beside a kept value: where it comes from.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Origin {
    title: String,
    rules: String,
    folder: String,
}

/// An audit that was kept; the school as it stood then is read only when it is needed.
pub(super) struct Known<'p> {
    pub(super) audit: Audit,
    folder: &'p Path,
    origin: Origin,
}

impl Known<'_> {
    /// With the school as it stood, and all that was told; nothing when that was lost.
    pub(super) fn whole(self, past: &Past) -> Option<State> {
        let (head, moment, lost, wounds): (String, Moment, _, _) =
            read(&self.folder.join("etat"), &self.origin)?;
        let told = self.told(past)?;
        let same = head == self.audit.head.to_string();
        same.then_some(State { audit: self.audit, moment, told, lost, wounds })
    }

    /// All that was told up to then.
    pub(super) fn told(&self, past: &Past) -> Option<Vec<Told>> {
        chronicle::kept::load(&self.folder.join("chronique"), past, self.audit.head)
    }
}

pub(super) fn load<'p>(folder: &'p Path, past: &Past, rules: &str) -> Option<Known<'p>> {
    let origin = origin(past, rules);
    let audit = read(&folder.join("audit"), &origin)?;
    Some(Known { audit, folder, origin })
}

/// Keeps what was found. A file that cannot be written costs a walk next time, nothing else.
pub(super) fn save(folder: &Path, past: &Past, rules: &str, state: &State) {
    let origin = origin(past, rules);
    let head = state.audit.head.to_string();
    write(&folder.join("audit"), &origin, &state.audit);
    write(&folder.join("etat"), &origin, &(head, &state.moment, &state.lost, &state.wounds));
    chronicle::kept::save(&folder.join("chronique"), past, state.audit.head, &state.told);
}

fn origin(past: &Past, rules: &str) -> Origin {
    Origin { title: TITLE.to_owned(), rules: rules.to_owned(), folder: past.folder().to_owned() }
}

/// A file is a seal over the rest, the origin, and the value: one line each.
fn write<T: Serialize>(file: &Path, origin: &Origin, value: &T) {
    let (Ok(origin), Ok(value)) = (serde_json::to_string(origin), serde_json::to_string(value))
    else {
        return;
    };
    let body = format!("{origin}\n{value}\n");
    let text = format!("{}\n{body}", blake3::hash(body.as_bytes()).to_hex());
    if let Err(error) = write_if_changed(file, text.as_bytes()) {
        tracing::warn!(%error, "an audit that could not be kept");
    }
}

fn read<T: for<'de> Deserialize<'de>>(file: &Path, expected: &Origin) -> Option<T> {
    let text = std::fs::read_to_string(file).ok()?;
    let (seal, body) = text.split_once('\n')?;
    if seal != blake3::hash(body.as_bytes()).to_hex().as_str() {
        return None;
    }
    let (origin, value) = body.split_once('\n')?;
    let origin: Origin = serde_json::from_str(origin).ok()?;
    if origin != *expected {
        return None;
    }
    serde_json::from_str(value).ok()
}
