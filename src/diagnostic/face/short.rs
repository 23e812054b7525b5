//! One line each: `fichier:ligne:colonne: erreur[CODE] phrase`.

use std::fmt::Write as _;

use super::{Options, plain};
use crate::diagnostic::Diagnostic;

pub(super) fn write(diagnostics: &[Diagnostic], options: &Options) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let start = diagnostic.span.start;
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{}{}:{}:{}: {}[{}] {}",
            options.prefix,
            plain(&diagnostic.file),
            start.line,
            start.column,
            diagnostic.code.severity.label(),
            diagnostic.code,
            plain(&diagnostic.message),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::face::samples;

    #[test]
    fn one_line_each() {
        let options = Options { prefix: "content/".into(), ..Options::default() };
        insta::assert_snapshot!(write(&samples::several(), &options));
    }
}
