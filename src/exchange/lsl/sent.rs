//! Noting a sending in the livrets that left: who, when, and what, so that the next one shows what has changed.

use std::sync::Arc;

use super::prepare::Prepared;
use crate::diagnostic::key_path;
use crate::exchange::{Plan, Tally, Weight};
use crate::insight::{fingerprint, sent_values};
use crate::record::{Edit, NewValue};
use crate::school::School;
use crate::source::Texts;
use crate::text::{Date, short_date};

/// Plans the note of a sending by a person in each complete livret: the act of the head or of the DDFPT (LSL-03), a
/// line each time (LSL-04).
pub fn note_sending(
    school: &School,
    texts: &Texts,
    prepared: &Prepared<'_>,
    (person, day): (&str, Date),
) -> Plan {
    let mut plan = Plan::default();
    let mut changed = 0;
    for one in prepared.pupils.iter().filter(|one| one.complete) {
        let sheet = &one.sheet;
        let Some(livret) = school.livret_of(sheet.pupil, sheet.year) else { continue };
        let file: &Arc<str> = &school.livrets[livret].file;
        let Some(mut edit) = texts.get(file).and_then(|text| Edit::of(file, text).ok()) else {
            plan.say(
                Weight::Fatal,
                format!("le livret {file} ne peut pas être modifié"),
                Some("lancez « jalon check »"),
            );
            continue;
        };
        let values = sent_values(school, sheet);
        let entry = vec![
            ("le", NewValue::Date(day)),
            ("par", person.into()),
            ("empreinte", fingerprint(&values).into()),
        ];
        edit.push(&key_path!["envois"], entry);
        let values = values.into_iter().map(|(name, value)| (name, NewValue::Text(value)));
        edit.set(&key_path!["transmis"], NewValue::Table(values.collect()));
        plan.changes.put(file.to_string(), edit.finish());
        changed += 1;
    }
    plan.tallies.push(Tally {
        noun: ("livret", "livrets"),
        feminine: false,
        created: 0,
        changed,
        deactivated: 0,
    });
    out_of_window(school, prepared, day, &mut plan);
    plan
}

/// Tells of a sending outside the opening of the service (LCK-05).
fn out_of_window(school: &School, prepared: &Prepared<'_>, day: Date, plan: &mut Plan) {
    let Some(first) = prepared.pupils.first() else { return };
    let calendar = school.year(first.sheet.year).and_then(|year| year.calendar.as_ref());
    let Some(window) = calendar.and_then(|one| one.record.service_lsl.as_ref()) else { return };
    if day < window.ouverture || window.fermeture < day {
        plan.say(
            Weight::Note,
            format!(
                "hors période : le service national est ouvert du {} au {}",
                short_date(window.ouverture),
                short_date(window.fermeture)
            ),
            None,
        );
    }
}
