//! `jalon import case`: a référentiel that another program describes, as a draft.

use std::path::PathBuf;

use super::super::{Content, ContentArgs, Exit, Timings, pipeline};
use super::{Proposed, given, propose};
use crate::exchange::case::{DraftWishes, import};

/// Largest package, in bytes.
const LARGEST: u64 = 30_000_000;

/// The options of `jalon import case`.
#[derive(Debug, clap::Args)]
pub struct CaseArgs {
    /// Le paquet : un fichier JSON au format CASE
    #[arg(value_name = "FICHIER")]
    pub file: PathBuf,
    /// The school.
    #[command(flatten)]
    pub content: ContentArgs,
    /// Montre ce qui changerait, et n’écrit rien
    #[arg(long)]
    pub dry_run: bool,
    /// Code du référentiel, par exemple mcv-a [par défaut : celui du paquet, ou le début de son titre]
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
}

/// Runs `jalon import case`.
///
/// # Errors
/// When the package or the school cannot be read, or the system refuses to write.
pub(super) fn run(args: &CaseArgs) -> anyhow::Result<Exit> {
    let content: Content = args.content.find()?;
    let source = content.open_folder()?;
    let bytes = given(&args.file, LARGEST)?;
    let before = pipeline::check(&source, &mut Timings::default())?;
    let wishes = DraftWishes { code: args.code.as_deref() };
    let plan = import(&before.school, &source, &bytes, &wishes)?;
    propose(&Proposed {
        content: &content,
        source: &source,
        before: &before,
        plan: &plan,
        dry_run: args.dry_run,
    })
}
