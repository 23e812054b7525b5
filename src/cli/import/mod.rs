//! `jalon import`: what other programs wrote, one file a command; the plan is checked and shown, then
//! written, all of it or nothing.

mod case;
mod propose;
mod scenario;
mod siecle;
mod transfer;

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;

pub use case::CaseArgs;
pub use propose::{Proposed, propose};
pub use scenario::ScenarioArgs;
pub use siecle::SiecleArgs;
pub use transfer::TransferArgs;

use super::Exit;

/// What `jalon import` takes.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// What to import.
    #[command(subcommand)]
    pub what: Import,
}

/// The kinds of imports.
#[derive(Debug, clap::Subcommand)]
pub enum Import {
    /// Importe élèves, responsables, équipe et classes des fichiers de SIECLE et de STS
    Siecle(SiecleArgs),
    /// Importe un scénario donné par un autre établissement
    Scenario(ScenarioArgs),
    /// Range dans le dossier d’un élève le paquet signé que son ancien établissement a préparé
    Transfer(TransferArgs),
    /// Importe un référentiel au format CASE, comme brouillon
    Case(CaseArgs),
}

/// Runs `jalon import`.
///
/// # Errors
/// When a file or the school cannot be read, or the system refuses to write.
pub fn run(args: &ImportArgs) -> anyhow::Result<Exit> {
    match &args.what {
        Import::Siecle(args) => siecle::run(args),
        Import::Scenario(args) => scenario::run(args),
        Import::Transfer(args) => transfer::run(args),
        Import::Case(args) => case::run(args),
    }
}

/// The bytes of a file that was received, up to one over the largest that is taken.
fn given(path: &Path, largest: u64) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let shown = path.to_string_lossy();
    File::open(path)
        .and_then(|file| file.take(largest + 1).read_to_end(&mut bytes))
        .with_context(|| format!("le fichier « {shown} » ne peut pas être lu"))?;
    anyhow::ensure!(
        bytes.len() as u64 <= largest,
        "le fichier « {shown} » dépasse {} Mo",
        largest / 1_000_000
    );
    Ok(bytes)
}
