//! ZIP archives: read within bounds, written so that the same files give the same bytes.

mod read;
mod write;

pub use read::{ArchiveError, Limits, read};
pub use write::write;

/// Whether these bytes begin as a ZIP archive does.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}
