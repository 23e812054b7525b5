//! The only writer: outputs replaced one by one, and only when they changed.
#![expect(clippy::disallowed_methods, reason = "this is the room that writes")]

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

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
    /// The folder to create already holds something.
    #[error("« {} » existe déjà", .0.display())]
    Exists(PathBuf),
}

fn refused(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
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
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(refused(folder))?;
    }
    write_through_temporary(path, bytes)?;
    Ok(true)
}

fn same_bytes(path: &Path, bytes: &[u8]) -> bool {
    std::fs::metadata(path).is_ok_and(|data| data.len() == bytes.len() as u64)
        && std::fs::read(path).is_ok_and(|old| old == bytes)
}

fn write_through_temporary(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".jalon-tmp");
    let temporary = path.with_file_name(name);
    std::fs::write(&temporary, bytes).map_err(refused(&temporary))?;
    std::fs::rename(&temporary, path).map_err(refused(path))
}

/// Brings an output folder to hold exactly these files (sorted by path), among those we manage.
///
/// Files that an earlier build wrote and that are no longer wanted are removed; files that we did
/// not write are never touched, and a non-empty folder without our manifest is refused.
///
/// # Errors
/// When the system refuses, or the folder is somebody else's.
pub fn write_outputs<B: AsRef<[u8]> + Sync>(
    folder: &Path,
    files: &[(String, B)],
) -> Result<Written, WriteError> {
    let manifest = folder.join(MANIFEST);
    let before: BTreeSet<String> = match std::fs::read_to_string(&manifest) {
        Ok(text) => text.lines().filter(|path| is_inside(path)).map(str::to_owned).collect(),
        Err(_) => {
            if std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
                return Err(WriteError::Foreign(folder.to_path_buf()));
            }
            BTreeSet::new()
        }
    };
    std::fs::create_dir_all(folder).map_err(refused(folder))?;
    let now: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();

    // The manifest first names old and new files: an interrupted build loses track of nothing.
    let all: BTreeSet<&str> =
        now.iter().copied().chain(before.iter().map(String::as_str)).collect();
    write_if_changed(&manifest, lines(&all).as_bytes())?;

    let folders: BTreeSet<&Path> =
        files.iter().filter_map(|(path, _)| Path::new(path).parent()).collect();
    for path in folders {
        let path = folder.join(path);
        std::fs::create_dir_all(&path).map_err(refused(&path))?;
    }
    let outcomes: Vec<Result<bool, WriteError>> = files
        .par_iter()
        .map(|(path, bytes)| {
            let path = folder.join(path);
            if same_bytes(&path, bytes.as_ref()) {
                return Ok(false);
            }
            write_through_temporary(&path, bytes.as_ref()).map(|()| true)
        })
        .collect();
    let mut written = Written::default();
    for outcome in outcomes {
        if outcome? { written.changed += 1 } else { written.unchanged += 1 }
    }
    let mut emptied = BTreeSet::new();
    for path in before.iter().filter(|path| !now.contains(path.as_str())) {
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
    write_if_changed(&manifest, lines(&now).as_bytes())?;
    Ok(written)
}

fn lines(paths: &BTreeSet<&str>) -> String {
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
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(refused(parent))?;
        }
        std::fs::write(&path, bytes).map_err(refused(&path))?;
        number += 1;
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
        list.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn only_what_changed_is_written_and_only_ours_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let first = write_outputs(&out, &files(&[("a.html", "1"), ("b/c.html", "2")])).unwrap();
        assert_eq!(first, Written { changed: 2, unchanged: 0, removed: 0 });
        std::fs::write(out.join("theirs.txt"), "x").unwrap();
        let second = write_outputs(&out, &files(&[("a.html", "1")])).unwrap();
        assert_eq!(second, Written { changed: 0, unchanged: 1, removed: 1 });
        assert!(!out.join("b").exists() && out.join("theirs.txt").exists());
    }

    #[test]
    fn a_folder_of_somebody_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("photo.jpg"), "x").unwrap();
        let refused = write_outputs(folder.path(), &files(&[("a.html", "1")]));
        assert!(matches!(refused, Err(WriteError::Foreign(_))));
    }

    #[test]
    fn a_manifest_cannot_lead_outside() {
        assert!(is_inside("a/b.html"));
        assert!(!is_inside("../b") && !is_inside("/etc/passwd") && !is_inside("a/../../b"));
    }
}
