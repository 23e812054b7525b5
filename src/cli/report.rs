//! What was found wrong, told in the format asked for, and in those asked for beside it.

use std::path::Path;

use super::options::{self, Report};
use super::pipeline::Checked;
use super::{BadCommand, Content, Exit, console};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::face::{self, Format, Options, Tally};
use crate::source::{Texts, write_if_changed};
use crate::text::{count, quoted};

/// The options that say how.
#[derive(Clone, Debug, clap::Args)]
pub struct ReportArgs {
    /// Présentation : terminal (extraits et corrections), short (une ligne par erreur), json, gitlab,
    /// github, sarif ou junit
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = options::format)]
    pub format: Format,
    /// Écrit aussi le résultat dans un fichier, par exemple gitlab=rapport.json ; option à répéter pour
    /// plusieurs fichiers
    #[arg(long = "report", value_name = "FORMAT=FICHIER", value_parser = options::report)]
    pub reports: Vec<Report>,
    /// Compte les avertissements comme des erreurs
    #[arg(long)]
    pub strict: bool,
    /// Nombre d’erreurs montrées au plus, 0 pour toutes (présentation terminal)
    #[arg(long, value_name = "N", default_value = "50", value_parser = options::whole)]
    pub max_errors: usize,
}

impl ReportArgs {
    /// Tells what a check found, and how the run ends for it.
    ///
    /// # Errors
    /// When the output or a report cannot be written.
    pub fn tell(&self, checked: &Checked, content: &Content) -> anyhow::Result<Exit> {
        let diagnostics = &checked.diagnostics;
        let shown = (console::colour(), self.max_errors);
        console::out(&whole(checked, content, self.format, shown))?;
        for report in &self.reports {
            let text = whole(checked, content, report.format, (false, 0));
            write_if_changed(&report.file, text.as_bytes())?;
        }
        Ok(self.exit(diagnostics))
    }

    /// Refuses two reports in one file: the second would take the place of the first.
    ///
    /// # Errors
    /// When there are.
    pub fn one_file_each(&self) -> Result<(), BadCommand> {
        let mut files: Vec<&Path> =
            self.reports.iter().map(|report| report.file.as_path()).collect();
        files.sort_unstable();
        match files.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => {
                let file = quoted(&pair[0].to_string_lossy());
                Err(BadCommand(format!("deux rapports vont dans le même fichier, {file}")))
            }
            None => Ok(()),
        }
    }

    fn exit(&self, diagnostics: &[Diagnostic]) -> Exit {
        let tally = Tally::of(diagnostics);
        let faulty = tally.errors > 0 || self.strict && tally.warnings > 0;
        if faulty { Exit::Faults } else { Exit::Fine }
    }
}

/// Diagnostics in a format, with a word for eyes when there is none.
///
/// `how` is whether colours are wanted, and how many findings eyes are shown; 0 is all.
fn whole(checked: &Checked, content: &Content, format: Format, how: (bool, usize)) -> String {
    let Checked { diagnostics, texts, .. } = checked;
    if diagnostics.is_empty() && format == Format::Terminal {
        let files = count(texts.len(), "fichier lu", "fichiers lus");
        return format!("{} ({files})\n", Tally::default());
    }
    faces(diagnostics, texts, content, format, how)
}

/// Diagnostics as they are shown to eyes.
pub(super) fn written(diagnostics: &[Diagnostic], texts: &Texts, content: &Content) -> String {
    faces(diagnostics, texts, content, Format::Terminal, (console::colour(), 50))
}

fn faces(
    diagnostics: &[Diagnostic],
    texts: &Texts,
    content: &Content,
    format: Format,
    (colour, max): (bool, usize),
) -> String {
    let prefix = match format.is_for_a_forge() {
        true => content.prefix_in_repository(),
        false => content.prefix.clone(),
    };
    let options = Options { colour, max, prefix };
    face::write(diagnostics, |file| texts.get(file).map(AsRef::as_ref), format, &options)
}
