//! `jalon import`: what comes from other programs. A plan is checked and shown, then written, all of it or nothing.

mod propose;
pub mod transfer;

use super::Exit;

pub use propose::{Proposed, propose};

/// The options of `jalon import`.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// What to import.
    #[command(subcommand)]
    pub what: Import,
}

/// What can be imported.
#[derive(Debug, clap::Subcommand)]
pub enum Import {
    /// Range dans le dossier d’un élève le paquet signé que son ancien établissement a préparé
    Transfer(transfer::TransferArgs),
}

/// Runs `jalon import`.
///
/// # Errors
/// When the records cannot be reached, or the files cannot be written.
pub fn run(args: &ImportArgs) -> anyhow::Result<Exit> {
    match &args.what {
        Import::Transfer(args) => transfer::run(args),
    }
}
