//! For programs: one object, stable, described in `docs/formats-json.md`.

use serde::Serialize;

use super::{Lookup, Tally, span_of_fix};
use crate::diagnostic::{Diagnostic, Severity, Span};

/// Grows only when a reader of the former shape would be misled.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Whole<'a> {
    version: u32,
    diagnostics: Vec<Told<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Told<'a> {
    code: &'static str,
    severity: &'static str,
    file: &'a str,
    start: Place,
    end: Place,
    message: &'a str,
    help: Option<&'a str>,
    fix: Option<Mend<'a>>,
    related: Vec<Elsewhere<'a>>,
}

#[derive(Serialize)]
struct Mend<'a> {
    start: Place,
    end: Place,
    replacement: &'a str,
}

#[derive(Serialize)]
struct Elsewhere<'a> {
    file: &'a str,
    start: Place,
    end: Place,
    message: &'a str,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
    offset: usize,
}

pub(super) fn write(diagnostics: &[Diagnostic], lookup: Lookup<'_, '_>) -> String {
    let tally = Tally::of(diagnostics);
    let whole = Whole {
        version: VERSION,
        diagnostics: diagnostics.iter().map(|diagnostic| told(diagnostic, lookup)).collect(),
        summary: Summary { errors: tally.errors, warnings: tally.warnings },
    };
    // Only maps with odd keys or a failing writer could fail here: there are none.
    serde_json::to_string_pretty(&whole).map_or_else(|_| String::new(), |text| text + "\n")
}

fn told<'a>(diagnostic: &'a Diagnostic, lookup: Lookup<'_, '_>) -> Told<'a> {
    let (start, end) = places(&diagnostic.span);
    Told {
        code: diagnostic.code.name,
        severity: match diagnostic.code.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        file: &diagnostic.file,
        start,
        end,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        fix: diagnostic.fix.as_ref().map(|fix| {
            let (start, end) = places(&span_of_fix(&fix.bytes, diagnostic, lookup));
            Mend { start, end, replacement: &fix.text }
        }),
        related: diagnostic
            .related
            .iter()
            .map(|related| {
                let (start, end) = places(&related.span);
                Elsewhere { file: &related.file, start, end, message: &related.message }
            })
            .collect(),
    }
}

fn places(span: &Span) -> (Place, Place) {
    let place = |at: crate::diagnostic::Position, offset| Place {
        line: at.line,
        column: at.column,
        offset,
    };
    (place(span.start, span.bytes.start), place(span.end, span.bytes.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::face::samples;

    #[test]
    fn the_shape_is_the_documented_one() {
        let all = samples::several();
        insta::assert_snapshot!(write(&all[..2], &samples::lookup));
    }

    #[test]
    fn nothing_to_say_is_an_empty_list() {
        let value: serde_json::Value = serde_json::from_str(&write(&[], &samples::lookup)).unwrap();
        assert_eq!(value["diagnostics"], serde_json::json!([]));
        assert_eq!(value["summary"], serde_json::json!({ "errors": 0, "warnings": 0 }));
    }
}
