//! Where what this repository does not have may be: copies often leave branches and parts out.

use std::path::Path;

use git2::Repository;

use super::{Past, as_far_as_it_is};
use crate::source::editions::slashed;

/// Where a branch that is not here may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// Here under another name: `origin/main`.
    Known(String),
    /// In the repository that this one was copied from, named so: `origin`.
    At(String),
}

impl Past {
    /// Where a branch of this name may be; nothing when this repository knows no other one.
    pub fn elsewhere(&self, branch: &str) -> Option<Elsewhere> {
        let repository = self.repository().ok()?;
        let names = repository.remotes().ok()?;
        let remotes: Vec<&str> = names.iter().filter_map(|name| name.ok().flatten()).collect();
        let has = |remote: &str| {
            repository.find_reference(&format!("refs/remotes/{remote}/{branch}")).is_ok()
        };
        if let Some(remote) = remotes.iter().find(|remote| has(remote)) {
            return Some(Elsewhere::Known(format!("{remote}/{branch}")));
        }
        let remote = remotes.iter().find(|remote| **remote == "origin").or(remotes.first())?;
        Some(Elsewhere::At((*remote).to_owned()))
    }
}

/// The part of a repository (submodule) that holds this folder and was not fetched with the rest, by
/// its path from the top of that repository.
pub fn unfetched_part(content: &Path) -> Option<String> {
    let (there, gone) = as_far_as_it_is(content);
    let repository = Repository::discover(&there).ok()?;
    let top = repository.workdir()?.canonicalize().ok()?;
    let content = there.join(gone);
    let inside = content.strip_prefix(&top).ok()?;
    let parts = repository.submodules().ok()?;
    let mut parts = parts.iter().map(git2::Submodule::path);
    let part = parts.find(|part| inside.starts_with(part) && !top.join(part).join(".git").exists());
    part.and_then(slashed)
}
