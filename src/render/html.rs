//! HTML written by hand, for what pages hold by the hundred: text is escaped, tags are literals.

use std::fmt::{Display, Write};

/// HTML being written. Only literals go in raw.
#[derive(Debug, Default)]
pub(crate) struct Html(String);

impl Html {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Adds markup.
    pub(crate) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text, escaped for elements and for attributes in double quotes.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        // Writing to a string cannot fail.
        let _ = escape(&mut self.0, text);
        self
    }

    /// Adds a text of paragraphs, as harmless HTML.
    pub(crate) fn markdown(&mut self, text: &str) -> &mut Self {
        self.0.push_str(&super::markdown::markdown(text));
        self
    }

    /// Adds a number.
    pub(crate) fn number(&mut self, number: impl Display + Copy) -> &mut Self {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{number}");
        self
    }

    /// The HTML, as a value that templates do not escape again.
    pub(crate) fn into_value(self) -> minijinja::Value {
        minijinja::Value::from_safe_string(self.0)
    }

    #[cfg(test)]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Writes text, escaped for elements and for attributes in double quotes; a slash stays a slash,
/// since pages hold links by the hundred.
pub(crate) fn escape(out: &mut (impl Write + ?Sized), text: &str) -> std::fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        let mut html = Html::default();
        html.raw("<b title=\"").text("\"<a&'b>\"").raw("\">");
        assert_eq!(html.as_str(), "<b title=\"&quot;&lt;a&amp;&#39;b&gt;&quot;\">");
    }
}
