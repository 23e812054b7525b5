//! Words for periods in companies.

use crate::school::{Ix, Period, Pupil, School};
use crate::text::{Date, and_list, count, day_month, long_date, quoted};

/// "« PFMP 3 » (première MCV A)".
pub(in crate::rule) fn name(school: &School, period: &Period) -> String {
    let level = period.record.niveau.label().to_lowercase();
    let sigle = &school.referentials[period.diploma].record.sigle;
    format!("{} ({level} {sigle})", quoted(&period.record.titre))
}

/// "du 4 au 30 janvier 2027".
pub(in crate::rule) fn dates(period: &Period) -> String {
    span(period.record.debut, period.record.fin)
}

/// "du 4 au 30 janvier 2027", "du 25 janvier au 5 février 2027".
pub(in crate::rule) fn span(from: Date, to: Date) -> String {
    let same = (from.0.year(), from.0.month()) == (to.0.year(), to.0.month());
    let first = day_month(from);
    let first = if same { first.split(' ').next().unwrap_or(&first) } else { &first };
    format!("du {first} au {}", long_date(to))
}

/// "Léa Dupont et Hugo Martin"; "Léa Dupont, Hugo Martin et 12 autres apprenants".
pub(in crate::rule) fn names(school: &School, learners: &[Ix<Pupil>]) -> String {
    const SHOWN: usize = 3;
    let mut names: Vec<String> = learners.iter().map(|ix| school.pupils[*ix].full_name()).collect();
    if names.len() > SHOWN + 1 {
        let others = names.len() - SHOWN;
        names.truncate(SHOWN);
        names.push(count(others, "autre apprenant", "autres apprenants"));
    }
    and_list(&names)
}

/// Whether the dates of a period are in order: other rules rely on them.
pub(in crate::rule) fn is_sound(period: &Period) -> bool {
    period.record.debut <= period.record.fin
}
