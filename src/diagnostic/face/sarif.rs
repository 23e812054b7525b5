//! SARIF 2.1.0, the common language of tools that look for faults: GitHub's code scanning, editors.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::fingerprint::fingerprints;
use super::{Lookup, Options, is_whole_file, plain, remedy, sentence, span_of_fix};
use crate::diagnostic::{Code, Diagnostic, Fix, Severity, Span};

/// What a path keeps as it is in an address.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

pub(super) fn write(
    diagnostics: &[Diagnostic],
    lookup: Lookup<'_, '_>,
    options: &Options,
) -> String {
    let codes: BTreeMap<&str, &Code> =
        diagnostics.iter().map(|diagnostic| (diagnostic.code.name, diagnostic.code)).collect();
    let rules: Vec<Value> = codes.values().map(|code| rule(code)).collect();
    let results: Vec<Value> = diagnostics
        .iter()
        .zip(fingerprints(diagnostics))
        .map(|(diagnostic, fingerprint)| {
            let at = codes.keys().position(|name| *name == diagnostic.code.name);
            let mut told = result(diagnostic, lookup, &options.prefix);
            told["ruleIndex"] = json!(at);
            told["partialFingerprints"] = json!({ "jalon/v1": fingerprint });
            told
        })
        .collect();
    let whole = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "jalon",
                "version": env!("CARGO_PKG_VERSION"),
                "language": "fr",
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{whole:#}\n")
}

fn rule(code: &Code) -> Value {
    let help = format!("À éviter :\n\n{}\n\nCorrect :\n\n{}", code.wrong, code.right);
    let markdown = format!(
        "{}\n\nÀ éviter :\n\n```\n{}\n```\n\nCorrect :\n\n```\n{}\n```",
        code.explanation, code.wrong, code.right
    );
    json!({
        "id": code.name,
        "shortDescription": { "text": code.summary },
        "fullDescription": {
            "text": code.explanation.replace('`', ""),
            "markdown": code.explanation,
        },
        "help": { "text": help, "markdown": markdown },
        "defaultConfiguration": { "level": level(code) },
    })
}

fn level(code: &Code) -> &'static str {
    match code.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn result(diagnostic: &Diagnostic, lookup: Lookup<'_, '_>, prefix: &str) -> Value {
    let mut told = json!({
        "ruleId": diagnostic.code.name,
        "level": level(diagnostic.code),
        "message": { "text": sentence(diagnostic, lookup) },
        "locations": [location(&diagnostic.file, &diagnostic.span, prefix)],
    });
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().map(|related| {
            let mut there = location(&related.file, &related.span, prefix);
            there["message"] = json!({ "text": plain(&related.message) });
            there
        });
        told["relatedLocations"] = related.collect();
    }
    if let Some(mend) = &diagnostic.fix {
        told["fixes"] = json!([fix(diagnostic, mend, lookup, prefix)]);
    }
    told
}

fn fix(diagnostic: &Diagnostic, fix: &Fix, lookup: Lookup<'_, '_>, prefix: &str) -> Value {
    let words = remedy(diagnostic, lookup).unwrap_or_else(|| "corrigez ainsi".into());
    let place = span_of_fix(&fix.bytes, diagnostic, lookup);
    json!({
        "description": { "text": words },
        "artifactChanges": [{
            "artifactLocation": artifact(&diagnostic.file, prefix),
            "replacements": [{
                "deletedRegion": region(&place),
                "insertedContent": { "text": fix.text },
            }],
        }],
    })
}

fn location(file: &str, span: &Span, prefix: &str) -> Value {
    let mut place = json!({ "artifactLocation": artifact(file, prefix) });
    if !is_whole_file(span) {
        place["region"] = region(span);
    }
    json!({ "physicalLocation": place })
}

fn artifact(file: &str, prefix: &str) -> Value {
    let path = format!("{prefix}{file}");
    let uri = utf8_percent_encode(&path, PATH).to_string();
    json!({ "uri": uri, "uriBaseId": "%SRCROOT%" })
}

fn region(span: &Span) -> Value {
    json!({
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::face::samples::{self, options};

    /// The version changes with every release, the shape does not.
    fn written(all: &[Diagnostic]) -> String {
        let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        write(all, &samples::lookup, &options()).replace(&version, "\"version\": \"0.0.0\"")
    }

    #[test]
    fn the_shape_is_that_of_sarif() {
        insta::assert_snapshot!(written(&samples::several()));
    }

    #[test]
    fn the_file_is_valid_sarif() {
        let schema = include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/schemas/sarif-2.1.0.schema.json"
        ));
        // The official pattern of languages has a bracket too many for ECMA regexes.
        let schema = schema.replace("{2}]?$", "{2}$");
        let schema: Value = serde_json::from_str(&schema).unwrap();
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        for all in [samples::several(), samples::hostile(), Vec::new()] {
            let mut file: Value = serde_json::from_str(&written(&all)).unwrap();
            let faults: Vec<_> = validator.iter_errors(&file).map(|e| e.to_string()).collect();
            assert!(faults.is_empty(), "{faults:?}");
            for result in file["runs"][0]["results"].as_array().unwrap() {
                let at = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
                assert_eq!(file["runs"][0]["tool"]["driver"]["rules"][at]["id"], result["ruleId"]);
            }
            file["runs"][0]["columnKind"] = "bytes".into();
            assert!(!validator.is_valid(&file));
        }
    }
}
