//! Finished documents, kept by what they are made from: a document that was printed once is not
//! printed again.
#![expect(clippy::disallowed_methods, reason = "this is the room that writes")]

use std::collections::BTreeSet;
use std::fmt;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::WriteError;
use super::write::refused;

/// What ends the names of files that are being written.
const TEMPORARY: &str = ".jalon-tmp";

/// A document's name in the store: a digest of all that it is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; 32]);

impl From<blake3::Hash> for Key {
    fn from(hash: blake3::Hash) -> Self {
        Self(*hash.as_bytes())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&blake3::Hash::from_bytes(self.0).to_hex())
    }
}

/// How the files of a store begin and end.
#[derive(Debug)]
struct Shape {
    extension: &'static str,
    begin: &'static [u8],
    end: &'static [u8],
}

static PDF: Shape = Shape { extension: "pdf", begin: b"%PDF-", end: b"%%EOF" };
static PNG: Shape = Shape { extension: "png", begin: b"\x89PNG\r", end: b"IEND\xae\x42\x60\x82" };

/// A folder of finished documents, each under its key: `ab/cdef….pdf`; or of their pictures.
///
/// The same file stands in the folder that is published, under its address, through a second name
/// of it on the disk ([`Output::place`](super::Output::place)). So nobody may write to it in place:
/// files are read-only, and replaced whole.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    shape: &'static Shape,
    /// How many files were begun: no two threads write to one temporary file.
    begun: AtomicUsize,
}

impl Store {
    /// Opens a store of documents, which is made when its first document comes.
    pub fn open(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), shape: &PDF, begun: AtomicUsize::new(0) }
    }

    /// Opens a store of pictures of documents.
    pub fn of_pictures(folder: impl Into<PathBuf>) -> Self {
        Self { shape: &PNG, ..Self::open(folder) }
    }

    /// The file of a document, if it is there and whole.
    pub fn get(&self, key: Key) -> Option<PathBuf> {
        let path = self.path(key);
        is_whole(&path, self.shape).unwrap_or(false).then_some(path)
    }

    /// Takes a document in, and gives its file.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn put(&self, key: Key, bytes: &[u8]) -> Result<PathBuf, WriteError> {
        let path = self.path(key);
        let (process, number) = (std::process::id(), self.begun.fetch_add(1, Ordering::Relaxed));
        let temporary = path.with_extension(format!("{process}-{number}{TEMPORARY}"));
        let folder = path.parent().unwrap_or(&self.folder);
        std::fs::create_dir_all(folder).map_err(refused(folder))?;
        let written = std::fs::write(&temporary, bytes).and_then(|()| close_to_writing(&temporary));
        let done = written.and_then(|()| std::fs::rename(&temporary, &path));
        if let Err(error) = done {
            let _ = std::fs::remove_file(&temporary);
            return Err(refused(&path)(error));
        }
        Ok(path)
    }

    /// Removes all documents but these, and what a run that was killed left half written. Gives how
    /// many documents went.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn prune(&self, keep: &BTreeSet<Key>) -> Result<usize, WriteError> {
        let kept: BTreeSet<PathBuf> = keep.iter().map(|key| self.path(*key)).collect();
        let mut gone = 0;
        for folder in entries(&self.folder)?.into_iter().filter(|path| path.is_dir()) {
            for path in entries(&folder)? {
                let ours = self.key_of(&path).is_some();
                let half = path.to_string_lossy().ends_with(TEMPORARY);
                if half || ours && !kept.contains(&path) {
                    std::fs::remove_file(&path).map_err(refused(&path))?;
                    gone += usize::from(ours);
                }
            }
            // Fails, as it should, while the folder still holds something.
            let _ = std::fs::remove_dir(&folder);
        }
        Ok(gone)
    }

    fn path(&self, key: Key) -> PathBuf {
        let name = key.to_string();
        let (folder, file) = name.split_at(2);
        self.folder.join(folder).join(format!("{file}.{}", self.shape.extension))
    }

    /// The key that gives a path, if one does.
    fn key_of(&self, path: &Path) -> Option<Key> {
        let inside = path.strip_prefix(&self.folder).ok()?.to_str()?;
        let name: String = inside.rsplit_once('.')?.0.split(['/', '\\']).collect();
        let key = Key::from(blake3::Hash::from_hex(name).ok()?);
        (self.path(key) == path).then_some(key)
    }
}

/// What a folder holds; nothing when it is not there.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let list = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        list => list.map_err(refused(folder))?,
    };
    list.map(|entry| entry.map(|entry| entry.path()).map_err(refused(folder))).collect()
}

/// Whether a file has the beginning and the end that it should: a disk that was full, or a machine that
/// stopped, leaves files cut short or full of zeros.
fn is_whole(path: &Path, shape: &Shape) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut begin = [0; 5];
    file.read_exact(&mut begin)?;
    let mut end = Vec::with_capacity(32);
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(32)))?;
    file.read_to_end(&mut end)?;
    Ok(begin == shape.begin && end.trim_ascii_end().ends_with(shape.end))
}

#[cfg(unix)]
fn close_to_writing(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o444))
}

/// Elsewhere, a file that may not be written to may not be replaced either.
#[cfg(not(unix))]
fn close_to_writing(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        blake3::hash(text.as_bytes()).into()
    }

    fn pdf(text: &str) -> Vec<u8> {
        format!("%PDF-1.7\n{text}\n%%EOF\n").into_bytes()
    }

    #[test]
    fn a_document_is_found_under_its_key_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().join("documents"));
        assert_eq!(store.get(key("a")), None);
        let path = store.put(key("a"), &pdf("a")).unwrap();
        assert_eq!(store.get(key("a")), Some(path.clone()));
        assert_eq!(store.get(key("b")), None);
        let name = key("a").to_string();
        assert!(path.ends_with(format!("{}/{}.pdf", &name[..2], &name[2..])));
        assert_eq!(std::fs::read(&path).unwrap(), pdf("a"));
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        #[cfg(unix)]
        assert!(std::fs::metadata(&path).unwrap().permissions().readonly());
        // Put again, it is the same.
        assert_eq!(store.put(key("a"), &pdf("a")).unwrap(), path);
    }

    #[test]
    fn a_damaged_document_is_not_served_and_can_be_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path());
        let whole = pdf("a");
        for damaged in [&b""[..], b"%PDF", b"%PDF-1.7\n", &whole[2..], &[0; 200], &whole[..14]] {
            store.put(key("a"), damaged).unwrap();
            assert_eq!(store.get(key("a")), None, "{damaged:?}");
        }
        store.put(key("a"), &whole).unwrap();
        assert!(store.get(key("a")).is_some());
    }

    #[test]
    fn what_is_no_longer_wanted_goes_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path());
        assert_eq!(store.prune(&BTreeSet::new()).unwrap(), 0);
        let kept = store.put(key("a"), &pdf("a")).unwrap();
        let gone = store.put(key("b"), &pdf("b")).unwrap();
        let half = kept.with_extension(format!("1-1{TEMPORARY}"));
        let theirs = gone.with_file_name("notes.txt");
        std::fs::write(&half, "%PDF").unwrap();
        std::fs::write(&theirs, "x").unwrap();
        assert_eq!(store.prune(&BTreeSet::from([key("a"), key("c")])).unwrap(), 1);
        assert!(kept.exists() && theirs.exists() && !gone.exists() && !half.exists());
        std::fs::remove_file(&theirs).unwrap();
        store.prune(&BTreeSet::new()).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn several_threads_may_put_one_document() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path());
        std::thread::scope(|threads| {
            for _ in 0..4 {
                threads
                    .spawn(|| (0..40).for_each(|_| drop(store.put(key("a"), &pdf("a")).unwrap())));
            }
        });
        assert!(store.get(key("a")).is_some());
    }
}
