//! Reading an archive that a stranger may have made: few files, of bounded size, with names that stay inside.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

/// How much an archive may hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Files.
    pub files: usize,
    /// Bytes of all files, unpacked.
    pub bytes: u64,
}

/// An archive that is not read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The bytes are no ZIP archive, or a damaged one.
    #[error("ce n’est pas une archive ZIP entière")]
    Damaged(#[source] ZipError),
    /// More files than it may hold.
    #[error("l’archive contient plus de {0} fichiers")]
    TooMany(usize),
    /// More bytes than it may hold.
    #[error("l’archive dépasse {} Mo une fois ouverte", .0 / 1_000_000)]
    TooLarge(u64),
    /// A name that leads out of the archive, or that two files share.
    #[error("l’archive contient un nom de fichier inadmissible")]
    Name,
    /// A file behind a password, or a link.
    #[error("l’archive contient un fichier chiffré ou un raccourci")]
    Kind,
}

/// The files of an archive, by name with `/`. Folders, and what macOS adds, are left out.
///
/// # Errors
/// When the archive is damaged, holds more than it may, or a name that leads elsewhere.
pub fn read(bytes: &[u8], limits: Limits) -> Result<BTreeMap<String, Vec<u8>>, ArchiveError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(ArchiveError::Damaged)?;
    if archive.len() > limits.files {
        return Err(ArchiveError::TooMany(limits.files));
    }
    let mut files = BTreeMap::new();
    let mut left = limits.bytes;
    for place in 0..archive.len() {
        let file = archive.by_index(place).map_err(ArchiveError::Damaged)?;
        if file.encrypted() || file.is_symlink() {
            return Err(ArchiveError::Kind);
        }
        let name = file.name().map_err(ArchiveError::Damaged)?.into_owned();
        if !is_fair(name.trim_end_matches('/')) {
            return Err(ArchiveError::Name);
        }
        if name.ends_with('/') || is_extra(&name) {
            continue;
        }
        // What the archive says of sizes is not believed: one byte over the limit is looked for.
        let mut unpacked = Vec::new();
        file.take(left + 1)
            .read_to_end(&mut unpacked)
            .map_err(|error| ArchiveError::Damaged(error.into()))?;
        left =
            left.checked_sub(unpacked.len() as u64).ok_or(ArchiveError::TooLarge(limits.bytes))?;
        if files.insert(name, unpacked).is_some() {
            return Err(ArchiveError::Name);
        }
    }
    Ok(files)
}

/// Whether a name stays inside, on any system.
fn is_fair(name: &str) -> bool {
    let fair = |part: &str| {
        !matches!(part, "" | "." | "..")
            && !part.contains(['\\', ':'])
            && !part.chars().any(char::is_control)
    };
    name.split('/').all(fair)
}

/// What macOS and file managers add to archives.
fn is_extra(name: &str) -> bool {
    name.split('/').any(|part| part == "__MACOSX" || part.starts_with('.') && part != ".rels")
}

#[cfg(test)]
mod tests {
    use super::super::write;
    use super::*;

    const LIMITS: Limits = Limits { files: 3, bytes: 1000 };

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        write(files.iter().copied(), &["mimetype"]).unwrap()
    }

    #[test]
    fn what_was_written_is_read_and_the_same_files_give_the_same_bytes() {
        let files: &[(&str, &[u8])] = &[("mimetype", b"x"), ("a/\u{e9}.txt", b"contenu")];
        let bytes = archive(files);
        assert_eq!(bytes, archive(files));
        let read = read(&bytes, LIMITS).unwrap();
        assert_eq!(read.get("a/é.txt").map(Vec::as_slice), Some(&b"contenu"[..]));
        assert_eq!(read.len(), 2);
    }

    #[test]
    fn an_archive_that_holds_too_much_is_refused() {
        let zeros = vec![0; 1001];
        assert!(matches!(read(&archive(&[("a", &zeros)]), LIMITS), Err(ArchiveError::TooLarge(_))));
        assert!(matches!(
            read(&archive(&[("a", &zeros[..600]), ("b", &zeros[..600])]), LIMITS),
            Err(ArchiveError::TooLarge(_))
        ));
        assert!(read(&archive(&[("a", &zeros[..1000])]), LIMITS).is_ok());
        let many: Vec<_> = ["a", "b", "c", "d"].map(|name| (name, &b""[..])).to_vec();
        assert!(matches!(read(&archive(&many), LIMITS), Err(ArchiveError::TooMany(3))));
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused_and_extras_left_out() {
        for name in ["../a", "a/../../b", "/a", "c:\\a", "a\\b", "a//b"] {
            assert!(
                matches!(read(&archive(&[(name, b"")]), LIMITS), Err(ArchiveError::Name)),
                "{name}"
            );
        }
        let read =
            read(&archive(&[("__MACOSX/._a", b"1"), (".DS_Store", b"2"), ("a", b"3")]), LIMITS);
        assert_eq!(read.unwrap().into_keys().collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn damaged_bytes_are_an_error_not_a_panic() {
        let whole = archive(&[("a", b"bonjour"), ("b", b"bonsoir")]);
        for cut in 0..whole.len() {
            assert!(read(&whole[..cut], LIMITS).is_err());
        }
        for place in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[place] ^= 0x55;
            let _ = read(&bytes, LIMITS);
        }
    }
}
