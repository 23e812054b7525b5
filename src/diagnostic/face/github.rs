//! For GitHub: workflow commands, which become notes beside the lines of a change.
//!
//! GitHub shows ten errors and ten warnings a step at most. The others are told again, with their
//! place, after the commands: the log holds them all.

use std::fmt::Write as _;

use super::{Lookup, Options, is_whole_file, plain, remedy};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::count;

/// How many notes of each weight GitHub makes of one step.
const SHOWN: usize = 10;

pub(super) fn write(
    diagnostics: &[Diagnostic],
    lookup: Lookup<'_, '_>,
    options: &Options,
) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&command(diagnostic, lookup, &options.prefix));
    }
    let (mut errors, mut warnings) = (0, 0);
    let unseen: Vec<&Diagnostic> = diagnostics
        .iter()
        .filter(|diagnostic| {
            let number = match diagnostic.code.severity {
                Severity::Error => &mut errors,
                Severity::Warning => &mut warnings,
            };
            *number += 1;
            *number > SHOWN
        })
        .collect();
    if !unseen.is_empty() {
        let rest = count(unseen.len(), "autre n’est pas montré", "autres ne sont pas montrés");
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "GitHub montre {SHOWN} erreurs et {SHOWN} avertissements au plus à côté des lignes ; {rest}. \
             La liste de ce journal est complète ; voici ceux que GitHub ne montre pas :"
        );
        unseen.iter().for_each(|diagnostic| out.push_str(&line(diagnostic, &options.prefix)));
    }
    out
}

fn command(diagnostic: &Diagnostic, lookup: Lookup<'_, '_>, prefix: &str) -> String {
    let word = match diagnostic.code.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let file = property(&format!("{prefix}{}", diagnostic.file));
    let mut command = format!("::{word} file={file}");
    let span = &diagnostic.span;
    if !is_whole_file(span) {
        let (start, end) = (span.start, span.end);
        command.push_str(&format!(",line={},endLine={}", start.line, end.line));
        // GitHub drops columns that do not belong to one line.
        if start.line == end.line {
            command.push_str(&format!(",col={},endColumn={}", start.column, end.column));
        }
    }
    let title = format!("{}[{}]", diagnostic.code.severity.label(), diagnostic.code);
    let mut message = plain(&diagnostic.message);
    if let Some(remedy) = remedy(diagnostic, lookup) {
        message.push_str(&format!("\naide\u{a0}: {remedy}"));
    }
    format!("{command},title={}::{}\n", property(&title), data(&message))
}

/// A line that no runner can take for a command: they look for `::` at its start, `##[` anywhere.
fn line(diagnostic: &Diagnostic, prefix: &str) -> String {
    let start = diagnostic.span.start;
    let text = format!(
        "- {prefix}{}:{}:{}: {}[{}] {}",
        plain(&diagnostic.file),
        start.line,
        start.column,
        diagnostic.code.severity.label(),
        diagnostic.code,
        plain(&diagnostic.message),
    );
    text.replace("##[", "# #[") + "\n"
}

/// What follows `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::face::samples::{self, ERROR, WARNING, diagnostic, options};

    #[test]
    fn one_command_each() {
        insta::assert_snapshot!(write(&samples::several(), &samples::lookup, &options()));
        assert_eq!(write(&[], &samples::lookup, &options()), "");
    }

    #[test]
    fn nothing_a_record_says_is_a_command_of_its_own() {
        let told = write(&samples::hostile(), &samples::lookup, &options());
        insta::assert_snapshot!(told);
        assert_eq!(told.lines().count(), samples::hostile().len());
    }

    #[test]
    fn those_beyond_ten_are_told_in_the_log() {
        let all: Vec<Diagnostic> = (0..25)
            .map(|n| {
                let code = if n % 2 == 0 { &ERROR } else { &WARNING };
                diagnostic(code, "a.toml", "a = 1\n", 0..1, &format!("ceci {n} ##[error]"))
            })
            .collect();
        let told = write(&all, &samples::lookup, &options());
        let after: Vec<&str> = told.lines().skip(25).collect();
        insta::assert_snapshot!(after.join("\n"));
        assert!(after.iter().all(|line| !line.contains("##[") && !line.starts_with("::")));
    }
}
