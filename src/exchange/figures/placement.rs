//! Days of PFMP by pupil and period: what the allowance of lycée professionnel pupils asks to type again.

use super::super::sheet::{Cell, Sheet};
use super::{after_who, who};
use crate::insight::placement;
use crate::school::School;
use crate::text::SchoolYear;

/// The days of each PFMP of a school year, one row a pupil and period, by class then name.
///
/// Days are those of the week from Monday to Friday, less absences that were not made up, or those that the
/// company attested; a day counts by halves. Apprentices have no allowance and are not listed.
pub fn placement_days(school: &School, year: SchoolYear) -> Sheet {
    let columns = [
        "Classe",
        "Période",
        "Premier jour",
        "Dernier jour",
        "Jours prévus",
        "Jours d’absence",
        "Jours effectués",
        "Période terminée",
        "Entreprise connue",
        "Attestation reçue",
        "À l’étranger",
    ];
    let mut sheet = Sheet::new("PFMP", after_who(columns.map(str::to_owned)));
    for (ix, class) in school.classes.iter().filter(|(_, class)| class.year == year) {
        for pupil in &class.pupils {
            for line in placement(school, *pupil).lines {
                let period = &school.periods[line.period];
                let there = school.class_of(&school.pupils[*pupil], period.record.debut);
                if period.year != year || there != Some(ix) {
                    continue;
                }
                let mut row = who(&school.pupils[*pupil]);
                row.extend([
                    class.record.nom.as_str().into(),
                    period.short_name().into(),
                    period.record.debut.into(),
                    period.record.fin.into(),
                    days(line.half_days_expected),
                    days(line.half_days_absent),
                    // What is not over is not known yet: nothing is not zero.
                    if line.over { days(line.half_days_done) } else { Cell::Empty },
                    line.over.into(),
                    line.company.into(),
                    line.proof.into(),
                    line.abroad.into(),
                ]);
                sheet.rows.push(row);
            }
        }
    }
    sheet
}

fn days(half_days: u32) -> Cell {
    Cell::Decimal(f64::from(half_days) / 2.0, 1)
}
