//! From the key path of a finding to its line and column, in the text of the file.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::front_matter;
use crate::diagnostic::{
    Diagnostic, Finding, Fix, KeyPath, LineIndex, Place, Related, Site, Span, Step,
};
use crate::source::Texts;

/// Gives every finding its place, in the one order of diagnostics. Each file is read once.
pub fn report(findings: Vec<Finding>, texts: &Texts) -> Vec<Diagnostic> {
    let mut wanted: BTreeMap<Arc<str>, Document<'_>> = BTreeMap::new();
    for finding in &findings {
        let sites =
            std::iter::once(&finding.site).chain(finding.related.iter().map(|(site, _)| site));
        for site in sites {
            let text = texts.get(&site.file).map_or("", |text| text.as_ref());
            let open = || Document::read(&site.file, text);
            wanted.entry(Arc::clone(&site.file)).or_insert_with(open);
        }
    }
    let span = |site: &Site| wanted.get(&site.file).map(|document| document.span(&site.place));
    let mut diagnostics: Vec<Diagnostic> = findings
        .into_iter()
        .filter_map(|finding| {
            let place = span(&finding.site)?;
            let related = finding.related.into_iter().filter_map(|(site, message)| {
                Some(Related { span: span(&site)?, file: site.file, message })
            });
            Some(Diagnostic {
                related: related.collect(),
                fix: finding.replacement.map(|text| Fix { bytes: place.bytes.clone(), text }),
                code: finding.code,
                file: finding.site.file,
                span: place,
                message: finding.message,
                help: finding.help,
            })
        })
        .collect();
    diagnostics.sort_by(Diagnostic::order);
    diagnostics.dedup_by(|a, b| a.order(b).is_eq());
    diagnostics
}

struct Document<'t> {
    lines: LineIndex<'t>,
    table: Spanned<DeTable<'t>>,
    /// Where the TOML begins in the file.
    offset: usize,
}

impl<'t> Document<'t> {
    fn read(file: &Arc<str>, text: &'t str) -> Self {
        let toml = front_matter::read(file, text).map_or(0..0, |(toml, _)| toml);
        Self {
            lines: LineIndex::new(text),
            offset: toml.start,
            table: DeTable::parse_recoverable(&text[toml]).0,
        }
    }

    fn span(&self, place: &Place) -> Span {
        let in_file = |range: Range<usize>| range.start + self.offset..range.end + self.offset;
        let bytes = match place {
            Place::File => 0..0,
            Place::Bytes(range) => range.clone(),
            Place::Key(path) => in_file(self.find(path).0),
            Place::Value(path) => in_file(self.find(path).1),
        };
        self.lines.span(bytes)
    }

    /// The ranges of the key and of the value at a path, or of the deepest part that exists.
    fn find(&self, path: &KeyPath) -> (Range<usize>, Range<usize>) {
        let mut found = (0..0, 0..0);
        let mut steps = path.0.iter();
        let Some(Step::Key(first)) = steps.next() else { return found };
        let Some((key, mut value)) = self.table.get_ref().get_key_value(first.as_str()) else {
            return found;
        };
        found = (key.span(), value.span());
        for step in steps {
            let next = match (step, value.get_ref()) {
                (Step::Key(name), DeValue::Table(table)) => {
                    table.get_key_value(name.as_str()).map(|(key, value)| (key.span(), value))
                }
                (Step::Index(index), DeValue::Array(array)) => {
                    array.get(*index).map(|item| (item.span(), item))
                }
                _ => None,
            };
            let Some((key, inner)) = next else { break };
            found = (key, inner.span());
            value = inner;
        }
        found
    }
}
