//! Tables as the tabs of one XLSX workbook, readable as it opens: heads that stay, filters, widths, paper size.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{Cell, Sheet};
use crate::text::Date;

/// A4, by its number in the format.
const A4: u8 = 9;
/// The widest column, in characters, of a table of few columns and of one of many: longer texts are wrapped.
const WIDEST: [usize; 2] = [60, 18];
/// How many columns are many.
const MANY: usize = 16;
/// Height of a line of text, in points.
const LINE: f64 = 15.0;

/// A workbook that cannot be made: more rows or columns than a spreadsheet has.
#[derive(Debug, thiserror::Error)]
#[error("le classeur ne peut pas être composé")]
pub struct SheetError(#[from] XlsxError);

/// The workbook of some tables. Its title is the only thing it says of itself: no clock, no author.
///
/// # Errors
/// When a table does not fit in a spreadsheet.
pub fn workbook(title: &str, sheets: &[Sheet]) -> Result<Vec<u8>, SheetError> {
    let mut workbook = Workbook::new();
    let day_one = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let facts = DocProperties::new().set_title(title).set_creation_datetime(&day_one);
    workbook.set_properties(&facts);
    for sheet in sheets {
        fill(workbook.add_worksheet(), sheet)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn fill(tab: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border_bottom(FormatBorder::Thin);
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    tab.set_name(&sheet.name)?.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    tab.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    let widest = WIDEST[usize::from(sheet.columns.len() >= MANY)];
    let widths: Vec<usize> = (0..)
        .zip(&sheet.columns)
        .map(|(column, title)| {
            let cells = sheet.rows.iter().filter_map(|row| row.get(column)).map(width);
            cells.chain([title.chars().count().min(14)]).max().unwrap_or(0).clamp(3, widest)
        })
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "a few tens of characters")]
    for (column, (title, width)) in (0..).zip(sheet.columns.iter().zip(&widths)) {
        tab.write_string_with_format(0, column, title, &head)?;
        tab.set_column_width(column, (width + 2) as f64)?;
    }
    let titles: Vec<Cell> = sheet.columns.iter().map(|title| title.as_str().into()).collect();
    set_height(tab, 0, &titles, &widths)?;
    for (row, cells) in (1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(cells) {
            write(tab, (row, column), cell, &body)?;
        }
        set_height(tab, row, cells, &widths)?;
    }
    if let (Ok(last_row), Some(last_column)) = (
        u32::try_from(sheet.rows.len()),
        sheet.columns.len().checked_sub(1).and_then(|last| u16::try_from(last).ok()),
    ) {
        tab.autofilter(0, 0, last_row, last_column)?;
    }
    Ok(())
}

fn write(
    tab: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    body: &Format,
) -> Result<(), XlsxError> {
    match cell {
        // A string is a string for a spreadsheet, whatever it begins with.
        Cell::Text(text) => tab.write_string_with_format(row, column, text, body)?,
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet has no other numbers")]
        Cell::Whole(number) => tab.write_number_with_format(row, column, *number as f64, body)?,
        Cell::Decimal(number, decimals) => {
            let zeros = "0".repeat(usize::from(*decimals));
            let format = body.clone().set_num_format(format!("0.{zeros}"));
            tab.write_number_with_format(row, column, *number, &format)?
        }
        Cell::Day(day) => {
            let format = body.clone().set_num_format("dd/mm/yyyy");
            match excel_day(*day) {
                Some(day) => tab.write_datetime_with_format(row, column, &day, &format)?,
                // Before 1900, where no spreadsheet goes.
                None => tab.write_string_with_format(row, column, day.to_string(), body)?,
            }
        }
        Cell::Empty => tab,
    };
    Ok(())
}

fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let (month, of_month) = (u8::try_from(day.0.month()).ok()?, u8::try_from(day.0.day()).ok()?);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, month, of_month).ok()
}

/// Makes a row as high as its wrapped texts: not every spreadsheet does it on opening.
fn set_height(
    tab: &mut Worksheet,
    row: u32,
    cells: &[Cell],
    widths: &[usize],
) -> Result<(), XlsxError> {
    let lines = cells.iter().zip(widths).map(|(cell, width)| match cell {
        Cell::Text(text) => {
            text.lines().map(|line| line.chars().count().div_ceil(*width).max(1)).sum()
        }
        _ => 1,
    });
    let lines: usize = lines.max().unwrap_or(1);
    if lines > 1 {
        #[expect(clippy::cast_precision_loss, reason = "a few tens of lines")]
        tab.set_row_height(row, LINE * lines.min(25) as f64)?;
    }
    Ok(())
}

/// How many characters wide a value is shown.
fn width(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.lines().map(|line| line.chars().count()).max().unwrap_or(0),
        Cell::Whole(number) => number.to_string().len(),
        Cell::Decimal(number, decimals) => format!("{number:.*}", usize::from(*decimals)).len(),
        Cell::Day(_) => "06/11/2026".len(),
        Cell::Empty => 0,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, DataType as _, Reader as _, Xlsx};

    use super::*;

    fn sheet() -> Sheet {
        let day = Date::new(2026, 11, 6).unwrap();
        let row =
            vec!["=1+1".into(), Cell::Whole(3), Cell::Decimal(12.5, 2), day.into(), Cell::Empty];
        Sheet {
            rows: vec![row],
            ..Sheet::new("Essai", ["Texte", "Entier", "Décimal", "Jour", "Rien"])
        }
    }

    #[test]
    fn a_reader_finds_the_values_and_the_same_table_gives_the_same_bytes() {
        let bytes = workbook("Essai", &[sheet()]).unwrap();
        assert_eq!(bytes, workbook("Essai", &[sheet()]).unwrap());
        let mut read: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let range = read.worksheet_range("Essai").unwrap();
        let rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
        assert_eq!(rows[0][2], Data::String("Décimal".into()));
        assert_eq!(
            rows[1][..3],
            [Data::String("=1+1".into()), Data::Float(3.0), Data::Float(12.5)]
        );
        assert!(rows[1][3].is_datetime());
        assert!(rows[1][4].is_empty());
    }
}
