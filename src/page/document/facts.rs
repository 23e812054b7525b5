//! What the file of a document says of itself, in its properties.

use jiff::Timestamp;

/// What the file of a document says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentFacts {
    /// "Bilan du 11 décembre 2026 – DUPONT Léa".
    pub title: String,
    /// The establishment.
    pub author: String,
    /// Diploma, version of the référentiel, edition.
    pub subject: String,
    /// When the newest record it shows was last changed; none when that is not known.
    pub modified: Option<Timestamp>,
}
