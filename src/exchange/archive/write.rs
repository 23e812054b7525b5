//! Writing an archive: no clock, no machine, files in the order given.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The archive of these files. One that must be readable without unpacking (the `mimetype` of an ODT)
/// is stored as it is when its name is in `stored`.
///
/// # Errors
/// When a file has a name that another has already, or is larger than four gigabytes.
pub fn write<'f>(
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
    stored: &[&str],
) -> std::io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let method = match stored.contains(&name) {
            true => CompressionMethod::Stored,
            false => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        archive.start_file(name, options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
