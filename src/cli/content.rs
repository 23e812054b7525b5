//! Which school a command is about: the folder of `school.toml`, on the disk or as Git had it.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::lacking::Lacking;
use super::options::Version;
use super::past;
use crate::source::{Folder, Source, inside_repository, unfetched_part};

/// The option that names the folder.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ContentArgs {
    /// Dossier qui contient school.toml [par défaut : « content », ici ou dans un dossier parent]
    #[arg(long, value_name = "DOSSIER")]
    pub content: Option<PathBuf>,
}

/// A school's folder and how to name it to the reader.
#[derive(Clone, Debug)]
pub struct Content {
    /// The folder of `school.toml`.
    pub folder: PathBuf,
    /// What to put before the path of a file ("content/").
    pub prefix: String,
}

impl ContentArgs {
    /// Finds the folder: the one given, else `content` here or in a folder above.
    ///
    /// # Errors
    /// When the current folder is gone.
    pub fn find(&self) -> anyhow::Result<Content> {
        if let Some(given) = &self.content {
            let shown = given.to_string_lossy().replace('\\', "/");
            let prefix = match shown.trim_end_matches('/') {
                "" => "/".to_owned(),
                "." => String::new(),
                shown => format!("{shown}/"),
            };
            return Ok(Content { folder: given.clone(), prefix });
        }
        let here = std::env::current_dir().context("le dossier courant n’existe plus")?;
        let above = here.ancestors().map(|folder| folder.join("content")).find(|at| is_school(at));
        let folder = above.unwrap_or_else(|| PathBuf::from("content"));
        Ok(Content { folder, prefix: "content/".into() })
    }
}

fn is_school(folder: &Path) -> bool {
    folder.join("school.toml").symlink_metadata().is_ok()
}

impl Content {
    /// Opens the folder, as it is or as a version had it.
    ///
    /// # Errors
    /// When it is no school's folder, or there is no such version.
    pub fn open(&self, version: Option<&Version>) -> anyhow::Result<Box<dyn Source>> {
        Ok(match version {
            Some(version) => Box::new(past::moment(self, version)?.revision),
            None => Box::new(self.open_folder()?),
        })
    }

    /// What to put before the path of a file for a forge, which counts from the root of the
    /// repository wherever the command is run; outside a repository, what is put there anyway.
    pub fn prefix_in_repository(&self) -> String {
        match inside_repository(&self.folder) {
            Some(inside) if inside.is_empty() => inside,
            Some(inside) => inside + "/",
            None => self.prefix.clone(),
        }
    }

    /// Opens the folder as it is.
    ///
    /// # Errors
    /// When it is no school's folder.
    pub fn open_folder(&self) -> anyhow::Result<Folder> {
        Folder::open(&self.folder).map_err(|error| match unfetched_part(&self.folder) {
            Some(part) => anyhow::Error::from(Lacking::Part(part)),
            None => anyhow::Error::from(error).context(
            "aucun établissement ici : placez-vous dans le dossier de l’établissement, ou donnez --content DOSSIER",
        ) })
    }
}
