//! `jalon check`: every fault of the records, at its line.

use super::options::{self, Version};
use super::report::ReportArgs;
use super::{ContentArgs, Exit, Timings, console, pipeline};

/// The options of `jalon check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// The school.
    #[command(flatten)]
    pub content: ContentArgs,
    /// Vérifie une version passée : branche, étiquette ou numéro
    #[arg(long, value_name = "VERSION", value_parser = options::version)]
    pub at: Option<Version>,
    /// How to tell.
    #[command(flatten)]
    pub report: ReportArgs,
    /// Montre la durée de chaque étape
    #[arg(long)]
    pub timings: bool,
}

/// Runs `jalon check`.
///
/// # Errors
/// When the records cannot be reached, or the output cannot be written.
pub fn run(args: &CheckArgs) -> anyhow::Result<Exit> {
    let mut timings = Timings::default();
    args.report.one_file_each()?;
    let content = args.content.find()?;
    let source = content.open(args.at.as_ref())?;
    let checked = pipeline::check(source.as_ref(), &mut timings)?;
    let exit = args.report.tell(&checked, &content)?;
    if args.timings {
        console::beside(&timings.to_string());
    }
    Ok(exit)
}
