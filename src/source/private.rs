//! Files that only their owner reads: a secret, letters that open pages.
#![expect(clippy::disallowed_methods, reason = "this is the room that writes")]

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::write::{WriteError, refused};

/// Creates a file that only its owner reads. It is on the disk when this returns.
///
/// # Errors
/// When there is a file of this name, or the system refuses.
pub fn create_private_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let file = private_options().create_new(true).open(path);
    let file = file.map_err(|cause| match cause.kind() {
        io::ErrorKind::AlreadyExists => WriteError::Exists(path.to_path_buf()),
        _ => refused(path)(cause),
    })?;
    fill(&file, bytes).map_err(refused(path))
}

/// A folder that nobody else reads.
#[derive(Debug)]
pub struct PrivateFolder {
    path: PathBuf,
}

impl PrivateFolder {
    /// Opens a folder, made if need be. One that exists and is empty is closed to others.
    ///
    /// # Errors
    /// When it holds something and others may read it, or the system refuses.
    pub fn open(path: &Path) -> Result<Self, WriteError> {
        make(path)?;
        let empty = std::fs::read_dir(path).map_err(refused(path))?.next().is_none();
        close(path, empty)?;
        Ok(Self { path: path.to_path_buf() })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file in the folder, or in folders of it that are made; it takes the place of an
    /// earlier one.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let path = self.path.join(name);
        if let Some(folder) = path.parent() {
            make(folder)?;
        }
        let mut temporary = path.clone().into_os_string();
        temporary.push(".jalon-tmp");
        let temporary = PathBuf::from(temporary);
        // One that an interrupted run left may be open to others.
        match std::fs::remove_file(&temporary) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                return Err(refused(&temporary)(cause));
            }
            _ => {}
        }
        let file = private_options().create_new(true).open(&temporary);
        let written = file.and_then(|file| fill(&file, bytes));
        written.map_err(refused(&temporary))?;
        std::fs::rename(&temporary, &path).map_err(refused(&path))
    }
}

fn fill(mut file: &File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(unix)]
fn private_options() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}

#[cfg(not(unix))]
fn private_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    options
}

/// Makes a folder, and those above it that are missing.
fn make(path: &Path) -> Result<(), WriteError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(refused(path))
}

#[cfg(unix)]
fn close(path: &Path, empty: bool) -> Result<(), WriteError> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(path).map_err(refused(path))?.permissions().mode();
    match (mode & 0o077, empty) {
        (0, _) => Ok(()),
        (_, true) => {
            let closed = std::fs::Permissions::from_mode(0o700);
            std::fs::set_permissions(path, closed).map_err(refused(path))
        }
        (_, false) => Err(WriteError::Shared(path.to_path_buf())),
    }
}

#[cfg(not(unix))]
fn close(_: &Path, _: bool) -> Result<(), WriteError> {
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn mode(path: &Path) -> Option<u32> {
        std::fs::metadata(path).ok().map(|data| data.permissions().mode() & 0o777)
    }

    #[test]
    fn a_private_file_is_never_written_over() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("secret");
        create_private_file(&path, b"1").unwrap();
        assert_eq!(mode(&path), Some(0o600));
        assert!(matches!(create_private_file(&path, b"2"), Err(WriteError::Exists(_))));
        assert_eq!(std::fs::read(&path).unwrap(), b"1");
    }

    #[test]
    fn a_private_folder_is_closed_with_all_it_holds() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a/b");
        let folder = PrivateFolder::open(&path).unwrap();
        folder.write("c/d.pdf", b"1").unwrap();
        folder.write("c/d.pdf", b"2").unwrap();
        assert_eq!([mode(&path), mode(&path.join("c"))], [Some(0o700); 2]);
        assert_eq!(mode(&path.join("c/d.pdf")), Some(0o600));
        assert_eq!(std::fs::read(path.join("c/d.pdf")).unwrap(), b"2");
        assert_eq!(std::fs::read_dir(path.join("c")).unwrap().count(), 1);
        assert_eq!(folder.path(), path);
    }

    #[test]
    fn a_folder_that_others_read_is_closed_when_empty_and_refused_when_not() {
        let place = tempfile::tempdir().unwrap();
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(place.path(), open.clone()).unwrap();
        PrivateFolder::open(place.path()).unwrap();
        assert_eq!(mode(place.path()), Some(0o700));
        std::fs::write(place.path().join("photo.jpg"), "x").unwrap();
        PrivateFolder::open(place.path()).unwrap();
        std::fs::set_permissions(place.path(), open).unwrap();
        assert!(matches!(PrivateFolder::open(place.path()), Err(WriteError::Shared(_))));
    }
}
