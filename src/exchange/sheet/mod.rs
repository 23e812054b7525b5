//! Tables of values for spreadsheets: one table, a CSV and a XLSX face, equal values in both.

mod csv;
mod xlsx;

pub use csv::csv;
pub use xlsx::{SheetError, workbook};

use crate::text::Date;

/// A table of values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Name, for the file and the tab: at most 31 characters, none of `[]:*?/\`.
    pub name: String,
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// Rows of as many cells.
    pub rows: Vec<Vec<Cell>>,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text, as it is.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number with so many decimals.
    Decimal(f64, u8),
    /// A day.
    Day(Date),
    /// Nothing is known.
    Empty,
}

impl Sheet {
    /// A table without rows.
    pub fn new<C: Into<String>>(
        name: impl Into<String>,
        columns: impl IntoIterator<Item = C>,
    ) -> Self {
        let columns = columns.into_iter().map(Into::into).collect();
        Self { name: name.into(), columns, rows: Vec::new() }
    }
}

impl Cell {
    /// A text, or nothing.
    pub fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::from)
    }

    /// A number, or nothing.
    pub fn decimal(number: Option<f64>, decimals: u8) -> Self {
        number.map_or(Self::Empty, |number| Self::Decimal(number, decimals))
    }

    /// Whole hundredths as a number with two decimals.
    pub fn hundredths(hundredths: u32) -> Self {
        Self::Decimal(f64::from(hundredths) / 100.0, 2)
    }

    /// A count.
    pub fn count(number: usize) -> Self {
        Self::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl From<bool> for Cell {
    fn from(truth: bool) -> Self {
        Self::from(if truth { "oui" } else { "non" })
    }
}
