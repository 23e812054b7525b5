//! `jalon serve`: the site while one edits. Not among the commands yet: the preview is being made.

use super::{ContentArgs, options};

/// The options of `jalon serve`.
#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// The school.
    #[command(flatten)]
    pub content: ContentArgs,
    /// Port de l’adresse locale ; le suivant est essayé s’il est pris
    #[arg(long, value_name = "N", default_value = "8017", value_parser = options::port)]
    pub port: u16,
    /// Relit les dossiers à intervalles réguliers, quand le système ne signale pas les changements
    #[arg(long)]
    pub poll: bool,
}
