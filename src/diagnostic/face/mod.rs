//! The faces of diagnostics: one list, one order, one file per format.

mod fingerprint;
mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;
mod short;
mod terminal;

use super::{Diagnostic, LineIndex, Severity, Span};
use crate::text::{count, quoted};

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For eyes: an excerpt of the file, what to do, and a closing count.
    #[default]
    Terminal,
    /// One line each, for editors and quick looks.
    Short,
    /// For programs; documented in `docs/formats-json.md`.
    Json,
    /// The Code Quality report of GitLab: a list in JSON, shown with a merge request.
    Gitlab,
    /// The workflow commands of GitHub: notes beside the lines of a change.
    Github,
    /// SARIF 2.1.0, for whatever reads static analysis.
    Sarif,
    /// JUnit XML: one test a file.
    Junit,
}

impl Format {
    /// Every format, by the name that the command line gives it.
    pub const NAMED: [(&'static str, Self); 7] = [
        ("terminal", Self::Terminal),
        ("short", Self::Short),
        ("json", Self::Json),
        ("gitlab", Self::Gitlab),
        ("github", Self::Github),
        ("sarif", Self::Sarif),
        ("junit", Self::Junit),
    ];

    /// Whether paths must be those of the repository: a forge reads it.
    pub fn is_for_a_forge(self) -> bool {
        matches!(self, Self::Gitlab | Self::Github | Self::Sarif | Self::Junit)
    }
}

/// What a face may be asked.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether terminal colours are wanted.
    pub colour: bool,
    /// How many diagnostics the terminal face tells before it only counts; 0 tells all.
    pub max: usize,
    /// What leads to the folder of `school.toml` ("content/"): from where the reader stands, or from
    /// the root of the repository for a forge.
    pub prefix: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { colour: false, max: 50, prefix: String::new() }
    }
}

/// Writes diagnostics, already in their order; `lookup` gives the text of a file.
///
/// The result ends with a line break, or is empty when there is nothing to say.
pub fn write<'t>(
    diagnostics: &[Diagnostic],
    lookup: impl Fn(&str) -> Option<&'t str>,
    format: Format,
    options: &Options,
) -> String {
    match format {
        Format::Terminal => terminal::write(diagnostics, &lookup, options),
        Format::Short => short::write(diagnostics, options),
        Format::Json => json::write(diagnostics, &lookup),
        Format::Gitlab => gitlab::write(diagnostics, &lookup, options),
        Format::Github => github::write(diagnostics, &lookup, options),
        Format::Sarif => sarif::write(diagnostics, &lookup, options),
        Format::Junit => junit::write(diagnostics, &lookup, options),
    }
}

/// What gives the text of a file.
type Lookup<'a, 't> = &'a dyn Fn(&str) -> Option<&'t str>;

/// What to do about a fault, in words: the help, else the replacement when it fits in a line.
fn remedy(diagnostic: &Diagnostic, lookup: Lookup<'_, '_>) -> Option<String> {
    if let Some(help) = &diagnostic.help {
        return Some(plain(help));
    }
    let fix = diagnostic.fix.as_ref()?;
    let faulty = lookup(&diagnostic.file)?.get(fix.bytes.clone())?;
    let shown = |text: &str| !text.is_empty() && !text.contains(['\n', '\r', '\u{feff}']);
    (shown(faulty) && shown(&fix.text))
        .then(|| plain(&format!("remplacez {} par {}", quoted(faulty), quoted(&fix.text))))
}

/// The sentence and what to do, on one line.
fn sentence(diagnostic: &Diagnostic, lookup: Lookup<'_, '_>) -> String {
    let message = plain(&diagnostic.message);
    match remedy(diagnostic, lookup) {
        Some(remedy) => format!("{message} — aide\u{a0}: {remedy}"),
        None => message,
    }
}

/// Where a fix goes: the faulty range itself, as a rule; only another range needs the text.
fn span_of_fix(
    bytes: &std::ops::Range<usize>,
    diagnostic: &Diagnostic,
    lookup: Lookup<'_, '_>,
) -> Span {
    if *bytes == diagnostic.span.bytes {
        return diagnostic.span.clone();
    }
    LineIndex::new(lookup(&diagnostic.file).unwrap_or("")).span(bytes.clone())
}

/// An empty range at the very start stands for the file as a whole.
fn is_whole_file(span: &Span) -> bool {
    span.bytes.end == 0
}

/// How many of each weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Files that have at least one of them.
    pub files: usize,
}

impl Tally {
    /// Counts diagnostics, already in their order.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let mut tally = Self::default();
        let mut last = None;
        for diagnostic in diagnostics {
            match diagnostic.code.severity {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
            }
            tally.files += usize::from(last != Some(&diagnostic.file));
            last = Some(&diagnostic.file);
        }
        tally
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let errors = count(self.errors, "erreur", "erreurs");
        let warnings = count(self.warnings, "avertissement", "avertissements");
        match (self.errors, self.warnings) {
            (0, 0) => return f.write_str("aucune erreur"),
            (_, 0) => f.write_str(&errors)?,
            (0, _) => f.write_str(&warnings)?,
            _ => write!(f, "{errors}, {warnings}")?,
        }
        write!(f, " dans {}", count(self.files, "fichier", "fichiers"))
    }
}

/// A text on one line, without the characters that move a cursor, colour a terminal or turn the
/// direction of writing: what a record says may come from anybody.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
            '\x7f' => '\u{2421}',
            '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c => c,
        })
        .collect()
}

#[cfg(test)]
pub(super) mod samples {
    //! Diagnostics for the tests of the faces.

    use std::ops::Range;
    use std::sync::Arc;

    use crate::diagnostic::{Code, Diagnostic, Fix, LineIndex, Related, Severity};

    pub(in crate::diagnostic) static ERROR: Code = Code {
        name: "EVAL-COLONNES",
        severity: Severity::Error,
        summary: "",
        explanation: "",
        wrong: "",
        right: "",
    };
    pub(in crate::diagnostic) static WARNING: Code =
        Code { name: "FICHIER-LIGNES", severity: Severity::Warning, ..ERROR };

    pub(in crate::diagnostic) fn diagnostic(
        code: &'static Code,
        file: &str,
        text: &str,
        bytes: Range<usize>,
        message: &str,
    ) -> Diagnostic {
        let span = LineIndex::new(text).span(bytes);
        Diagnostic {
            code,
            file: Arc::from(file),
            span,
            message: message.into(),
            help: None,
            fix: None,
            related: Vec::new(),
        }
    }

    pub(in crate::diagnostic) fn at(text: &str, needle: &str) -> Range<usize> {
        let start = text.find(needle).unwrap();
        start..start + needle.len()
    }

    pub(in crate::diagnostic) const EVALUATION: &str = "titre = \"Été à la librairie\"\ncriteres = [\"C1.0.a\", \"C1.2.a\"]\n\n[resultats]\ndupont-lea = [\"+\", \"++\", \"NE\"]\n";
    pub(in crate::diagnostic) const STAFF: &str = "[personnes.mercier-paul]\nnom = \"Mercier\"\n";

    /// One of each: an error with a place elsewhere, a fix, a warning, a whole file.
    pub(in crate::diagnostic) fn several() -> Vec<Diagnostic> {
        let file = "evaluations/2026-2027/1mcva1/librairie.toml";
        let mut columns = diagnostic(
            &ERROR,
            file,
            EVALUATION,
            at(EVALUATION, "[\"+\", \"++\", \"NE\"]"),
            "cette ligne a 3 signes pour 2 critères",
        );
        columns.help = Some("enlevez un signe".into());
        columns.related.push(Related {
            file: Arc::from(file),
            span: LineIndex::new(EVALUATION).span(at(EVALUATION, "[\"C1.0.a\", \"C1.2.a\"]")),
            message: "les critères sont ici".into(),
        });
        columns.related.push(Related {
            file: Arc::from("staff.toml"),
            span: LineIndex::new(STAFF).span(at(STAFF, "[personnes.mercier-paul]")),
            message: "l’auteur est décrit ici".into(),
        });
        let mut accent = diagnostic(
            &WARNING,
            file,
            EVALUATION,
            at(EVALUATION, "à la librairie"),
            "« à la librairie » se dit autrement",
        );
        accent.help = Some("écrivez « au rayon »".into());
        accent.fix =
            Some(Fix { bytes: at(EVALUATION, "à la librairie"), text: "au rayon".into() });
        let whole = diagnostic(&ERROR, "notes.toml", "", 0..0, "ce fichier n’est pas à sa place");
        vec![accent, columns, whole]
    }

    /// Records and names that try to be something else.
    pub(in crate::diagnostic) fn hostile() -> Vec<Diagnostic> {
        let say = |file: &str, message: &str| {
            diagnostic(&ERROR, file, EVALUATION, at(EVALUATION, "titre"), message)
        };
        let mut helped = say("é à, b:100%.toml", "« 100 % », a:b\r\n::set-output name=a::b");
        helped.help = Some("écrivez <b>&amp;</b> ]]> \"a\" 'b'\n::error::c".into());
        vec![
            helped,
            say(
                "a<b>&\"'.toml",
                "\u{1b}[31m\u{0}\u{fffe}\u{ffff}\u{7f}\u{85} \u{202e} <![CDATA[ & ]]>",
            ),
            say("c.toml", "::add-mask::x ##[error]y"),
        ]
    }

    pub(in crate::diagnostic) fn options() -> super::Options {
        super::Options { prefix: "content/".into(), ..super::Options::default() }
    }

    pub(in crate::diagnostic) fn lookup(file: &str) -> Option<&'static str> {
        match file {
            "staff.toml" => Some(STAFF),
            "notes.toml" => Some("a = 1\n"),
            _ => Some(EVALUATION),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tally_reads_as_french() {
        let tally = Tally::of(&samples::several());
        assert_eq!(tally.to_string(), "2 erreurs, 1 avertissement dans 2 fichiers");
        assert_eq!(Tally::default().to_string(), "aucune erreur");
    }

    #[test]
    fn nothing_a_record_says_can_steer_a_terminal() {
        assert_eq!(plain("a\x1b[31mb\u{202e}\nc"), "a␛[31mb\u{fffd}␊c");
    }
}
