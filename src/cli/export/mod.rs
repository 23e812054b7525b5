//! `jalon export`: files for other programs, made from the records.

pub mod case;
pub mod figures;
pub mod lsl;
pub mod pronote;
pub mod scenario;
pub mod transfer;

use std::path::{Path, PathBuf};

use super::options::{self, Version};
use super::pipeline::{self, Checked};
use super::{Content, ContentArgs, Exit, Timings, console};
use crate::diagnostic::face::Tally;
use crate::school::{Class, Ix, School};
use crate::source::{Source, write_if_changed};
use crate::text::{count, quoted};

/// The options of `jalon export`.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// What to export.
    #[command(subcommand)]
    pub what: Export,
}

/// What can be exported.
#[derive(Debug, clap::Subcommand)]
pub enum Export {
    /// Écrit les chiffres des classes, des examens et des PFMP pour un tableur (CSV et XLSX)
    Figures(figures::FiguresArgs),
    /// Dit ce qui manque aux livrets scolaires, écrit leurs valeurs, note un envoi
    Lsl(lsl::LslArgs),
    /// Écrit pour PRONOTE les bilans validés de la période : compétences, notes et conseils
    Pronote(pronote::PronoteArgs),
    /// Prépare le dossier d’un élève pour un autre établissement : un paquet signé, avec son historique
    Transfer(transfer::TransferArgs),
    /// Écrit des scénarios pour un autre établissement, ou pour LibreOffice et Word
    Scenario(scenario::ScenarioArgs),
    /// Écrit les référentiels au format CASE 1.1, que lisent d’autres programmes
    Case(case::CaseArgs),
}

/// Runs `jalon export`.
///
/// # Errors
/// When the records cannot be reached, or the files cannot be written.
pub fn run(args: &ExportArgs) -> anyhow::Result<Exit> {
    match &args.what {
        Export::Figures(args) => figures::run(args),
        Export::Lsl(args) => lsl::run(args),
        Export::Pronote(args) => pronote::run(args),
        Export::Transfer(args) => transfer::run(args),
        Export::Scenario(args) => scenario::run(args),
        Export::Case(args) => case::run(args),
    }
}

/// The classes of the current year: those asked for, by their keys, else all.
///
/// # Errors
/// When there is no such class.
fn choose_classes(school: &School, keys: &[String]) -> anyhow::Result<Vec<Ix<Class>>> {
    let year = school.current_year();
    let of_year = || school.classes.iter().filter(|(_, class)| class.year == year);
    if let Some(unknown) = keys.iter().find(|key| !of_year().any(|(_, class)| class.key == **key)) {
        anyhow::bail!("aucune classe {} en {year}", quoted(unknown));
    }
    let wanted = |key: &String| keys.is_empty() || keys.contains(key);
    Ok(of_year().filter(|(_, class)| wanted(&class.key)).map(|(ix, _)| ix).collect())
}

/// What every export takes.
#[derive(Clone, Debug, clap::Args)]
pub struct CommonArgs {
    /// The school.
    #[command(flatten)]
    pub content: ContentArgs,
    /// Dossier où écrire les fichiers
    #[arg(long, value_name = "DOSSIER", default_value = "out/exports")]
    pub out: PathBuf,
    /// Prend l’état d’un soir passé (une date) ou d’une version (branche, étiquette ou numéro)
    #[arg(long, value_name = "DATE|VERSION", value_parser = options::version)]
    pub at: Option<Version>,
}

/// The school that an export is made from.
pub struct Exported {
    /// Where it is.
    pub content: Content,
    /// The place it was read from.
    pub source: Box<dyn Source>,
    /// The school, checked.
    pub checked: Checked,
}

impl CommonArgs {
    /// Reads the school.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(&self) -> anyhow::Result<Exported> {
        let content = self.content.find()?;
        let source = content.open(self.at.as_ref())?;
        let checked = pipeline::check(source.as_ref(), &mut Timings::default())?;
        Ok(Exported { content, source, checked })
    }

    /// Writes a file of the export, named by its path below the folder.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn write(&self, path: impl AsRef<Path>, bytes: &[u8]) -> anyhow::Result<()> {
        write_if_changed(&self.out.join(path), bytes)?;
        Ok(())
    }
}

impl Exported {
    /// How the run ends when all was written: records with errors may be missing from it, and that is said.
    pub fn exit(&self) -> Exit {
        let errors = Tally::of(&self.checked.diagnostics).errors;
        if errors == 0 {
            return Exit::Fine;
        }
        console::beside(&format!(
            "attention : {} dans les fichiers de l’établissement, il peut manquer des lignes ; « jalon check » \
             montre où\n",
            count(errors, "erreur", "erreurs")
        ));
        Exit::Faults
    }
}
