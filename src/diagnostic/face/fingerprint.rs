//! What tells forges that a finding of today is that of yesterday, though its line has moved.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;

/// One fingerprint a diagnostic, in their order. It depends on the rule, the file and the sentence,
/// never on the place; among those that agree in all three, on which comes first.
pub(super) fn fingerprints(diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut seen: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    let numbered = |diagnostic: &Diagnostic, occurrence: usize| {
        let mut hasher = blake3::Hasher::new();
        for part in [diagnostic.code.name, &diagnostic.file, &diagnostic.message] {
            // The length keeps "a" and "bc" from being taken for "ab" and "c".
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.update(&(occurrence as u64).to_le_bytes());
        hasher.finalize().to_hex()[..32].to_owned()
    };
    diagnostics
        .iter()
        .map(|diagnostic| {
            let key = (diagnostic.code.name, &*diagnostic.file, diagnostic.message.as_str());
            let occurrence = seen.entry(key).or_default();
            *occurrence += 1;
            numbered(diagnostic, *occurrence)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diagnostic::face::samples::{self, ERROR, WARNING, diagnostic};

    #[test]
    fn moving_lines_changes_nothing() {
        let before = fingerprints(&samples::several());
        let mut moved = samples::several();
        for diagnostic in &mut moved {
            diagnostic.span.start.line += 7;
            diagnostic.span.end.line += 7;
            diagnostic.span.bytes =
                diagnostic.span.bytes.start + 90..diagnostic.span.bytes.end + 90;
        }
        assert_eq!(before, fingerprints(&moved));
    }

    #[test]
    fn no_two_findings_share_one() {
        let text = "a = 1\na = 1\na = 1\n";
        let all = [
            diagnostic(&ERROR, "a.toml", text, 0..1, "ceci"),
            diagnostic(&ERROR, "a.toml", text, 6..7, "ceci"),
            diagnostic(&ERROR, "a.toml", text, 12..13, "ceci"),
            diagnostic(&ERROR, "a.toml", text, 12..13, "cela"),
            diagnostic(&ERROR, "b.toml", text, 12..13, "ceci"),
            diagnostic(&WARNING, "a.toml", text, 12..13, "ceci"),
            diagnostic(&ERROR, "a.tomlc", text, 0..1, "eci"),
        ];
        let prints = fingerprints(&all);
        assert_eq!(prints.iter().collect::<BTreeSet<_>>().len(), all.len());
        // The first of three keeps its own when the last is mended.
        assert_eq!(fingerprints(&all[..2]), prints[..2]);
    }
}
