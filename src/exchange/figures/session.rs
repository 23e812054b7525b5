//! The marks of an exam session of a diploma, in the order of the bordereau (CCF-14).

use super::super::sheet::{Cell, Sheet};
use super::{after_who, who};
use crate::insight::{Candidates, recap_of};
use crate::school::{Ix, Referential, School};

/// The table of marks: one row a candidate, one column a national grid, then one an exam made of several.
pub fn session_marks(
    school: &School,
    (diploma, session): (Ix<Referential>, i16),
    candidates: &Candidates,
) -> Sheet {
    let table = recap_of(school, diploma, session, candidates);
    let grids = &school.referentials[diploma].record.grilles;
    let several: Vec<usize> =
        (0..table.exams.len()).filter(|exam| table.exams[*exam].grids.len() > 1).collect();
    let columns = grids.iter().map(|grid| format!("Grille {}", grid.code));
    let exams = several.iter().map(|exam| format!("Épreuve {}", table.exams[*exam].code));
    let columns = ["Classe", "Numéro de candidat"].map(str::to_owned).into_iter().chain(columns);
    let mut sheet = Sheet::new("Notes", after_who(columns.chain(exams)));
    for line in &table.lines {
        let pupil = &school.pupils[line.pupil];
        let mut row = who(pupil);
        row.push(school.classes[line.class].record.nom.as_str().into());
        row.push(Cell::maybe(pupil.record.numero_candidat.as_deref()));
        row.extend(line.cells.iter().map(|cell| match cell.last_mark() {
            Some(mark) => Cell::Decimal(mark, 2),
            None if cell.absent => "absent".into(),
            None => Cell::Empty,
        }));
        row.extend(several.iter().map(|exam| Cell::decimal(line.exams[*exam].1, 2)));
        sheet.rows.push(row);
    }
    sheet
}
