//! A new repository around a folder that was just made.

use std::path::Path;

use git2::{Repository, RepositoryInitOptions};

use super::WriteError;

/// Makes a folder a Git repository on the branch `main`, without any commit.
///
/// Nothing of the machine's own templates comes along.
///
/// # Errors
/// When the system refuses.
pub fn create_repository(folder: &Path) -> Result<(), WriteError> {
    let mut options = RepositoryInitOptions::new();
    options.initial_head("main").external_template(false);
    Repository::init_opts(folder, &options)
        .map(drop)
        .map_err(|cause| WriteError::Repository { path: folder.to_path_buf(), cause })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_commit_will_be_on_main() {
        let folder = tempfile::tempdir().unwrap();
        create_repository(folder.path()).unwrap();
        let repository = Repository::open(folder.path()).unwrap();
        let head = repository.find_reference("HEAD").unwrap();
        assert_eq!(head.symbolic_target().unwrap(), Some("refs/heads/main"));
        assert!(repository.head().is_err());
    }
}
