//! `jalon import`: what other programs wrote, one file a command; the plan is checked and shown, then
//! written, all of it or nothing.

mod propose;
mod siecle;

pub use propose::{Proposed, propose, propose_with};
pub use siecle::SiecleArgs;

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
}

/// Runs `jalon import`.
///
/// # Errors
/// When a file or the school cannot be read, or the system refuses to write.
pub fn run(args: &ImportArgs) -> anyhow::Result<Exit> {
    match &args.what {
        Import::Siecle(args) => siecle::run(args),
    }
}
