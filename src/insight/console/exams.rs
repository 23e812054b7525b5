//! Grids and livrets that are awaited before their deadlines.

use std::collections::BTreeMap;

use crate::insight::certification::{certification_sessions, recap_of};
use crate::insight::livret::{livret_candidates, livret_state};
use crate::school::{Class, Ix, Person, Pupil, School};
use crate::text::{Collation, Date};

use super::debt::{Debt, Owed};
use super::lessons::in_charge;

/// How many days before its deadline what is incomplete is told.
const BEFORE: i32 = 45;

/// What is owed for the exams of the current year.
pub(super) fn debts(school: &School, today: Date) -> Vec<Debt> {
    let mut debts = grids(school, today);
    debts.extend(livrets(school, today));
    debts
}

/// Grids that are not closed by the commission: by their author, or by the form teacher as long as
/// nobody opened them.
fn grids(school: &School, today: Date) -> Vec<Debt> {
    let session = school.current_year().0 + 1;
    let mut debts = Vec::new();
    for ((diploma, of_session), candidates) in certification_sessions(school, &Collation::new()) {
        if of_session != session {
            continue;
        }
        let recap = recap_of(school, diploma, session, &candidates);
        for exam in &recap.exams {
            let Some(limit) = school.certification_deadline(diploma, session, &exam.code) else {
                continue;
            };
            let due = limit.date_limite;
            if today.plus(BEFORE) < due {
                continue;
            }
            type Key = (Option<Ix<Person>>, Ix<Class>);
            let mut open: BTreeMap<Key, Vec<Ix<Pupil>>> = BTreeMap::new();
            for line in &recap.lines {
                for cell in exam.grids.iter().filter_map(|grid| line.cells.get(*grid)) {
                    if cell.state.locked {
                        continue;
                    }
                    let author = cell.filled.and_then(|ix| school.grids[ix].author);
                    let owner = author.or_else(|| in_charge(&school.classes[line.class]));
                    open.entry((owner, line.class)).or_default().push(line.pupil);
                }
            }
            debts.extend(open.into_iter().map(|((owner, class), pupils)| Debt {
                owed: Owed::Grid(diploma, exam.code.clone()),
                owner,
                class: Some(class),
                pupils,
                due,
            }));
        }
    }
    debts
}

/// Livrets that cannot be sent yet, before the national service closes: by the form teacher.
fn livrets(school: &School, today: Date) -> Vec<Debt> {
    let year = school.current_year();
    let calendar = school.year(year).and_then(|year| year.calendar.as_ref());
    let Some(window) = calendar.and_then(|calendar| calendar.record.service_lsl.as_ref()) else {
        return Vec::new();
    };
    let due = window.fermeture;
    if today.plus(BEFORE) < due {
        return Vec::new();
    }
    let classes = school.classes.iter().filter(|(_, class)| class.year == year);
    classes
        .filter_map(|(ix, class)| {
            let incomplete = |pupil: &Ix<Pupil>| {
                livret_state(school, *pupil, year).is_some_and(|state| !state.is_complete())
            };
            let pupils: Vec<_> =
                livret_candidates(school, ix).into_iter().filter(incomplete).collect();
            (!pupils.is_empty()).then(|| Debt {
                owed: Owed::Livret,
                owner: in_charge(class),
                class: Some(ix),
                pupils,
                due,
            })
        })
        .collect()
}
