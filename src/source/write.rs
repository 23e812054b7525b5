//! The only writer: outputs replaced one by one, and only when they changed.
#![expect(clippy::disallowed_methods, reason = "this is the room that writes")]

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Name of the list of files that we wrote, at the top of each output folder.
const MANIFEST: &str = ".jalon-manifest";

/// What a writing did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files whose bytes changed, or that are new.
    pub changed: usize,
    /// Files that already had these bytes.
    pub unchanged: usize,
    /// Files of an earlier build that no longer have a reason to be.
    pub removed: usize,
}

/// A file or folder that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The system refused.
    #[error("écriture impossible de « {} »", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// The output folder holds files that are not ours.
    #[error("« {} » contient des fichiers que jalon n’a pas écrits : choisissez un dossier vide ou nouveau", .0.display())]
    Foreign(PathBuf),
    /// Two files claim one place: a fault of this program.
    #[error("deux fichiers du site portent le même nom, « {0} »")]
    Twice(String),
    /// The folder to create already holds something.
    #[error("« {} » existe déjà", .0.display())]
    Exists(PathBuf),
    /// The folder is to hold what only its owner may read, and others read it.
    #[error(
        "« {} » est ouvert à d’autres personnes de cette machine : choisissez un dossier nouveau ou vide",
        .0.display()
    )]
    Shared(PathBuf),
    /// Git could not make a repository of a folder.
    #[error("le dépôt Git ne peut pas être créé dans « {} »", path.display())]
    Repository {
        /// The folder.
        path: PathBuf,
        /// What Git says.
        #[source]
        cause: git2::Error,
    },
}

pub(super) fn refused(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    move |cause| WriteError::Io { path: path.to_path_buf(), cause }
}

/// Writes one file through a temporary one, unless it already has these bytes.
/// Returns whether it changed.
///
/// # Errors
/// When the system refuses.
pub fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    if same_bytes(path, bytes) {
        return Ok(false);
    }
    write_through_temporary(path, bytes)?;
    Ok(true)
}

fn same_bytes(path: &Path, bytes: &[u8]) -> bool {
    std::fs::metadata(path).is_ok_and(|data| data.len() == bytes.len() as u64)
        && std::fs::read(path).is_ok_and(|old| old == bytes)
}

fn write_through_temporary(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write_temporary(path, bytes)?;
    std::fs::rename(temporary_beside(path), path).map_err(refused(path))
}

/// Writes the bytes of a file beside its place, in a folder that is made if need be.
pub(super) fn write_temporary(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let temporary = temporary_beside(path);
    let mut outcome = std::fs::write(&temporary, bytes);
    // Folders are made when they turn out to be missing, which is once for many files.
    if let (Err(error), Some(folder)) = (&outcome, path.parent())
        && error.kind() == io::ErrorKind::NotFound
    {
        std::fs::create_dir_all(folder).map_err(refused(folder))?;
        outcome = std::fs::write(&temporary, bytes);
    }
    outcome.map_err(refused(&temporary))
}

/// The size of a file and its first bytes.
fn beginning(path: &Path, bytes: usize) -> io::Result<(u64, Vec<u8>)> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut head = Vec::with_capacity(bytes);
    file.take(bytes as u64).read_to_end(&mut head)?;
    Ok((size, head))
}

pub(super) fn temporary_beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".jalon-tmp");
    path.with_file_name(name)
}

/// Whether two names lead to one file, or to two of the same bytes.
fn same_file(one: &Path, other: &Path) -> bool {
    let (Ok(data), Ok(others)) = (std::fs::symlink_metadata(one), std::fs::metadata(other)) else {
        return false;
    };
    if one_inode(&data, &others) {
        return true;
    }
    data.is_file()
        && data.len() == others.len()
        && std::fs::read(one).is_ok_and(|bytes| std::fs::read(other).is_ok_and(|o| o == bytes))
}

#[cfg(unix)]
fn one_inode(one: &std::fs::Metadata, other: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn one_inode(_: &std::fs::Metadata, _: &std::fs::Metadata) -> bool {
    false
}

/// Gives a stored file a second name, whatever stood there, or copies it.
fn link(path: &Path, stored: &Path) -> Result<(), WriteError> {
    let temporary = temporary_beside(path);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(refused(folder))?;
    }
    // What an interrupted run left may be a second name of some document: not written to.
    match std::fs::remove_file(&temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(refused(&temporary)(error));
        }
        _ => {}
    }
    if std::fs::hard_link(stored, &temporary).is_err() {
        // Another disk, or one that knows no second names.
        std::fs::copy(stored, &temporary).map_err(refused(&temporary))?;
    }
    std::fs::rename(&temporary, path).map_err(refused(path))
}

/// An output folder being brought up to date: files come one by one, from several threads at once
/// and in no order, and only those that changed are written.
///
/// Files that an earlier build wrote and that did not come this time are removed by
/// [`Output::finish`]: an output that is dropped before that, because something failed, has lost
/// nothing. Files that we did not write are never removed.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    /// Where the list of its files is.
    list: PathBuf,
    /// What an earlier build wrote.
    before: BTreeSet<String>,
    progress: Mutex<Progress>,
}

#[derive(Debug)]
struct Progress {
    /// Open at its end.
    manifest: File,
    /// What came.
    now: BTreeSet<String>,
    written: Written,
}

impl Output {
    /// Opens an output folder, made if need be.
    ///
    /// # Errors
    /// When the system refuses, or the folder holds files and no manifest: it is somebody else's.
    pub fn open(folder: &Path) -> Result<Self, WriteError> {
        Self::open_listed(folder, folder.join(MANIFEST))
    }

    /// Opens an output folder whose list of files is kept elsewhere: a list inside would be published
    /// with it, and name all that is there.
    ///
    /// # Errors
    /// As [`Output::open`].
    pub fn open_listed(folder: &Path, path: PathBuf) -> Result<Self, WriteError> {
        let before: BTreeSet<String> = match std::fs::read_to_string(&path) {
            Ok(text) => {
                whole_lines(&text).filter(|path| is_inside(path)).map(str::to_owned).collect()
            }
            Err(_) => {
                if std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
                    return Err(WriteError::Foreign(folder.to_path_buf()));
                }
                BTreeSet::new()
            }
        };
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(refused(parent))?;
        }
        // A new folder becomes ours before it holds anything, and half a line is not added to.
        write_if_changed(&path, lines(&before).as_bytes())?;
        let manifest = File::options().append(true).open(&path).map_err(refused(&path))?;
        let progress = Progress { manifest, now: BTreeSet::new(), written: Written::default() };
        let folder = folder.to_path_buf();
        Ok(Self { folder, list: path, before, progress: Mutex::new(progress) })
    }

    /// Takes a file in, named by its path in the folder, with `/`: written unless the file on disk
    /// has these bytes.
    ///
    /// # Errors
    /// When the system refuses, or a file of this name came before.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        self.announce(path)?;
        let changed = write_if_changed(&self.folder.join(path), bytes)?;
        let written = &mut self.progress().written;
        *(if changed { &mut written.changed } else { &mut written.unchanged }) += 1;
        Ok(())
    }

    /// Makes of `path` a second name of a file that is kept elsewhere and never written to in place,
    /// or a copy of it where the disk cannot do that. It is unchanged when it is that file already,
    /// or has its bytes.
    ///
    /// # Errors
    /// When the system refuses, or a file of this name came before.
    pub fn place(&self, path: &str, stored: &Path) -> Result<(), WriteError> {
        self.announce(path)?;
        let at = self.folder.join(path);
        let changed = !same_file(&at, stored);
        if changed {
            link(&at, stored)?;
        }
        let written = &mut self.progress().written;
        *(if changed { &mut written.changed } else { &mut written.unchanged }) += 1;
        Ok(())
    }

    /// Takes in a file that is made only when it is needed: `is_there` tells from the size and the
    /// first bytes of what stands at its place, up to `head` of them, whether that is it.
    ///
    /// # Errors
    /// When the system refuses, or a file of this name came before.
    pub fn write_unless(
        &self,
        path: &str,
        head: usize,
        is_there: impl FnOnce(u64, &[u8]) -> bool,
        make: impl FnOnce() -> Vec<u8>,
    ) -> Result<(), WriteError> {
        self.announce(path)?;
        let at = self.folder.join(path);
        let unchanged = beginning(&at, head).is_ok_and(|(size, bytes)| is_there(size, &bytes));
        if !unchanged {
            write_through_temporary(&at, &make())?;
        }
        let written = &mut self.progress().written;
        *(if unchanged { &mut written.unchanged } else { &mut written.changed }) += 1;
        Ok(())
    }

    /// Leaves a file of an earlier build as it is, if it is there: this run does not judge it.
    /// Returns whether it is there.
    pub fn keep(&self, path: &str) -> bool {
        let there = self.before.contains(path) && self.folder.join(path).is_file();
        if there {
            self.progress().now.insert(path.to_owned());
        }
        there
    }

    /// The manifest names a new file before it exists: an interrupted build loses track of nothing.
    fn announce(&self, path: &str) -> Result<(), WriteError> {
        let mut progress = self.progress();
        if !progress.now.insert(path.to_owned()) {
            return Err(WriteError::Twice(path.to_owned()));
        }
        if !self.before.contains(path) {
            let line = format!("{path}\n");
            let added = progress.manifest.write_all(line.as_bytes());
            added.map_err(refused(&self.list))?;
        }
        Ok(())
    }

    /// Removes what an earlier build wrote and nothing wrote again, and tells what was done.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn finish(self) -> Result<Written, WriteError> {
        let Self { folder, list, before, progress } = self;
        let progress = progress.into_inner().unwrap_or_else(PoisonError::into_inner);
        let Progress { manifest, now, mut written } = progress;
        // Some systems do not replace a file that is open.
        drop(manifest);
        let mut emptied = BTreeSet::new();
        for path in before.difference(&now) {
            let gone = folder.join(path);
            match std::fs::remove_file(&gone) {
                Ok(()) => written.removed += 1,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(refused(&gone)(error)),
            }
            emptied.extend(Path::new(path).ancestors().skip(1).map(Path::to_path_buf));
        }
        for path in emptied.iter().rev().filter(|path| !path.as_os_str().is_empty()) {
            // Fails, as it should, while the folder still holds something.
            let _ = std::fs::remove_dir(folder.join(path));
        }
        write_if_changed(&list, lines(&now).as_bytes())?;
        Ok(written)
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The lines of a manifest, without a last one that an interrupted build could not finish.
fn whole_lines(text: &str) -> impl Iterator<Item = &str> {
    text[..text.rfind('\n').map_or(0, |end| end + 1)].lines()
}

fn lines(paths: &BTreeSet<String>) -> String {
    let mut text = String::with_capacity(paths.len() * 48);
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// A manifest line may only name a file inside the folder.
fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}

/// What an earlier build left at an address of an output folder.
pub fn earlier_output(folder: &Path, address: &str) -> Option<Vec<u8>> {
    is_inside(address).then(|| std::fs::read(folder.join(address)).ok()).flatten()
}

/// Writes a new tree of files, for a school that is being created.
///
/// # Errors
/// When the folder already exists and is not empty, or the system refuses.
pub fn create_new_tree<B: AsRef<[u8]>>(
    folder: &Path,
    files: impl IntoIterator<Item = (String, B)>,
) -> Result<usize, WriteError> {
    if std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(WriteError::Exists(folder.to_path_buf()));
    }
    let mut number = 0;
    for (path, bytes) in files {
        put(&folder.join(path), bytes.as_ref())?;
        number += 1;
    }
    Ok(number)
}

/// Writes a file that was not there, and the folder it stands in.
pub(super) fn put(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(refused(parent))?;
    }
    std::fs::write(path, bytes).map_err(refused(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Opens a folder and writes these files to it.
    fn half_built(folder: &Path, files: &[(&str, &str)]) -> Output {
        let output = Output::open(folder).unwrap();
        files.iter().for_each(|(path, text)| output.write(path, text.as_bytes()).unwrap());
        output
    }

    fn build(folder: &Path, files: &[(&str, &str)]) -> Written {
        half_built(folder, files).finish().unwrap()
    }

    fn manifest(folder: &Path) -> String {
        std::fs::read_to_string(folder.join(MANIFEST)).unwrap()
    }

    #[test]
    fn only_what_changed_is_written_and_only_ours_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let first = build(&out, &[("b/c.html", "2"), ("a.html", "1"), ("d.html", "3")]);
        assert_eq!(first, Written { changed: 3, unchanged: 0, removed: 0 });
        assert_eq!(manifest(&out), "a.html\nb/c.html\nd.html\n");
        std::fs::write(out.join("theirs.txt"), "x").unwrap();
        let time = |path: &str| std::fs::metadata(out.join(path)).unwrap().modified().unwrap();
        let untouched = time("a.html");
        let second = build(&out, &[("a.html", "1"), ("d.html", "4")]);
        assert_eq!(second, Written { changed: 1, unchanged: 1, removed: 1 });
        assert_eq!(time("a.html"), untouched);
        assert_eq!(std::fs::read_to_string(out.join("d.html")).unwrap(), "4");
        assert!(!out.join("b").exists() && out.join("theirs.txt").exists());
        assert_eq!(manifest(&out), "a.html\nd.html\n");
    }

    #[test]
    fn an_unfinished_build_removes_nothing_and_is_caught_up_with() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        build(out, &[("a.html", "1"), ("b.html", "1")]);
        drop(half_built(out, &[("a.html", "2"), ("new/c.html", "1")]));
        assert!(out.join("b.html").exists());
        // Cut in the middle of a line, whose file was not made yet.
        std::fs::write(out.join(MANIFEST), manifest(out) + "new/d").unwrap();
        let next = build(out, &[("b.html", "1")]);
        assert_eq!(next, Written { changed: 0, unchanged: 1, removed: 2 });
        assert!(!out.join("new").exists());
        assert_eq!(manifest(out), "b.html\n");
    }

    #[test]
    fn a_list_kept_elsewhere_does_its_work_and_is_not_published() {
        let folder = tempfile::tempdir().unwrap();
        let (out, list) = (folder.path().join("out"), folder.path().join("cache/list"));
        let build = |files: &[&str]| {
            let output = Output::open_listed(&out, list.clone()).unwrap();
            files.iter().for_each(|path| output.write(path, b"1").unwrap());
            output.finish().unwrap()
        };
        build(&["a", "b"]);
        assert_eq!(build(&["a"]), Written { changed: 0, unchanged: 1, removed: 1 });
        let names: Vec<_> =
            std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["a"]);
        // Without its list the folder is somebody else's.
        std::fs::remove_file(&list).unwrap();
        assert!(matches!(
            Output::open_listed(&out, list.clone()).unwrap_err(),
            WriteError::Foreign(_)
        ));
    }

    #[test]
    fn a_file_that_is_there_is_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let write = |text: &'static str| {
            let output = Output::open(folder.path()).unwrap();
            let mut made = false;
            let is_there =
                |size: u64, head: &[u8]| size == text.len() as u64 && head == &text.as_bytes()[..2];
            let make = || {
                made = true;
                text.into()
            };
            output.write_unless("a/b", 2, is_there, make).unwrap();
            let written = output.finish().unwrap();
            assert_eq!((written.changed, written.unchanged), if made { (1, 0) } else { (0, 1) });
            assert_eq!(std::fs::read_to_string(folder.path().join("a/b")).unwrap(), text);
            made
        };
        let all = [write("abcd"), write("abcd"), write("xbcd"), write("xbcde"), write("xbcde")];
        assert_eq!(all, [true, false, true, true, false]);
    }

    /// A folder to publish and a file stored beside it.
    fn stored(folder: &Path, text: &str) -> PathBuf {
        let path = folder.join(format!("stored-{text}"));
        std::fs::write(&path, text).unwrap();
        path
    }

    #[cfg(unix)]
    fn inode(path: &Path) -> u64 {
        use std::os::unix::fs::MetadataExt as _;
        std::fs::metadata(path).unwrap().ino()
    }

    #[test]
    fn a_stored_file_is_placed_once() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (stored(folder.path(), "1"), stored(folder.path(), "2"));
        let out = folder.path().join("out");
        let place = |files: &[(&str, &Path)]| {
            let output = Output::open(&out).unwrap();
            files.iter().for_each(|(path, stored)| output.place(path, stored).unwrap());
            assert!(files.iter().all(|(path, stored)| output.place(path, stored).is_err()));
            output.finish().unwrap()
        };
        let first = place(&[("d/a.pdf", &one), ("b.pdf", &one)]);
        assert_eq!(first, Written { changed: 2, unchanged: 0, removed: 0 });
        assert_eq!(manifest(&out), "b.pdf\nd/a.pdf\n");
        #[cfg(unix)]
        assert_eq!(inode(&out.join("d/a.pdf")), inode(&one));
        // Copied there by hand, it is the same all the same.
        std::fs::remove_file(out.join("b.pdf")).unwrap();
        std::fs::copy(&one, out.join("b.pdf")).unwrap();
        std::fs::write(out.join("d/a.pdf.jalon-tmp"), "half").unwrap();
        let second = place(&[("d/a.pdf", &two), ("b.pdf", &one)]);
        assert_eq!(second, Written { changed: 1, unchanged: 1, removed: 0 });
        assert_eq!(std::fs::read_to_string(out.join("d/a.pdf")).unwrap(), "2");
        assert_eq!(std::fs::read_to_string(&one).unwrap(), "1");
        assert!(!out.join("d/a.pdf.jalon-tmp").exists());
        let third = place(&[("d/a.pdf", &two)]);
        assert_eq!(third, Written { changed: 0, unchanged: 1, removed: 1 });
        assert!(two.exists() && one.exists());
    }

    #[test]
    fn a_file_that_is_not_judged_stays() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        build(out, &[("a.html", "1"), ("b.html", "1"), ("c.html", "1")]);
        std::fs::remove_file(out.join("b.html")).unwrap();
        std::fs::write(out.join("theirs.html"), "x").unwrap();
        let output = half_built(out, &[("new.html", "1")]);
        assert!(output.keep("a.html"));
        assert!(!output.keep("b.html") && !output.keep("theirs.html") && !output.keep("d.html"));
        let written = output.finish().unwrap();
        assert_eq!(written, Written { changed: 1, unchanged: 0, removed: 1 });
        assert_eq!(manifest(out), "a.html\nnew.html\n");
    }

    #[test]
    fn files_may_come_from_several_threads() {
        let folder = tempfile::tempdir().unwrap();
        let output = Output::open(folder.path()).unwrap();
        std::thread::scope(|threads| {
            for thread in 0..4 {
                let output = &output;
                threads.spawn(move || {
                    for n in 0..50 {
                        output.write(&format!("{n}/{thread}.html"), b"x").unwrap();
                    }
                });
            }
        });
        assert_eq!(output.finish().unwrap(), Written { changed: 200, unchanged: 0, removed: 0 });
        assert_eq!(manifest(folder.path()).lines().count(), 200);
    }

    #[test]
    fn one_place_holds_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let output = half_built(folder.path(), &[("a.html", "1")]);
        assert!(matches!(output.write("a.html", b"2"), Err(WriteError::Twice(_))));
    }

    #[test]
    fn a_folder_of_somebody_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("photo.jpg"), "x").unwrap();
        assert!(matches!(Output::open(folder.path()), Err(WriteError::Foreign(_))));
    }

    #[test]
    fn a_manifest_cannot_lead_outside() {
        assert!(is_inside("a/b.html"));
        assert!(!is_inside("../b") && !is_inside("/etc/passwd") && !is_inside("a/../../b"));
    }
}
