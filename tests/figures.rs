//! The figures for spreadsheets: equal in both formats, opened by LibreOffice, the same at each run, and, where
//! they name nobody, telling nobody.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]
#![allow(clippy::disallowed_methods, reason = "this test writes files for another program to open")]

mod common;

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader as _, Xlsx};
use jalon::exchange::figures::{aggregates, class_sheets, placement_days, session_marks};
use jalon::exchange::sheet::{Cell, Sheet, csv, workbook};
use jalon::insight::{certification_sessions, placement};
use jalon::record::Status;
use jalon::school::School;
use jalon::source::{Folder, Memory};
use jalon::text::{Collation, SchoolYear};

fn content() -> School {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    common::read(&Folder::open(&root).unwrap()).0
}

fn invented(pupils: usize) -> School {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/referentials");
    let referentials = std::fs::read_dir(root).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (code, std::fs::read_to_string(path).unwrap())
    });
    let options = jalon::demo::Options { students: pupils, years: 2, seed: 5 };
    common::read(&Memory::new(jalon::demo::generate(&options, &referentials.collect()))).0
}

/// All tables of the current year and of the one before.
fn all(school: &School) -> Vec<(String, Vec<Sheet>)> {
    let year = school.current_year();
    let mut books = Vec::new();
    for (ix, class) in school.classes.iter() {
        books.push((class.id(), class_sheets(school, ix)));
    }
    for (key, candidates) in certification_sessions(school, &Collation::new()) {
        books.push((format!("session {}", key.1), vec![session_marks(school, key, &candidates)]));
    }
    for year in [year, SchoolYear(year.0 - 1)] {
        books.push((format!("pfmp {year}"), vec![placement_days(school, year)]));
        let sessions = certification_sessions(school, &Collation::new());
        books.push((format!("totaux {year}"), aggregates(school, year, &sessions)));
    }
    books
}

/// A value as both formats must tell it.
fn told(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Whole(number) => number.to_string(),
        Cell::Decimal(number, decimals) => format!("{number:.*}", usize::from(*decimals)),
        Cell::Day(day) => day.to_string(),
        Cell::Empty => String::new(),
    }
}

#[test]
fn both_formats_hold_the_values_of_the_table() {
    let school = content();
    let mut rows = 0;
    for (name, sheets) in all(&school) {
        let bytes = workbook(&name, &sheets).unwrap();
        assert_eq!(bytes, workbook(&name, &sheets).unwrap(), "{name}: not the same bytes twice");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        for sheet in &sheets {
            let range = book.worksheet_range(&sheet.name).unwrap();
            let text = String::from_utf8(csv(sheet)).unwrap();
            let text = text.strip_prefix('\u{feff}').unwrap();
            let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
            assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), sheet.columns);
            let mut lines = reader.records();
            for (place, row) in (1..).zip(&sheet.rows) {
                let line = lines.next().unwrap().unwrap();
                for (column, cell) in (0..).zip(row) {
                    let value = range.get_value((place, column)).cloned().unwrap_or_default();
                    let wanted = told(cell);
                    let in_csv = line.get(column as usize).unwrap();
                    assert_eq!(in_csv.trim_start_matches('\''), wanted, "{name} {}", sheet.name);
                    let in_xlsx = match (&value, cell) {
                        (Data::Float(number), Cell::Decimal(_, decimals)) => {
                            format!("{number:.*}", usize::from(*decimals))
                        }
                        (Data::DateTime(day), _) => {
                            let (year, month, day, ..) = day.to_ymd_hms_milli();
                            format!("{year:04}-{month:02}-{day:02}")
                        }
                        _ => value.to_string(),
                    };
                    assert_eq!(in_xlsx, wanted, "{name} {} line {place}", sheet.name);
                    rows += 1;
                }
            }
            assert!(lines.next().is_none());
        }
    }
    assert!(rows > 10_000, "only {rows} values were compared");
}

#[test]
fn a_class_has_a_line_a_pupil_and_its_livrets_add_up() {
    let school = content();
    let mut with_marks = 0;
    for (ix, class) in school.classes.iter() {
        let sheets = class_sheets(&school, ix);
        assert_eq!(sheets[0].rows.len(), class.pupils.len());
        let Some(group) = sheets.iter().find(|sheet| sheet.name == "Groupe") else { continue };
        let shares: Vec<f64> = group.rows[0][2..5]
            .iter()
            .filter_map(|cell| if let Cell::Decimal(share, _) = cell { Some(*share) } else { None })
            .collect();
        if !shares.is_empty() {
            with_marks += 1;
            assert_eq!(format!("{:.2}", shares.iter().sum::<f64>()), "100.00");
        }
    }
    assert!(with_marks > 3);
}

#[test]
fn days_in_companies_are_those_of_the_insight_and_apprentices_are_not_listed() {
    let school = content();
    let year = SchoolYear(school.current_year().0 - 1);
    let sheet = placement_days(&school, year);
    let column = |name: &str| sheet.columns.iter().position(|column| column == name).unwrap();
    let (expected, done) = (column("Jours prévus"), column("Jours effectués"));
    let days = |row: &[Cell], column: usize| match row[column] {
        Cell::Decimal(days, 1) => days,
        _ => 0.0,
    };
    let total = |column: usize| sheet.rows.iter().map(|row| days(row, column)).sum::<f64>();
    let mut half_days = (0, 0);
    for (ix, _) in school.pupils.iter() {
        for line in placement(&school, ix).lines {
            let period = &school.periods[line.period];
            if period.year == year {
                assert_eq!(period.status(), Status::School);
                half_days.0 += line.half_days_expected;
                half_days.1 += if line.over { line.half_days_done } else { 0 };
            }
        }
    }
    assert!(half_days.1 > 0);
    assert_eq!(total(expected), f64::from(half_days.0) / 2.0);
    assert_eq!(total(done), f64::from(half_days.1) / 2.0);
}

/// NAT-33: nobody's name or number, no group under ten, no count under five, and one pupil more or less does not
/// show as such.
#[test]
fn anonymous_totals_tell_nobody() {
    let school = invented(420);
    let year = school.current_year();
    let mut people = BTreeSet::new();
    for pupil in school.pupils.values() {
        people.extend([pupil.id.clone(), pupil.full_name(), pupil.list_name()]);
        people.extend(pupil.record.ine.clone());
    }
    people.extend(school.people.values().iter().map(jalon::school::Person::full_name));
    let sessions = certification_sessions(&school, &Collation::new());
    let mut counts = 0;
    for year in [year, SchoolYear(year.0 - 1)] {
        for sheet in aggregates(&school, year, &sessions) {
            let text = String::from_utf8(csv(&sheet)).unwrap();
            for name in &people {
                assert!(!text.contains(name.as_str()), "{}: a name is told", sheet.name);
            }
            let totals = sheet.columns.iter().position(|name| {
                [
                    "Élèves positionnés",
                    "Élèves ayant une moyenne annuelle",
                    "Candidats notés",
                    "Élèves",
                ]
                .contains(&name.as_str())
            });
            let Some(totals) = totals else { continue };
            for row in &sheet.rows {
                for (column, cell) in row.iter().enumerate().skip(totals) {
                    match cell {
                        Cell::Whole(count) => {
                            counts += 1;
                            assert_eq!(count % 5, 0);
                            assert!(*count >= if column == totals { 10 } else { 5 });
                        }
                        Cell::Text(text) => assert_eq!(text, "moins de 5"),
                        other => panic!("{other:?}"),
                    }
                }
            }
        }
    }
    assert!(counts > 100, "only {counts} counts");
}

/// The consumer itself: LibreOffice reads the workbook and the CSV, and finds the same values.
#[test]
fn libreoffice_opens_both_formats() {
    let school = content();
    let (ix, _) = school.classes.iter().find(|(_, class)| class.key == "tmcva").unwrap();
    let sheets = class_sheets(&school, ix);
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let book = put("classe.xlsx", &workbook("Classe", &sheets).unwrap());
    let table = put("resultats.csv", &csv(&sheets[1]));
    let out = folder.path().join("out");
    // The first sheet of a workbook as CSV; a CSV with semicolons in UTF-8 as a workbook.
    convert(
        folder.path(),
        &["--convert-to", "csv:Text - txt - csv (StarCalc):59,34,76,1"],
        &book,
        &out,
    );
    convert(folder.path(), &["--infilter=CSV:59,34,76,1", "--convert-to", "xlsx"], &table, &out);
    let mut positions =
        csv::ReaderBuilder::new().delimiter(b';').from_path(out.join("classe.csv")).unwrap();
    assert_eq!(positions.headers().unwrap().iter().collect::<Vec<_>>(), sheets[0].columns);
    for (line, row) in positions.records().map(Result::unwrap).zip(&sheets[0].rows) {
        assert_eq!(line.iter().collect::<Vec<_>>(), row.iter().map(told).collect::<Vec<_>>());
    }
    let mut read: Xlsx<_> = calamine::open_workbook(out.join("resultats.xlsx")).unwrap();
    let range = read.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(range.height(), sheets[1].rows.len() + 1);
    let titles: Vec<String> = range.rows().skip(1).map(|row| row[1].to_string()).collect();
    let wanted: Vec<String> = sheets[1].rows.iter().map(|row| told(&row[1])).collect();
    assert_eq!(titles, wanted);
}

fn convert(home: &Path, options: &[&str], file: &Path, out: &Path) -> PathBuf {
    let profile = format!("-env:UserInstallation=file://{}/profil", home.display());
    let done = Command::new("soffice")
        .arg(profile)
        .arg("--headless")
        .args(options)
        .arg("--outdir")
        .args([out, file])
        .output()
        .expect("LibreOffice is installed by tests/run");
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success() && said.contains("convert"), "{said}");
    out.to_path_buf()
}
