//! `jalon demo`: an invented school, of any size. Not among the commands yet: the inventor is being
//! made.

use std::path::PathBuf;

use super::{console, options};
use crate::source::create_new_tree;
use crate::text::count;

/// The options of `jalon demo`.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    /// Dossier à créer ; l’établissement inventé sera dans DOSSIER/content
    #[arg(value_name = "DOSSIER")]
    pub folder: PathBuf,
    /// Nombre d’élèves
    #[arg(long, value_name = "N", default_value = "310", value_parser = options::whole)]
    pub students: usize,
    /// Nombre d’années scolaires
    #[arg(long, value_name = "N", default_value = "3", value_parser = options::whole)]
    pub years: usize,
    /// Graine du hasard : la même donne le même établissement
    #[arg(long, value_name = "N", default_value = "1", value_parser = options::seed)]
    pub seed: u64,
}

impl DemoArgs {
    /// Writes an invented school.
    ///
    /// # Errors
    /// When the folder already holds something, or cannot be written.
    pub fn write(&self, files: Vec<(String, String)>) -> anyhow::Result<()> {
        let folder = self.folder.join("content");
        let number = create_new_tree(&folder, files)?;
        let files = count(number, "fichier", "fichiers");
        console::out(&format!("établissement inventé : {files} dans {}\n", folder.display()))
    }
}
