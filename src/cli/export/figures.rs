//! `jalon export figures`: the school's figures for spreadsheets.

use std::collections::BTreeMap;

use super::super::{Exit, console, options};
use super::{CommonArgs, Exported};
use crate::exchange::figures::{aggregates, class_sheets, placement_days, session_marks};
use crate::exchange::sheet::{Sheet, csv, workbook};
use crate::insight::certification_sessions;
use crate::text::{Collation, SchoolYear, count, quoted, slug};

/// The options of `jalon export figures`.
#[derive(Debug, clap::Args)]
pub struct FiguresArgs {
    /// The school and where to write.
    #[command(flatten)]
    pub common: CommonArgs,
    /// Année scolaire, par exemple 2026-2027 [par défaut : l’année en cours de l’établissement]
    #[arg(long, value_name = "ANNÉE", value_parser = options::school_year)]
    pub year: Option<SchoolYear>,
    /// Les chiffres d’une classe seulement, par exemple 1mcva1 ; option à répéter
    #[arg(long = "class", value_name = "CLASSE")]
    pub classes: Vec<String>,
    /// Seulement les totaux qui ne nomment personne
    #[arg(long, conflicts_with = "classes")]
    pub anonymous: bool,
}

/// Runs `jalon export figures`.
///
/// # Errors
/// When the records cannot be reached, a class does not exist, or the files cannot be written.
pub fn run(args: &FiguresArgs) -> anyhow::Result<Exit> {
    let exported = args.common.open()?;
    let year = args.year.unwrap_or_else(|| exported.checked.school.current_year());
    let mut books = BTreeMap::new();
    if !args.anonymous {
        named(args, &exported, year, &mut books)?;
    }
    if args.classes.is_empty() {
        let school = &exported.checked.school;
        let sessions = certification_sessions(school, &Collation::new());
        let sheets = aggregates(school, year, &sessions);
        books.insert(format!("anonymes-{year}"), (format!("Totaux {year}"), sheets));
    }
    let mut files = 0;
    for (name, (title, sheets)) in &books {
        args.common.write(format!("figures/{name}.xlsx"), &workbook(title, sheets)?)?;
        files += 1 + sheets.len();
        for sheet in sheets {
            let tab = slug(&sheet.name);
            args.common.write(format!("figures/{name}-{tab}.csv"), &csv(sheet))?;
        }
    }
    let folder = args.common.out.join("figures");
    console::out(&format!(
        "{} dans {}\n",
        count(files, "fichier écrit", "fichiers écrits"),
        folder.display()
    ))?;
    Ok(exported.exit())
}

/// Workbooks by file name: title, tables.
type Books = BTreeMap<String, (String, Vec<Sheet>)>;

/// The tables that name pupils: classes, sessions of the year, PFMP.
fn named(
    args: &FiguresArgs,
    exported: &Exported,
    year: SchoolYear,
    books: &mut Books,
) -> anyhow::Result<()> {
    let school = &exported.checked.school;
    let of_year: Vec<_> = school.classes.iter().filter(|(_, class)| class.year == year).collect();
    if let Some(unknown) =
        args.classes.iter().find(|key| !of_year.iter().any(|(_, class)| class.key == **key))
    {
        anyhow::bail!("aucune classe {} en {year}", quoted(unknown));
    }
    let wanted = |key: &String| args.classes.is_empty() || args.classes.contains(key);
    for (ix, class) in of_year.iter().filter(|(_, class)| wanted(&class.key)) {
        let title = format!("{} {year}", class.record.nom);
        books.insert(format!("classe-{year}-{}", class.key), (title, class_sheets(school, *ix)));
    }
    if !args.classes.is_empty() {
        return Ok(());
    }
    for ((diploma, session), candidates) in certification_sessions(school, &Collation::new()) {
        if session != year.0 + 1 {
            continue;
        }
        let referential = &school.referentials[diploma];
        let sheet = session_marks(school, (diploma, session), &candidates);
        let title = format!("{} session {session}", referential.record.sigle);
        books.insert(format!("examen-{session}-{}", referential.code), (title, vec![sheet]));
    }
    books.insert(
        format!("pfmp-{year}"),
        (format!("PFMP {year}"), vec![placement_days(school, year)]),
    );
    Ok(())
}
