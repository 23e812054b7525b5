//! Whether a day falls in the schooling of a pupil, from the inscription on.

use crate::school::Pupil;
use crate::text::{Date, elide_de, long_date};

/// Inscriptions begin about so many days before the first day of a school year.
const BEFORE: i32 = 92;

/// How a day is out of the schooling of a pupil: "après le départ de Léa Dupont, le 15 janvier 2027".
pub(in crate::rule) fn out_of_schooling(pupil: &Pupil, day: Date) -> Option<String> {
    let first = pupil.stays.first()?.from;
    let name = elide_de(&pupil.full_name());
    if day.days_until(first) > BEFORE {
        return Some(format!("bien avant l’arrivée {name}, le {}", long_date(first)));
    }
    let gone = pupil.record.inactif_depuis.filter(|gone| *gone < day)?;
    Some(format!("après le départ {name}, le {}", long_date(gone)))
}
