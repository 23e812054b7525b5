//! The school's figures as tables: a class, the marks of a session, days in companies, anonymous aggregates.

mod aggregates;
mod class;
mod placement;
mod session;

pub use aggregates::aggregates;
pub use class::class_sheets;
pub use placement::placement_days;
pub use session::session_marks;

use super::sheet::Cell;
use crate::school::Pupil;

/// The columns by which other programs know a pupil, and people too.
const WHO: [&str; 3] = ["INE", "Nom", "Prénom"];

fn who(pupil: &Pupil) -> Vec<Cell> {
    let record = &pupil.record;
    vec![
        Cell::maybe(record.ine.as_deref()),
        record.nom.as_str().into(),
        record.prenom.as_str().into(),
    ]
}

/// Columns after those that tell who a pupil is.
fn after_who(others: impl IntoIterator<Item = String>) -> Vec<String> {
    WHO.iter().map(|name| (*name).to_owned()).chain(others).collect()
}
