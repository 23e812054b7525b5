//! `jalon build`: the site, written where it is asked for. Not among the commands yet: the site is
//! being made.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::options::{self, Version};
use super::report::ReportArgs;
use super::{ContentArgs, console};
use crate::source::write_outputs;
use crate::text::{Date, count};

/// The options of `jalon build`.
#[derive(Debug, clap::Args)]
pub struct BuildArgs {
    /// The school.
    #[command(flatten)]
    pub content: ContentArgs,
    /// Dossier où écrire le site
    #[arg(long, value_name = "DOSSIER", default_value = "out")]
    pub out: PathBuf,
    /// Construit le site d’une version passée : branche, étiquette ou numéro
    #[arg(long, value_name = "VERSION", value_parser = options::version)]
    pub at: Option<Version>,
    /// Jour à considérer comme aujourd’hui [par défaut : celui de l’horloge]
    #[arg(long, value_name = "DATE", value_parser = options::date)]
    pub today: Option<Date>,
    /// How to tell what is wrong.
    #[command(flatten)]
    pub report: ReportArgs,
    /// Montre la durée de chaque étape
    #[arg(long)]
    pub timings: bool,
}

impl BuildArgs {
    /// Writes the files of the site, and says how many changed.
    ///
    /// # Errors
    /// When the folder is somebody else's, or cannot be written.
    pub fn write(&self, files: BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
        let files: Vec<(String, Vec<u8>)> = files.into_iter().collect();
        let written = write_outputs(&self.out, &files)?;
        console::beside(&format!(
            "{} : {}, {}, {}\n",
            self.out.display(),
            count(written.changed, "fichier écrit", "fichiers écrits"),
            count(written.unchanged, "inchangé", "inchangés"),
            count(written.removed, "enlevé", "enlevés"),
        ));
        Ok(())
    }
}
