//! `jalon build`: the site, written where it is asked for.

use std::path::{Path, PathBuf};

use super::options::{self, Shard, Sites, Version};
use super::past::{self, Moment};
use super::pipeline::{Checked, Wanted};
use super::report::ReportArgs;
use super::secret::SecretArgs;
use super::today::from_clock;
use super::{
    BadCommand, Content, ContentArgs, Exit, Timings, console, families, frameworks, papers,
    pipeline,
};
use crate::family::Secret;
use crate::page::Site;
use crate::source::{Output, Source, Written, earlier_output};
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
    /// N’imprime rien : les pages des familles proposent les documents déjà imprimés dans ce dossier
    #[arg(long, value_name = "DOSSIER", conflicts_with_all = ["no_pdf", "shard"])]
    pub printed: Option<PathBuf>,
    /// N’imprime qu’une part des documents, par exemple 2/5 : les autres restent comme ils sont
    #[arg(long, value_name = "PART/NOMBRE", value_parser = options::shard)]
    pub shard: Option<Shard>,
    /// Quels sites construire : staff (les équipes), family (les familles) ou all [par défaut : celui des
    /// équipes, et celui des familles s’il est ouvert et que son secret est donné]
    #[arg(long, value_name = "SITE", value_parser = options::sites)]
    pub site: Option<Sites>,
    /// The secret of the families' site.
    #[command(flatten)]
    pub secret: SecretArgs,
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
    let plan = plan(args, &content, &checked, wanted.mark.is_some())?;
    let head = wanted.mark.as_ref().map(|mark| mark.commit.as_str());
    let kept = out.join(".cache").join("audit");
    // Only the pages of the staff tell lives.
    let annals = if plan.staff {
        timings.step("historique", || {
            pipeline::annals(&content.folder, head, Some(&kept), wanted.today)
        })?
    } else {
        None
    };
    let (site, written) = if plan.staff {
        let (site, written) =
            staff(source.as_ref(), &checked, (&wanted, annals.as_ref()), &out, &mut timings)?;
        if wanted.mark.is_none() {
            timings
                .step("référentiels", || publish_frameworks(source.as_ref(), &checked, &out))?;
        }
        (site, Some(written))
    } else {
        (
            wanted.site(&checked, std::collections::BTreeSet::new()).with_annals(annals.as_ref()),
            None,
        )
    };
    let printed = if args.no_pdf || args.printed.is_some() {
        None
    } else {
        let work = papers::Work { out: &out, shard: args.shard };
        Some(papers::bring_up(source.as_ref(), &checked, &site, &work, &mut timings)?)
    };
    let papers = match &args.printed {
        Some(folder) => Some(folder.clone()),
        None => (!args.no_pdf).then(|| out.join("pdf")),
    };
    let sealed = plan
        .secret
        .as_ref()
        .map(|secret| families::bring_up(&site, secret, &out, papers.as_deref(), &mut timings));
    let sealed = sealed.transpose()?;
    if args.timings {
        console::beside(&timings.to_string());
    }
    printed.iter().for_each(|printed| console::beside(&printed.missing()));
    if let Some(Written { changed, unchanged, removed }) = written {
        console::beside(&format!(
            "{}, {}, {}\n",
            count(changed, "fichier écrit", "fichiers écrits"),
            count(unchanged, "inchangé", "inchangés"),
            count(removed, "enlevé", "enlevés"),
        ));
    }
    printed.iter().for_each(|printed| console::beside(&printed.summary()));
    sealed.iter().for_each(|sealed| console::beside(&sealed.summary()));
    let made = [("staff", plan.staff), ("family", sealed.is_some())];
    for (site, _) in made.iter().filter(|(_, made)| *made) {
        console::out(&format!("{}\n", out.join(site).join("index.html").display()))?;
    }
    Ok(if printed.is_none_or(|printed| printed.is_whole()) { exit } else { Exit::Failed })
}

/// Which sites a run makes.
struct Plan {
    staff: bool,
    /// For that of the families.
    secret: Option<Secret>,
}

fn plan(
    args: &BuildArgs,
    content: &Content,
    checked: &Checked,
    of_the_past: bool,
) -> anyhow::Result<Plan> {
    let is_open = checked.school.establishment.familles.is_some();
    match args.site {
        Some(Sites::Staff) => Ok(Plan { staff: true, secret: None }),
        // Who may read is a matter of today.
        Some(_) if of_the_past => Err(BadCommand(
            "le site des familles est toujours celui d’aujourd’hui : --site family et --site all ne vont \
             pas avec --at"
                .into(),
        )
        .into()),
        None if of_the_past || !is_open => Ok(Plan { staff: true, secret: None }),
        None => Ok(Plan { staff: true, secret: args.secret.find(content)? }),
        Some(_) if !is_open => Err(families::not_open()),
        Some(sites) => {
            let secret = args.secret.need(content)?;
            Ok(Plan { staff: sites == Sites::All, secret: Some(secret) })
        }
    }
}

/// Writes the référentiels for other programs: files that name nobody, for a public host.
fn publish_frameworks(source: &dyn Source, checked: &Checked, out: &Path) -> anyhow::Result<()> {
    let kept = out.join(".cache").join("editions-referentials");
    let output = Output::open(&out.join("public").join("case"))?;
    for (path, bytes) in frameworks::files(source, checked, (None, Some(&kept))) {
        output.write(&path, &bytes)?;
    }
    output.finish()?;
    Ok(())
}

/// Builds the site of the staff.
fn staff<'c>(
    source: &dyn Source,
    checked: &'c Checked,
    (wanted, annals): (&Wanted, Option<&'c (crate::history::Audit, crate::history::Chronicle)>),
    out: &Path,
    timings: &mut Timings,
) -> anyhow::Result<(Site<'c>, Written)> {
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
    let site =
        pipeline::staff_site(source, checked, (wanted, annals), (&output, &earlier), timings)?;
    // Only now is it known which files of the last build no longer have a reason to be.
    let written = timings.step("nettoyage", || output.finish())?;
    Ok((site, written))
}
