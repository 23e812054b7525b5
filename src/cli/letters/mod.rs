//! `jalon letters`: the letters that open the pages of the families' site, to be handed over or posted.
//!
//! They hold secrets: they go to a folder that only its owner reads, outside the repository and the
//! folder of a build, and never through the store of documents.

mod choice;
mod print;
mod secret;

use std::path::{Path, PathBuf};

use super::papers::logo;
use super::secret::{SecretArgs, forbidden_folder};
use super::today::from_clock;
use super::{Content, ContentArgs, Exit, Timings, console, families, options, pipeline};
use crate::diagnostic::face::Tally;
use crate::page::{Desk, Recorded, Site};
use crate::paper::Press;
use crate::source::PrivateFolder;
use crate::text::{Date, count};
use choice::{Group, groups};

/// The options of `jalon letters`.
#[derive(Debug, clap::Args)]
pub struct LettersArgs {
    /// The school.
    #[command(flatten)]
    pub content: ContentArgs,
    /// Dossier où écrire les lettres, hors du dépôt et du dossier out ; personne d’autre ne le lit
    #[arg(long, value_name = "DOSSIER", required_unless_present = "new_secret")]
    pub out: Option<PathBuf>,
    /// The secret of the families' site.
    #[command(flatten)]
    pub secret: SecretArgs,
    /// Les lettres d’une classe, par exemple 1mcva1 ; option à répéter [par défaut : toutes les classes]
    #[arg(long = "class", value_name = "CLASSE")]
    pub classes: Vec<String>,
    /// Les lettres d’un seul élève, par exemple dupont-lea (une lettre perdue) ; option à répéter
    #[arg(long = "student", value_name = "ÉLÈVE")]
    pub students: Vec<String>,
    /// Un fichier par lettre, avec un lien à toucher, pour un envoi par courriel
    #[arg(long)]
    pub separate: bool,
    /// Date des lettres [par défaut : aujourd’hui], par exemple 2026-09-18
    #[arg(long, value_name = "DATE", value_parser = options::day)]
    pub today: Option<Date>,
    /// Crée le secret des familles dans ce fichier, hors du dépôt, et ne fait rien d’autre
    #[arg(
        long,
        value_name = "FICHIER",
        conflicts_with_all = ["out", "secret", "classes", "students", "separate", "today"]
    )]
    pub new_secret: Option<PathBuf>,
}

/// Runs `jalon letters`.
///
/// # Errors
/// When the secret is not given, a place is shared or published, there is no browser, or the system
/// refuses.
pub fn run(args: &LettersArgs) -> anyhow::Result<Exit> {
    let content = args.content.find()?;
    match (&args.new_secret, &args.out) {
        (Some(path), _) => secret::create(path, &content),
        (None, Some(out)) => make(args, &content, out),
        // The command line asks for one of the two.
        (None, None) => Ok(Exit::BadCommand),
    }
}

fn make(args: &LettersArgs, content: &Content, out: &Path) -> anyhow::Result<Exit> {
    if let Some(folder) = forbidden_folder(out, content) {
        anyhow::bail!(
            "les lettres iraient dans « {} », qui est partagé ou publié : elles ouvrent les pages des élèves\n\
             aide : donnez avec --out un dossier hors du dépôt et du dossier out",
            folder.display()
        );
    }
    let source = content.open_folder()?;
    let checked = pipeline::check(&source, &mut Timings::default())?;
    let school = &checked.school;
    if school.establishment.familles.is_none() {
        return Err(families::not_open());
    }
    let secret = args.secret.need(content)?;
    let today = args.today.unwrap_or_else(from_clock);
    let site = Site::new(school, &checked.diagnostics, today);
    let groups = groups(&site, &args.classes, &args.students)?;
    let press = Press::find()?;
    let desk = Desk {
        site: &site,
        edition: &|_: &str| Recorded::NotYet,
        logo: logo(&source, &site),
        photograph: &|_: &str| None,
    };
    let folder = PrivateFolder::open(out)?;
    let work = print::Work { desk: &desk, secret: &secret, groups: &groups, folder: &folder };
    let missing = work.print(&press, args.separate)?;
    for group in &groups {
        work.record(group)?;
    }
    for (name, why) in &missing {
        console::beside(&format!("non imprimé : {name} ({why})\n"));
    }
    let errors = Tally::of(&checked.diagnostics).errors;
    if errors > 0 {
        console::beside(&format!(
            "attention : {} dans les fichiers de l’établissement, il peut manquer des lettres ; « jalon check » \
             montre où\n",
            count(errors, "erreur", "erreurs")
        ));
    }
    console::out(&summary(&site, &groups, out))?;
    Ok(match (missing.is_empty(), errors) {
        (false, _) => Exit::Failed,
        (true, 0) => Exit::Fine,
        (true, _) => Exit::Faults,
    })
}

/// How many letters there are, and who has none: counts, no names.
fn summary(site: &Site<'_>, groups: &[Group], out: &Path) -> String {
    let tally = choice::tally(site, groups);
    let mut text = format!(
        "{} pour {}, dans {}\n",
        count(tally.letters, "lettre", "lettres"),
        count(tally.pupils, "élève", "élèves"),
        out.display()
    );
    for (number, one, several) in [
        (
            tally.refused,
            "sans lettre : 1 personne qui a refusé la lecture en ligne",
            "sans lettre : {} personnes qui ont refusé la lecture en ligne",
        ),
        (
            tally.refused_by_guardians,
            "sans lettre : 1 élève mineur dont tous les responsables légaux ont refusé",
            "sans lettre : {} élèves mineurs dont tous les responsables légaux ont refusé",
        ),
        (
            tally.reserved,
            "sans lettre : 1 responsable d’élève majeur qui garde sa page pour lui",
            "sans lettre : {} responsables d’élèves majeurs qui gardent leur page pour eux",
        ),
        (
            tally.alone,
            "à vérifier : 1 élève sans responsable légal (1 ou 2) dans sa fiche",
            "à vérifier : {} élèves sans responsable légal (1 ou 2) dans leur fiche",
        ),
        (
            tally.without_address,
            "à remettre en main propre : 1 lettre de responsable sans adresse postale",
            "à remettre en main propre : {} lettres de responsables sans adresse postale",
        ),
    ] {
        match number {
            0 => {}
            1 => text.push_str(&format!("{one}\n")),
            _ => text.push_str(&format!("{}\n", several.replacen("{}", &number.to_string(), 1))),
        }
    }
    if tally.letters > 0 {
        text.push_str(
            "Ces lettres ouvrent les pages : imprimez-les ou envoyez-les, puis effacez ce dossier.\n",
        );
    }
    text
}
