//! `jalon build`: the site, written where it is asked for.

use std::path::PathBuf;

use super::options::{self, Shard, Version};
use super::past::{self, Moment};
use super::pipeline::Wanted;
use super::report::ReportArgs;
use super::today::from_clock;
use super::{ContentArgs, Exit, Timings, console, papers, pipeline};
use crate::source::{Output, Source, earlier_output};
use crate::text::{Date, count};

/// The options of `jalon build`.
#[derive(Debug, clap::Args)]
pub struct BuildArgs {
    /// The school.
    #[command(flatten)]
    pub content: ContentArgs,
    /// Dossier où écrire le site [par défaut : out ; avec --at, un dossier à part dans out]
    #[arg(long, value_name = "DOSSIER")]
    pub out: Option<PathBuf>,
    /// Construit le site tel qu’il était un soir (une date) ou dans une version (branche, étiquette
    /// ou numéro) ; chaque page et chaque document le disent
    #[arg(long, value_name = "DATE|VERSION", value_parser = options::version)]
    pub at: Option<Version>,
    /// Jour auquel la console de pilotage se place (par défaut celui de --at, sinon aujourd’hui), par
    /// exemple 2026-11-06
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

/// Where a site goes when no folder is given: the past never takes the place of the present.
fn default_folder(moment: Option<&Moment>) -> PathBuf {
    let out = PathBuf::from("out");
    moment.map_or_else(|| out.clone(), |moment| out.join(moment.mark.slug()))
}

/// Runs `jalon build`.
///
/// # Errors
/// When the records cannot be reached, a page cannot be made, or the folder cannot be written.
pub fn run(args: &BuildArgs) -> anyhow::Result<Exit> {
    let mut timings = Timings::default();
    args.report.one_file_each()?;
    let content = args.content.find()?;
    let moment = args.at.as_ref().map(|version| past::moment(&content, version)).transpose()?;
    let out = args.out.clone().unwrap_or_else(|| default_folder(moment.as_ref()));
    let today = moment.as_ref().map(|moment| moment.today);
    let wanted = Wanted {
        today: args.today.or(today).unwrap_or_else(from_clock),
        documents: !args.no_pdf,
        mark: moment.as_ref().map(|moment| moment.mark.clone()),
    };
    let source: Box<dyn Source> = match moment {
        Some(moment) => Box::new(moment.revision),
        None => Box::new(content.open_folder()?),
    };
    let checked = pipeline::check(source.as_ref(), &mut timings)?;
    let exit = args.report.tell(&checked, &content)?;
    let folder = out.join("staff");
    let earlier = |address: &str| earlier_output(&folder, address);
    if wanted.mark.is_some() && pipeline::is_of_the_present(&earlier) {
        anyhow::bail!(
            "« {} » contient le site présent : le passé ne le remplace pas\n\
             aide : donnez un autre dossier avec --out, ou n’en donnez pas",
            out.display()
        );
    }
    let output = Output::open(&folder)?;
    let kept = out.join(".cache").join("audit");
    let head = wanted.mark.as_ref().map(|mark| mark.commit.as_str());
    let annals = timings.step("historique", || {
        pipeline::annals(&content.folder, head, Some(&kept), wanted.today)
    })?;
    let site = pipeline::staff_site(
        source.as_ref(),
        &checked,
        (&wanted, annals.as_ref()),
        (&output, &earlier),
        &mut timings,
    )?;
    // Only now is it known which files of the last build no longer have a reason to be.
    let written = timings.step("nettoyage", || output.finish())?;
    let printed = if args.no_pdf {
        None
    } else {
        let work = papers::Work { out: &out, shard: args.shard };
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
