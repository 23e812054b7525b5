//! The calendars of a school, and the spans of dates in them.

use std::sync::Arc;

use crate::diagnostic::{KeyPath, key_path};
use crate::record::Calendar;
use crate::school::{School, Year};
use crate::text::{Date, quoted};

/// The years that have a calendar, with its file and what it says.
pub(in crate::rule) fn calendars(
    school: &School,
) -> impl Iterator<Item = (&Year, &Arc<str>, &Calendar)> {
    school.years.iter().filter_map(|year| {
        let calendar = year.calendar.as_ref()?;
        Some((year, &calendar.file, &calendar.record))
    })
}

/// A stretch of time in a calendar.
pub(in crate::rule) struct Stretch {
    /// Where it is written.
    pub path: KeyPath,
    /// What it is, in French: "la PFMP 3".
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// All stretches of a calendar.
pub(in crate::rule) fn stretches(calendar: &Calendar) -> Vec<Stretch> {
    let official = calendar.periodes.iter().enumerate().map(|(n, period)| Stretch {
        path: key_path!["periodes", n],
        name: format!("la période {}", quoted(&period.code)),
        from: period.debut,
        to: period.fin,
    });
    let pfmp = calendar.pfmp.iter().enumerate().map(|(n, pfmp)| Stretch {
        path: key_path!["pfmp", n],
        name: format!("la PFMP {}", pfmp.numero.0),
        from: pfmp.debut,
        to: pfmp.fin,
    });
    let pronote = calendar.pronote.iter().enumerate().map(|(n, period)| Stretch {
        path: key_path!["pronote", n],
        name: format!("la période {} de PRONOTE", quoted(&period.code)),
        from: period.debut,
        to: period.fin,
    });
    official.chain(pfmp).chain(pronote).collect()
}
