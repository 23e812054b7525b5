//! What the disk says of a file without reading it: enough to know that it did not change.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// The coarsest clock of the file systems in use (FAT).
const COARSEST: Duration = Duration::from_secs(2);

/// Size and times of a file at one moment.
///
/// A file that had just been written when the stamp was taken may be written again within the same
/// tick of the file system's clock: such a stamp proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    changed: (u64, i64, i64),
    settled: bool,
}

impl Stamp {
    /// The stamp of a file. Take it before reading the file.
    pub fn of(data: &Metadata) -> Self {
        let modified = data.modified().ok();
        let settled = modified.is_some_and(|modified| age(modified) > COARSEST);
        Self { size: data.len(), modified, changed: inode_change(data), settled }
    }

    /// Whether the file surely has the same bytes at a later stamp.
    pub fn still_holds(&self, later: &Self) -> bool {
        self.settled && self.looks_like(later)
    }

    /// Whether size and times are the same.
    pub fn looks_like(&self, later: &Self) -> bool {
        Self { settled: later.settled, ..*self } == *later
    }

    /// The size of the file in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }
}

/// How old a time is; a time to come has no age.
#[expect(clippy::disallowed_methods, reason = "compared with a file's time, never shown or kept")]
fn age(time: SystemTime) -> Duration {
    SystemTime::now().duration_since(time).unwrap_or_default()
}

/// Which file it is and when it last changed, in content, name or rights.
#[cfg(unix)]
fn inode_change(data: &Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (data.ino(), data.ctime(), data.ctime_nsec())
}

#[cfg(not(unix))]
fn inode_change(_: &Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}
