//! `jalon demo`: an invented school, of any size.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Exit, console, options, referentials};
use crate::demo;
use crate::source::{NewCommit, NewHand, create_new_history, create_new_tree};
use crate::text::count;

/// The options of `jalon demo`.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    /// Dossier à créer ; l’établissement inventé sera dans DOSSIER/content
    #[arg(value_name = "DOSSIER")]
    pub folder: PathBuf,
    /// Nombre d’élèves
    #[arg(long, value_name = "N", default_value = "310", value_parser = options::whole)]
    pub students: usize,
    /// Nombre d’années scolaires de recul, de 1 à 3
    #[arg(long, value_name = "N", default_value = "3", value_parser = options::years)]
    pub years: usize,
    /// Graine du hasard : la même donne le même établissement
    #[arg(long, value_name = "N", default_value = "1", value_parser = options::seed)]
    pub seed: u64,
    /// Avec sa vie dans Git : DOSSIER devient un dépôt, où chacun a écrit et proposé à sa date
    #[arg(long)]
    pub history: bool,
}

/// Runs `jalon demo`.
///
/// # Errors
/// When the folder already holds something, or cannot be written.
pub fn run(args: &DemoArgs) -> anyhow::Result<Exit> {
    let options = demo::Options {
        students: args.students,
        years: u8::try_from(args.years).unwrap_or(u8::MAX),
        seed: args.seed,
    };
    if args.history {
        return with_history(args, &options);
    }
    let files = demo::generate(&options, &referentials::shipped());
    let folder = args.folder.join("content");
    let number = create_new_tree(&folder, files)?;
    let files = count(number, "fichier", "fichiers");
    console::out(&format!("Établissement inventé : {files} dans {}\n", folder.display()))?;
    Ok(Exit::Fine)
}

fn with_history(args: &DemoArgs, options: &demo::Options) -> anyhow::Result<Exit> {
    let demo::life::Life { steps, files, .. } = demo::life::live(options, &referentials::shipped());
    let hand = |one: demo::life::Signature| NewHand {
        name: one.name,
        mail: one.mail,
        seconds: one.seconds,
        offset: one.offset,
    };
    let mut people: Vec<Arc<str>> =
        steps.iter().map(|step| Arc::clone(&step.author.mail)).collect();
    people.sort_unstable();
    people.dedup();
    let commits: Vec<NewCommit> = steps
        .into_iter()
        .map(|step| NewCommit {
            parents: step.parents,
            author: hand(step.author),
            committer: hand(step.committer),
            message: step.message,
            changes: step
                .changes
                .into_iter()
                .map(|(path, bytes)| (format!("content/{path}").into(), bytes))
                .collect(),
        })
        .collect();
    let files: Vec<(String, Vec<u8>)> =
        files.into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes)).collect();
    create_new_history(&args.folder, &files, &commits)?;
    let files = count(files.len(), "fichier", "fichiers");
    let commits = count(commits.len(), "modification", "modifications");
    let people = count(people.len(), "personne", "personnes");
    console::out(&format!(
        "Établissement inventé : {files} dans {}\nSon histoire : {commits} de {people}, branche main\n",
        args.folder.join("content").display()
    ))?;
    Ok(Exit::Fine)
}
