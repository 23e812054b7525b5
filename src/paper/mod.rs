//! Documents on paper: one browser kept busy, and what it prints finished into files that last.
//!
//! This room knows neither schools nor pages: it takes a [`Sheet`], which is HTML and a few facts, and
//! gives back the bytes of a PDF that conforms to PDF/A-2a and PDF/UA-1. The same sheet printed by the
//! same browser gives the same bytes, whatever was printed before it or beside it.

mod finish;
pub mod fonts;
mod picture;
mod press;

use jiff::Timestamp;

pub use finish::{FinishError, finish};
pub use picture::picture;
pub use press::{Finisher, NoBrowser, Press, PrintError, Settings};

/// A document ready to be printed.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// A whole HTML page: its styles inside it, its pictures as `data:` addresses, no script. The
    /// fonts of the house are found under `fonts/`, relative to the page.
    pub html: String,
    /// What the file says of itself.
    pub facts: Facts,
}

/// What a finished file says of itself, in its properties.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Facts {
    /// Its title, in French: "Bilan du 11 décembre 2026, DUPONT Léa".
    pub title: String,
    /// Who answers for it: the establishment.
    pub author: String,
    /// What it is about: diploma and version of its référentiel, edition.
    pub subject: String,
    /// When the newest record that it shows was last changed; none when history does not tell.
    pub modified: Option<Timestamp>,
}
