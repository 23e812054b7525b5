//! What was found wrong, told in the format asked for.

use super::pipeline::Checked;
use super::{Content, Exit, console, options};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::face::{self, Format, Options, Tally};
use crate::source::Texts;
use crate::text::count;

/// The options that say how.
#[derive(Clone, Debug, clap::Args)]
pub struct ReportArgs {
    /// Présentation : terminal (extraits et corrections), short (une ligne par erreur) ou json
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = options::format)]
    pub format: Format,
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
    /// When the output cannot be written.
    pub fn tell(&self, checked: &Checked, content: &Content) -> anyhow::Result<Exit> {
        let Checked { diagnostics, texts, .. } = checked;
        let mut text = written(diagnostics, texts, content, self.format, self.max_errors);
        if diagnostics.is_empty() && self.format == Format::Terminal {
            let files = count(texts.len(), "fichier lu", "fichiers lus");
            text = format!("{} ({files})\n", Tally::default());
        }
        console::out(&text)?;
        Ok(self.exit(diagnostics))
    }

    fn exit(&self, diagnostics: &[Diagnostic]) -> Exit {
        let tally = Tally::of(diagnostics);
        let faulty = tally.errors > 0 || self.strict && tally.warnings > 0;
        if faulty { Exit::Faults } else { Exit::Fine }
    }
}

/// Diagnostics as they are shown.
pub(super) fn written(
    diagnostics: &[Diagnostic],
    texts: &Texts,
    content: &Content,
    format: Format,
    max: usize,
) -> String {
    let options = Options { colour: console::colour(), max, prefix: content.prefix.clone() };
    face::write(diagnostics, |file| texts.get(file).map(AsRef::as_ref), format, &options)
}
