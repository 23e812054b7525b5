//! The command line: one thin file per command, arguments in, exit code out.

pub mod audit;
pub mod build;
pub mod check;
mod console;
mod content;
pub mod demo;
mod documents;
pub mod explain;
pub mod export;
mod failure;
mod families;
pub mod fmt;
mod frameworks;
mod french;
mod hand;
pub mod history;
pub mod import;
pub mod init;
mod lacking;
pub mod letters;
mod logs;
mod opened;
pub mod options;
mod papers;
pub mod past;
mod photographs;
pub mod pipeline;
mod progress;
mod reference;
mod referentials;
pub mod report;
mod scenario_documents;
pub mod schema;
pub mod secret;
pub mod serve;
mod timings;
mod today;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{FromArgMatches as _, Parser, Subcommand};

pub use content::{Content, ContentArgs};
pub use failure::BadCommand;
pub use reference::page;
pub use timings::Timings;
pub use today::from_clock;

/// What a run comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done, nothing to say against it.
    Fine,
    /// Done, but the records (or their layout) are faulty.
    Faults,
    /// Not done: a broken disk, repository or browser.
    Failed,
    /// Not begun: the command line makes no sense.
    BadCommand,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Faults => 1,
            Exit::Failed => 2,
            Exit::BadCommand => 3,
        })
    }
}

/// Suivi des compétences d’un lycée professionnel : des fichiers de texte, vérifiés et publiés
#[derive(Debug, Parser)]
#[command(name = "jalon", version)]
pub struct Cli {
    /// The command to run.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Vérifie tous les fichiers et montre chaque erreur à sa ligne
    Check(check::CheckArgs),
    /// Vérifie tous les fichiers et écrit le site
    Build(build::BuildArgs),
    /// Montre le site pendant que l’on modifie les fichiers
    Serve(serve::ServeArgs),
    /// Remet les fichiers en forme, sans rien changer à ce qu’ils disent
    Fmt(fmt::FmtArgs),
    /// Donne aux éditeurs la description des fichiers (JSON Schema)
    Schema(schema::SchemaArgs),
    /// Explique une règle, à partir du code montré par « jalon check »
    Explain(explain::ExplainArgs),
    /// Examine tout l’historique : ce qui n’était pas permis, ce qui a été déverrouillé
    Audit(audit::AuditArgs),
    /// Raconte la vie d’une fiche : qui l’a changée, quand, et quoi
    History(history::HistoryArgs),
    /// Imprime les lettres qui ouvrent les pages des élèves aux familles, ou crée le secret dont elles viennent
    Letters(letters::LettersArgs),
    /// Reçoit ce qui vient d’autres programmes : tout est vérifié et montré avant d’être écrit
    Import(import::ImportArgs),
    /// Écrit des fichiers pour d’autres programmes, à partir des données
    Export(export::ExportArgs),
    /// Crée le dépôt d’un établissement, prêt à mettre sur une forge
    Init(init::InitArgs),
    /// Invente un établissement, de la taille voulue
    Demo(demo::DemoArgs),
}

/// Runs the program on its arguments.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    failure::hide_panics();
    logs::start();
    let cli = match french::command().try_get_matches_from(args) {
        Ok(matches) => Cli::from_arg_matches(&matches),
        Err(error) => Err(error),
    };
    let exit = match cli {
        Ok(cli) => std::panic::catch_unwind(|| dispatch(cli.command))
            .unwrap_or(Ok(Exit::Failed))
            .unwrap_or_else(|error| failure::tell(&error)),
        Err(error) => french::tell(&error),
    };
    exit.into()
}

fn dispatch(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Check(args) => check::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Fmt(args) => fmt::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Audit(args) => audit::run(&args),
        Command::History(args) => history::run(&args),
        Command::Letters(args) => letters::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Demo(args) => demo::run(&args),
    }
}
