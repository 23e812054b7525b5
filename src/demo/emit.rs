//! Writes TOML in the project's canonical layout, one record at a time.

use std::fmt::Write as _;

/// The widest line an array may take before it is broken, one element a line.
const WIDTH: usize = 100;

/// A TOML text in the making.
#[derive(Default)]
pub(crate) struct Document {
    text: String,
}

impl Document {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Writes `key = "value"`.
    pub(crate) fn string(&mut self, key: &str, value: &str) {
        self.raw(key, &quoted(value));
    }

    /// Writes `key = "value"` unless the value is empty.
    pub(crate) fn optional(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.string(key, value);
        }
    }

    /// Writes a text on lines of its own, unless it is empty.
    pub(crate) fn prose(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.raw(key, &format!("\"\"\"\n{}\"\"\"", escaped(value)));
        }
    }

    /// Writes `key = value` for a value that is written bare: a number, a boolean, a date.
    pub(crate) fn value(&mut self, key: &str, value: impl std::fmt::Display) {
        self.raw(key, &value.to_string());
    }

    /// Writes an array of strings.
    pub(crate) fn strings(&mut self, key: &str, values: &[impl AsRef<str>]) {
        let items: Vec<String> = values.iter().map(|value| quoted(value.as_ref())).collect();
        let key = bare_or_quoted(key);
        let line = format!("{key} = [{}]", items.join(", "));
        if line.chars().count() <= WIDTH {
            let _ = writeln!(self.text, "{line}");
            return;
        }
        let _ = writeln!(self.text, "{key} = [");
        for item in items {
            let _ = writeln!(self.text, "  {item},");
        }
        self.text.push_str("]\n");
    }

    /// Writes `key = { a = …, b = … }` for values that are already written as TOML.
    pub(crate) fn inline(&mut self, key: &str, pairs: &[(&str, &str)]) {
        let pairs: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        self.raw(key, &format!("{{ {} }}", pairs.join(", ")));
    }

    /// Opens `[name]`, after a blank line.
    pub(crate) fn table(&mut self, name: &str) {
        self.gap();
        let _ = writeln!(self.text, "[{name}]");
    }

    /// Opens `[[name]]`, after a blank line.
    pub(crate) fn entry(&mut self, name: &str) {
        self.gap();
        let _ = writeln!(self.text, "[[{name}]]");
    }

    /// Writes `[resultats]`: keys padded so that the `=` align, cells padded so that the columns do.
    pub(crate) fn grid(&mut self, name: &str, rows: &[(&str, Vec<&str>)]) {
        self.table(name);
        let key_width = rows.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
        let columns = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        // The width of a column is that of its widest cell, quotes and comma included; at least that
        // of a two-sign level, so that correcting a sign moves nothing.
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let full = rows.iter().filter(|(_, cells)| cells.len() > 1);
                full.filter_map(|(_, cells)| cells.get(column))
                    .map(|cell| cell.len() + 3)
                    .max()
                    .unwrap_or(0)
                    .max(5)
            })
            .collect();
        for (key, cells) in rows {
            let _ = write!(self.text, "{key:key_width$} = [");
            for (column, cell) in cells.iter().enumerate() {
                let last = column + 1 == cells.len();
                let written = format!("{}{}", quoted(cell), if last { "" } else { "," });
                if last {
                    self.text.push_str(&written);
                } else {
                    let width = widths.get(column).copied().unwrap_or(0);
                    let _ = write!(self.text, "{written:width$} ");
                }
            }
            self.text.push_str("]\n");
        }
    }

    /// Gives the finished text.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    fn raw(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.text, "{} = {value}", bare_or_quoted(key));
    }

    fn gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }
}

/// Quotes a key unless it may stand bare.
fn bare_or_quoted(key: &str) -> String {
    let bare =
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if bare { key.to_owned() } else { quoted(key) }
}

/// Quotes a text: basic string, or a multi-line one when the text has several lines.
fn quoted(text: &str) -> String {
    let marks = if text.contains('\n') { ("\"\"\"\n", "\"\"\"") } else { ("\"", "\"") };
    format!("{}{}{}", marks.0, escaped(text), marks.1)
}

/// Escapes what a basic string may not hold.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push('\n'),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grid_aligns_keys_and_cells() {
        let mut document = Document::new();
        document.grid(
            "resultats",
            &[
                ("dupont-lea", vec!["+", "++", "NE"]),
                ("ly-an", vec!["abs"]),
                ("martin-hugo", vec!["--", "-", "+"]),
                ("roy-tom", vec![]),
            ],
        );
        let expected = concat!(
            "[resultats]\n",
            "dupont-lea  = [\"+\",  \"++\", \"NE\"]\n",
            "ly-an       = [\"abs\"]\n",
            "martin-hugo = [\"--\", \"-\",  \"+\"]\n",
            "roy-tom     = []\n",
        );
        assert_eq!(document.finish(), expected);
    }

    #[test]
    fn long_arrays_take_one_line_an_element() {
        let mut document = Document::new();
        document.strings("a", &["x".repeat(60), "y".repeat(60)]);
        let text = document.finish();
        assert_eq!(text.lines().count(), 4);
        assert!(text.parse::<toml::Table>().is_ok());
    }

    #[test]
    fn strings_and_keys_are_escaped() {
        let mut document = Document::new();
        document.string("C1.0", "dit \"oui\" \\ non");
        document.string("long", "un\ndeux");
        let table: toml::Table = document.finish().parse().unwrap_or_default();
        assert_eq!(table.get("C1.0").and_then(toml::Value::as_str), Some("dit \"oui\" \\ non"));
        assert_eq!(table.get("long").and_then(toml::Value::as_str), Some("un\ndeux"));
    }
}
