//! `jalon import siecle`: pupils, those responsible for them, staff and classes, from SIECLE and STS.

use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;

use anyhow::Context as _;

use super::super::today::from_clock;
use super::super::{Content, ContentArgs, Exit, Timings, options, pipeline};
use super::{Proposed, propose};
use crate::exchange::siecle::{Allowed, Given, LARGEST, Refusal, plan};
use crate::text::Date;

/// The options of `jalon import siecle`.
#[derive(Debug, clap::Args)]
pub struct SiecleArgs {
    /// Les fichiers exportés, XML ou ZIP, dans n’importe quel ordre : ElevesSansAdresses, ResponsablesAvecAdresses, sts_emp
    #[arg(value_name = "FICHIER", required = true)]
    pub files: Vec<PathBuf>,
    /// The school.
    #[command(flatten)]
    pub content: ContentArgs,
    /// Montre ce qui changerait, et n’écrit rien
    #[arg(long)]
    pub dry_run: bool,
    /// Date de l’import [par défaut : aujourd’hui], par exemple 2026-09-03
    #[arg(long, value_name = "DATE", value_parser = options::day)]
    pub today: Option<Date>,
    /// N’importe pas cet élève, pour le motif donné, par exemple 2345678="dossier en double" ; option à répéter
    #[arg(long = "refuse", value_name = "ELEVE_ID=MOTIF", value_parser = refusal)]
    pub refused: Vec<Refusal>,
    /// Accepte les fichiers d’un autre établissement ; le compte rendu le garde
    #[arg(long)]
    pub other_school: bool,
    /// Accepte les fichiers d’une autre année scolaire ; le compte rendu le garde
    #[arg(long)]
    pub other_year: bool,
    /// Accepte des fichiers exportés avant ceux du dernier import ; le compte rendu le garde
    #[arg(long)]
    pub older: bool,
}

/// Reads `--refuse`.
fn refusal(text: &str) -> Result<Refusal, String> {
    let parts = text.split_once('=').map(|(id, reason)| (id.trim(), reason.trim()));
    let sound = |(id, reason): &(&str, &str)| {
        !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) && !reason.is_empty()
    };
    let (id, reason) = parts.filter(sound).ok_or(
        "écrivez le numéro ELEVE_ID de l’élève, le signe = et le motif, par exemple \
         2345678=\"dossier en double\"",
    )?;
    Ok(Refusal { eleve_id: id.to_owned(), reason: reason.to_owned() })
}

/// The files, by name.
fn given(paths: &[PathBuf]) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    paths
        .iter()
        .map(|path| {
            let shown = path.to_string_lossy();
            let mut bytes = Vec::new();
            File::open(path)
                // One byte too many is told as such; the rest is not read.
                .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
                .with_context(|| format!("le fichier « {shown} » ne peut pas être lu"))?;
            Ok((shown.into_owned(), bytes))
        })
        .collect()
}

pub(super) fn run(args: &SiecleArgs) -> anyhow::Result<Exit> {
    let content: Content = args.content.find()?;
    let source = content.open_folder()?;
    let before = pipeline::check(&source, &mut Timings::default())?;
    let files = given(&args.files)?;
    let allowed =
        Allowed { other_school: args.other_school, other_year: args.other_year, older: args.older };
    let today = args.today.unwrap_or_else(from_clock);
    let plan = plan(
        &before.school,
        &before.texts,
        &Given { files, allowed, refused: &args.refused, today },
    );
    propose(&Proposed {
        content: &content,
        source: &source,
        before: &before,
        plan: &plan,
        dry_run: args.dry_run,
    })
}
