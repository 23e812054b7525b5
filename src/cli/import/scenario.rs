//! `jalon import scenario`: a scenario that another school gave.

use std::path::PathBuf;

use super::super::hand::user;
use super::super::{Content, ContentArgs, Exit, Timings, console, pipeline};
use super::{Proposed, given, propose};
use crate::exchange::scenario::{Wishes, unpack};

/// Largest package, in bytes.
const LARGEST: u64 = 100_000_000;

/// The options of `jalon import scenario`.
#[derive(Debug, clap::Args)]
pub struct ScenarioArgs {
    /// Le paquet reçu : un fichier .zip fait par « jalon export scenario » ou pris sur la page d’un scénario
    #[arg(value_name = "FICHIER")]
    pub file: PathBuf,
    /// The school.
    #[command(flatten)]
    pub content: ContentArgs,
    /// Montre ce qui changerait, et n’écrit rien
    #[arg(long)]
    pub dry_run: bool,
    /// Nom à donner au scénario, par exemple accueil-client-2 [par défaut : celui qu’il porte]
    #[arg(long = "as", value_name = "NOM")]
    pub name: Option<String>,
    /// Identifiant de la personne qui devient l’auteur [par défaut : celle dont Git connaît le courriel]
    #[arg(long, value_name = "ID")]
    pub author: Option<String>,
}

/// Runs `jalon import scenario`.
///
/// # Errors
/// When the package or the school cannot be read, nobody is the author, or the system refuses to write.
pub(super) fn run(args: &ScenarioArgs) -> anyhow::Result<Exit> {
    let content: Content = args.content.find()?;
    let source = content.open_folder()?;
    let bytes = given(&args.file, LARGEST)?;
    let before = pipeline::check(&source, &mut Timings::default())?;
    let author = match &args.author {
        Some(author) => author.clone(),
        None => {
            let person = user(&before.school, &content)?.ok_or_else(|| {
                anyhow::anyhow!(
                    "on ne sait pas qui devient l’auteur du scénario\n\
                     aide : donnez son identifiant de staff.toml avec --author"
                )
            })?;
            console::beside(&format!("auteur : {}\n", person.full_name()));
            person.id.clone()
        }
    };
    let wishes = Wishes { author: &author, name: args.name.as_deref() };
    let plan = unpack(&before.school, &source, &bytes, &wishes)?;
    propose(&Proposed {
        content: &content,
        source: &source,
        before: &before,
        plan: &plan,
        dry_run: args.dry_run,
    })
}
