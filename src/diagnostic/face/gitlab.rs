//! For GitLab: its Code Quality report, which merge requests compare with that of the main branch.

use serde::Serialize;

use super::fingerprint::fingerprints;
use super::{Lookup, Options, sentence};
use crate::diagnostic::{Diagnostic, Severity};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

pub(super) fn write(
    diagnostics: &[Diagnostic],
    lookup: Lookup<'_, '_>,
    options: &Options,
) -> String {
    let issues: Vec<Issue> = diagnostics
        .iter()
        .zip(fingerprints(diagnostics))
        .map(|(diagnostic, fingerprint)| Issue {
            description: sentence(diagnostic, lookup),
            check_name: diagnostic.code.name,
            fingerprint,
            // "critical" and "blocker" are left to what can harm somebody: no fault of a record can.
            severity: match diagnostic.code.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
            },
            location: Location {
                path: format!("{}{}", options.prefix, diagnostic.file),
                lines: Lines { begin: diagnostic.span.start.line, end: diagnostic.span.end.line },
            },
        })
        .collect();
    // Only maps with odd keys or a failing writer could fail here: there are none.
    serde_json::to_string_pretty(&issues).map_or_else(|_| String::new(), |text| text + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::face::samples::{self, options};

    #[test]
    fn the_shape_is_that_of_code_quality() {
        insta::assert_snapshot!(write(&samples::several(), &samples::lookup, &options()));
    }

    #[test]
    fn nothing_to_say_is_an_empty_list() {
        assert_eq!(write(&[], &samples::lookup, &options()), "[]\n");
    }

    #[test]
    fn the_report_is_what_gitlab_asks_for() {
        let schema = include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/schemas/gitlab-code-quality.schema.json"
        ));
        let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
        assert!(jsonschema::meta::is_valid(&schema));
        let validator = jsonschema::validator_for(&schema).unwrap();
        for all in [samples::several(), samples::hostile(), Vec::new()] {
            let report = write(&all, &samples::lookup, &options());
            assert!(report.starts_with('['), "a byte order mark is refused");
            let report: serde_json::Value = serde_json::from_str(&report).unwrap();
            let faults: Vec<_> = validator.iter_errors(&report).map(|e| e.to_string()).collect();
            assert!(faults.is_empty(), "{faults:?}");
            let mut broken = report;
            if let Some(first) = broken.get_mut(0) {
                first["severity"] = "erreur".into();
                assert!(!validator.is_valid(&broken));
            }
        }
    }
}
