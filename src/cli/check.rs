//! `jalon check`: every fault of the records, at its line.

use super::options::{self, Version};
use super::report::ReportArgs;
use super::today::from_clock;
use super::{ContentArgs, Exit, Timings, console, past, pipeline};

/// The options of `jalon check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// The school.
    #[command(flatten)]
    pub content: ContentArgs,
    /// Vérifie l’état d’un soir passé (une date) ou d’une version (branche, étiquette ou numéro)
    #[arg(long, value_name = "DATE|VERSION", value_parser = options::version)]
    pub at: Option<Version>,
    /// Juge ce qui change depuis une version, par exemple main : droits, verrous, et erreurs nouvelles
    #[arg(long, value_name = "DATE|VERSION", value_parser = options::version)]
    pub base: Option<Version>,
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
    let checked = match &args.base {
        None => pipeline::check(source.as_ref(), &mut timings)?,
        Some(base) => {
            let (base, name) = past::version(&content, base)?;
            let head = args.at.as_ref().map(|head| past::version(&content, head)).transpose()?;
            let proposal = pipeline::Proposal {
                folder: &content.folder,
                base: (base, &name),
                head: head.map(|(head, _)| head),
                today: from_clock(),
            };
            pipeline::check_proposal(source.as_ref(), &proposal, &mut timings)?
        }
    };
    let exit = args.report.tell(&checked, &content)?;
    if args.timings {
        console::beside(&timings.to_string());
    }
    Ok(exit)
}
