//! What is awaited around times in companies: referents, companies, visits, company reviews.

use std::collections::BTreeMap;

use crate::insight::portfolio::{PortfolioState, ReviewStage, follow_up_state};
use crate::school::{Class, Ix, Period, Person, Pupil, School};
use crate::text::Date;

use super::debt::{Debt, Owed};

/// How many days before a period its referents and companies are told.
const BEFORE_START: i32 = 30;

/// How many days after a period its company review is awaited, and how many before its end it is
/// told.
const AFTER_END: i32 = 14;
const BEFORE_END: i32 = 7;

/// What is owed for the periods of the current year: by the referent of each learner.
pub(super) fn debts(school: &School, today: Date) -> Vec<Debt> {
    let year = school.current_year();
    let periods = school.periods.iter().filter(|(_, period)| period.year == year);
    periods.flat_map(|(ix, period)| of_period(school, ix, period, today)).collect()
}

fn of_period(school: &School, ix: Ix<Period>, period: &Period, today: Date) -> Vec<Debt> {
    type Key = (Owed, Option<Ix<Person>>, Option<Ix<Class>>, Date);
    let mut found: BTreeMap<Key, Vec<Ix<Pupil>>> = BTreeMap::new();
    for pupil in &period.learners {
        let record = &school.pupils[*pupil].record;
        if record.inactif_depuis.is_some_and(|day| day <= period.record.fin) {
            continue;
        }
        let referent = period.referent(*pupil);
        let class = school.class_of(&school.pupils[*pupil], period.record.debut);
        let state = follow_up_state(school, ix, *pupil);
        for (owed, due) in owed(ix, period, &state, referent, today) {
            found.entry((owed, referent, class, due)).or_default().push(*pupil);
        }
    }
    let debt = |((owed, owner, class, due), pupils)| Debt { owed, owner, class, pupils, due };
    found.into_iter().map(debt).collect()
}

/// What is owed for one learner, and for which day.
fn owed(
    ix: Ix<Period>,
    period: &Period,
    state: &PortfolioState,
    referent: Option<Ix<Person>>,
    today: Date,
) -> Vec<(Owed, Date)> {
    let (start, end) = (period.record.debut, period.record.fin);
    let near = start <= today.plus(BEFORE_START);
    let half = start.plus(start.days_until(end) / 2);
    let mut owed = Vec::new();
    if near && referent.is_none() {
        owed.push((Owed::Referent(ix), start));
    }
    if near && !state.has_company {
        // Without a company there is nobody to see and nothing to assess.
        owed.push((Owed::Company(ix), start));
        return owed;
    }
    if half <= today && !state.is_seen() {
        owed.push((Owed::Visit(ix), end));
    }
    if end <= today.plus(BEFORE_END) && state.review != ReviewStage::Valid {
        owed.push((Owed::CompanyReview(ix), end.plus(AFTER_END)));
    }
    owed
}
