//! `jalon fmt`: every record in the canonical layout.

use rayon::prelude::*;

use super::{Content, ContentArgs, Exit, console, report};
use crate::diagnostic::{Finding, Severity};
use crate::record::layout;
use crate::record::report as locate;
use crate::source::{Texts, write_if_changed};
use crate::text::count;

/// The options of `jalon fmt`.
#[derive(Debug, clap::Args)]
pub struct FmtArgs {
    /// The school.
    #[command(flatten)]
    pub content: ContentArgs,
    /// N’écrit rien : donne la liste des fichiers à remettre en forme
    #[arg(long)]
    pub check: bool,
}

/// Runs `jalon fmt`.
///
/// # Errors
/// When the records cannot be reached or written.
pub fn run(args: &FmtArgs) -> anyhow::Result<Exit> {
    let content = args.content.find()?;
    let folder = content.open_folder()?;
    let (texts, mut findings) = Texts::read(&folder)?;
    // What a layout mends (line breaks, the mark at the start) is not worth a word here.
    findings.retain(|finding| finding.code.severity == Severity::Error);
    let mut said = String::new();
    let mut changed = 0;
    let records: Vec<_> = texts.iter().filter(|(file, _)| layout::is_record(file)).collect();
    let laid_out: Vec<_> =
        records.par_iter().map(|(file, text)| layout::lay_out_file(file, text)).collect();
    for ((file, text), laid_out) in records.into_iter().zip(laid_out) {
        match laid_out {
            Ok(laid_out) if laid_out == **text => {}
            Ok(laid_out) => {
                if !args.check {
                    write_if_changed(&folder.root().join(&**file), laid_out.as_bytes())?;
                }
                changed += 1;
                let done = if args.check { "à remettre en forme" } else { "remis en forme" };
                said.push_str(&format!("{done} : {}{file}\n", content.prefix));
            }
            Err(error) => findings.extend(error.findings(file)),
        }
    }
    if changed > 0 {
        let done = match args.check {
            true => count(changed, "fichier à remettre en forme", "fichiers à remettre en forme"),
            false => count(changed, "fichier remis en forme", "fichiers remis en forme"),
        };
        said.push_str(&format!("{done}\n"));
    }
    let faulty = !findings.is_empty();
    if faulty && changed > 0 {
        said.push('\n');
    }
    said.push_str(&faults(findings, &texts, &content));
    if said.is_empty() {
        let files = count(texts.len(), "fichier est déjà", "fichiers sont déjà");
        said = format!("{files} en forme\n");
    }
    console::out(&said)?;
    Ok(if faulty || args.check && changed > 0 { Exit::Faults } else { Exit::Fine })
}

/// The files that could not be laid out, and why.
fn faults(findings: Vec<Finding>, texts: &Texts, content: &Content) -> String {
    report::written(&locate(findings, texts), texts, content)
}
