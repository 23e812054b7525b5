//! `jalon export case`: the référentiels for programs that read CASE 1.1.

use std::path::PathBuf;

use super::super::options::{self, Version};
use super::super::{ContentArgs, Exit, console, frameworks};
use super::CommonArgs;
use crate::text::count;

/// The options of `jalon export case`.
#[derive(Debug, clap::Args)]
pub struct CaseArgs {
    /// The school.
    #[command(flatten)]
    pub content: ContentArgs,
    /// Dossier où écrire les fichiers
    #[arg(long, value_name = "DOSSIER", default_value = "out/public/case")]
    pub out: PathBuf,
    /// Prend l’état d’un soir passé (une date) ou d’une version (branche, étiquette ou numéro)
    #[arg(long, value_name = "DATE|VERSION", value_parser = options::version)]
    pub at: Option<Version>,
    /// Adresse où ces fichiers seront publiés, « https:// » compris : les éléments des référentiels
    /// auront une adresse qui y mène
    #[arg(long, value_name = "ADRESSE", value_parser = address)]
    pub base: Option<String>,
}

fn address(text: &str) -> Result<String, String> {
    let whole = text.trim_end_matches('/');
    let is_address = ["https://", "http://"].iter().any(|way| whole.starts_with(way))
        && !whole
            .contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c));
    is_address
        .then(|| whole.to_owned())
        .ok_or_else(|| "écrivez une adresse entière, en https://".into())
}

/// Runs `jalon export case`.
///
/// # Errors
/// When the records cannot be reached, or the files cannot be written.
pub fn run(args: &CaseArgs) -> anyhow::Result<Exit> {
    let common =
        CommonArgs { content: args.content.clone(), out: args.out.clone(), at: args.at.clone() };
    let exported = common.open()?;
    let (source, base) = (exported.source.as_ref(), args.base.as_deref());
    let files = frameworks::files(source, &exported.checked, (base, None));
    for (path, bytes) in &files {
        common.write(path, bytes)?;
    }
    console::out(&format!(
        "{} dans {}\n",
        count(files.len(), "fichier écrit", "fichiers écrits"),
        args.out.display()
    ))?;
    Ok(exported.exit())
}
