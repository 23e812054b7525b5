//! A table as the CSV that French spreadsheets open by a double click: UTF-8 with a mark, semicolons, CRLF.

use super::{Cell, Sheet};

/// The mark by which Excel knows UTF-8.
const MARK: &str = "\u{feff}";

/// The file of a table. Numbers have a point, days are written 2026-11-06.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe in front, as a hand would type it: names
/// and remarks are typed by people, and a file from a school must not run anything.
pub fn csv(sheet: &Sheet) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(MARK.as_bytes().to_vec());
    let rows = sheet.rows.iter().map(|row| row.iter().map(text).collect::<Vec<_>>());
    let head = sheet.columns.iter().map(|column| guarded(column)).collect();
    for row in std::iter::once(head).chain(rows) {
        // Writing to memory fails only for rows of different lengths, which the xlsx face allows too.
        let _ = writer.write_record(&row);
    }
    writer.into_inner().unwrap_or_default()
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => guarded(text),
        Cell::Whole(number) => number.to_string(),
        Cell::Decimal(number, decimals) => format!("{number:.*}", usize::from(*decimals)),
        Cell::Day(day) => day.to_string(),
        Cell::Empty => String::new(),
    }
}

/// A text that no spreadsheet takes for a formula.
fn guarded(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if risky { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(cell: Cell) -> String {
        let sheet = Sheet { rows: vec![vec![cell]], ..Sheet::new("essai", ["Colonne"]) };
        let text = String::from_utf8(csv(&sheet)).unwrap();
        text.strip_prefix("\u{feff}Colonne\r\n").unwrap().trim_end_matches("\r\n").to_owned()
    }

    #[test]
    fn values_are_written_for_programs() {
        assert_eq!(one(Cell::Decimal(12.5, 2)), "12.50");
        assert_eq!(one(Cell::Whole(-3)), "-3");
        assert_eq!(one(Date::new(2026, 11, 6).unwrap().into()), "2026-11-06");
        assert_eq!(one(Cell::from("L’élève ; \"oui\"")), "\"L’élève ; \"\"oui\"\"\"");
        assert_eq!(one(Cell::from("deux\nlignes")), "\"deux\nlignes\"");
    }

    #[test]
    fn no_text_is_a_formula() {
        for text in ["=1+1", "+33 6", "--", "@nom", "\tx"] {
            assert!(one(text.into()).trim_start_matches('"').starts_with('\''), "{text}");
        }
        assert_eq!(one("1=1".into()), "1=1");
    }

    use crate::text::Date;
}
