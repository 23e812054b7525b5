//! `jalon import transfer`: a pupil's folder that another school signed, put into the pupil's own.

use std::path::PathBuf;

use anyhow::Context as _;

use super::super::hand::hand;
use super::super::{BadCommand, ContentArgs, Exit, Timings, from_clock, options, pipeline};
use super::{Proposed, propose};
use crate::exchange::Plan;
use crate::exchange::transfer::{Arriving, Newcomer, Noted, note, plan};
use crate::record::{Role, TransferStage, TransferWay};
use crate::text::{Date, SchoolYear, quoted};

/// The heaviest package that is read, in bytes.
const HEAVIEST: u64 = 500_000_000;

/// The options of `jalon import transfer`.
#[derive(Debug, clap::Args)]
pub struct TransferArgs {
    /// Paquet préparé par l’établissement d’origine (jalon export transfer)
    #[arg(value_name = "FICHIER", required_unless_present = "request")]
    pub file: Option<PathBuf>,
    /// The school.
    #[command(flatten)]
    pub content: ContentArgs,
    /// Montre ce qui serait écrit, sans rien écrire
    #[arg(long)]
    pub dry_run: bool,
    /// Crée l’élève d’après le paquet, si SIECLE ne l’a pas encore apporté
    #[arg(long, requires = "class")]
    pub create: bool,
    /// Classe de l’élève à créer, par exemple 1mcva1
    #[arg(long, value_name = "CLASSE", requires = "create")]
    pub class: Option<String>,
    /// Note seulement que le dossier de cet élève a été demandé
    #[arg(long, value_name = "ÉLÈVE", requires = "from", conflicts_with_all = ["file", "create"])]
    pub request: Option<String>,
    /// Code UAI de l’établissement à qui il a été demandé
    #[arg(long, value_name = "UAI", requires = "request")]
    pub from: Option<String>,
    /// Qui le fait, DDFPT ou chef d’établissement, par son identifiant [par défaut : qui signe les modifications ici]
    #[arg(long, value_name = "PERSONNE")]
    pub by: Option<String>,
    /// Jour de l’arrivée [par défaut : aujourd’hui]
    #[arg(long, value_name = "DATE", value_parser = options::day)]
    pub today: Option<Date>,
}

/// Runs `jalon import transfer`.
///
/// # Errors
/// When the package or the records cannot be read, or the system refuses to write.
pub(super) fn run(args: &TransferArgs) -> anyhow::Result<Exit> {
    let content = args.content.find()?;
    let source = content.open_folder()?;
    let before = pipeline::check(&source, &mut Timings::default())?;
    let school = &before.school;
    let today = args.today.unwrap_or_else(from_clock);
    let by = hand(school, &content, args.by.as_deref(), &[Role::Ddfpt, Role::Head])?;
    let made = match (&args.file, &args.request, &args.from) {
        (Some(file), ..) => {
            let size = std::fs::metadata(file).map(|data| data.len());
            let shown = || format!("lecture impossible de « {} »", file.display());
            if size.with_context(shown)? > HEAVIEST {
                anyhow::bail!("« {} » est trop gros pour être un dossier d’élève", file.display());
            }
            let bytes = std::fs::read(file).with_context(shown)?;
            let class = args.class.as_deref().filter(|_| args.create);
            plan(&Arriving {
                school,
                texts: &before.texts,
                source: &source,
                bytes: &bytes,
                today,
                by: &by.id,
                newcomer: class.map(|class| Newcomer { class }),
            })
        }
        (None, Some(pupil), Some(from)) => {
            let Some(ix) = school.pupil(pupil) else {
                let message = format!("aucun élève ne s’appelle {}", quoted(pupil));
                return Err(BadCommand(message).into());
            };
            let own = &school.pupils[ix];
            let noted = Noted {
                way: TransferWay::Arrives,
                school: from,
                pupil: Some(&own.id),
                ine: own.record.ine.as_deref(),
                nom: &own.record.nom,
                prenom: &own.record.prenom,
                birth: own.record.naissance,
                steps: vec![(TransferStage::Requested, today, Some(&by.id), None)],
            };
            let mut plan = Plan::default();
            if let Some((path, text)) = note(school, &before.texts, &noted, SchoolYear::of(today)) {
                plan.changes.put(path, text);
            }
            plan
        }
        _ => return Err(BadCommand("donnez le paquet à importer".to_owned()).into()),
    };
    propose(&Proposed {
        content: &content,
        source: &source,
        before: &before,
        plan: &made,
        dry_run: args.dry_run,
    })
}
