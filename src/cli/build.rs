//! `jalon build`: the site, written where it is asked for.

use std::path::PathBuf;

use super::options::{self, Shard, Version};
use super::report::ReportArgs;
use super::today::from_clock;
use super::{ContentArgs, Exit, Timings, console, papers, pipeline};
use crate::source::{Output, earlier_output};
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
    /// Jour auquel la console de pilotage se place (aujourd’hui par défaut), par exemple 2026-11-06
    #[arg(long, value_name = "DATE", value_parser = options::day)]
    pub today: Option<Date>,
    /// Sans les documents à imprimer
    #[arg(long)]
    pub no_pdf: bool,
    /// N’imprime qu’une part des documents, par exemple 2/5 : les autres restent comme ils sont
    #[arg(long, value_name = "PART/NOMBRE", value_parser = options::shard)]
    pub shard: Option<Shard>,
    /// How to tell what is wrong.
    #[command(flatten)]
    pub report: ReportArgs,
    /// Montre la durée de chaque étape
    #[arg(long)]
    pub timings: bool,
}

/// Runs `jalon build`.
///
/// # Errors
/// When the records cannot be reached, a page cannot be made, or the folder cannot be written.
pub fn run(args: &BuildArgs) -> anyhow::Result<Exit> {
    let mut timings = Timings::default();
    args.report.one_file_each()?;
    let content = args.content.find()?;
    let source = content.open(args.at.as_ref())?;
    let today = args.today.unwrap_or_else(from_clock);
    let checked = pipeline::check(source.as_ref(), &mut timings)?;
    let exit = args.report.tell(&checked, &content)?;
    let folder = args.out.join("staff");
    let output = Output::open(&folder)?;
    let earlier = |address: &str| earlier_output(&folder, address);
    let kept = args.out.join(".cache").join("audit");
    let head = args.at.as_ref().map(|version| version.0.as_str());
    let annals = timings
        .step("historique", || pipeline::annals(&content.folder, head, Some(&kept), today))?;
    let told = pipeline::Told { today, documents: !args.no_pdf, annals: annals.as_ref() };
    let site =
        pipeline::staff_site(source.as_ref(), &checked, &told, (&output, &earlier), &mut timings)?;
    // Only now is it known which files of the last build no longer have a reason to be.
    let written = timings.step("nettoyage", || output.finish())?;
    let printed = if args.no_pdf {
        None
    } else {
        let work = papers::Work { out: &args.out, shard: args.shard };
        Some(papers::bring_up(source.as_ref(), &checked, &site, &work, &mut timings)?)
    };
    if args.timings {
        console::beside(&timings.to_string());
    }
    printed.iter().for_each(|printed| console::beside(&printed.missing()));
    console::beside(&format!(
        "{}, {}, {}\n",
        count(written.changed, "fichier écrit", "fichiers écrits"),
        count(written.unchanged, "inchangé", "inchangés"),
        count(written.removed, "enlevé", "enlevés"),
    ));
    printed.iter().for_each(|printed| console::beside(&printed.summary()));
    console::out(&format!("{}\n", folder.join("index.html").display()))?;
    Ok(if printed.is_none_or(|printed| printed.is_whole()) { exit } else { Exit::Failed })
}
