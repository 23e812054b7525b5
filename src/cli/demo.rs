//! `jalon demo`: an invented school, of any size.

use std::path::PathBuf;

use super::{Exit, console, options, referentials};
use crate::demo;
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
    /// Nombre d’années scolaires de recul, de 1 à 3
    #[arg(long, value_name = "N", default_value = "3", value_parser = options::years)]
    pub years: usize,
    /// Graine du hasard : la même donne le même établissement
    #[arg(long, value_name = "N", default_value = "1", value_parser = options::seed)]
    pub seed: u64,
}

/// Runs `jalon demo`.
///
/// # Errors
/// When the folder already holds something, or cannot be written.
pub fn run(args: &DemoArgs) -> anyhow::Result<Exit> {
    let options = demo::Options {
        students: args.students,
        years: u8::try_from(args.years).unwrap_or(u8::MAX),
        seed: args.seed,
    };
    let files = demo::generate(&options, &referentials::shipped());
    let folder = args.folder.join("content");
    let number = create_new_tree(&folder, files)?;
    let files = count(number, "fichier", "fichiers");
    console::out(&format!("Établissement inventé : {files} dans {}\n", folder.display()))?;
    Ok(Exit::Fine)
}
