//! What the DDFPT must do today, and who is late (CON): steps, debts and deadlines of a day.
//!
//! Everything follows from the records and one day, given once at the start of a run.

mod agenda;
mod companies;
mod debt;
mod exams;
mod lessons;
mod steps;

use crate::school::{Class, Ix, Pupil, School};
use crate::text::Date;

pub use agenda::{Milestone, MilestoneKind, agenda};
pub use debt::{Debt, Owed, OwedKind, debts};
pub use steps::{Step, StepKind, StepState, steps};

/// How many days ahead a deadline is worth a word.
pub const HORIZON: i32 = 60;

/// The pupils of a class on a day: those whose stay covers it and who have not left.
pub fn present_on(school: &School, class_ix: Ix<Class>, day: Date) -> Vec<Ix<Pupil>> {
    let is_there = |ix: &Ix<Pupil>| {
        let pupil = &school.pupils[*ix];
        let stays = pupil.stays.iter();
        let covers = |stay: &crate::school::Stay| {
            stay.class == class_ix && stay.from <= day && day <= stay.to
        };
        stays.clone().any(covers) && pupil.record.inactif_depuis.is_none_or(|left| left > day)
    };
    school.classes[class_ix].pupils.iter().copied().filter(is_there).collect()
}

/// The day on which the classes of the current year are looked at: `today`, or the nearest day of
/// the school year.
pub fn day_of_year(school: &School, today: Date) -> Date {
    let year = school.current_year();
    today.clamp(year.first_day(), year.last_day())
}
