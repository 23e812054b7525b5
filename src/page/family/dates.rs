//! The dates of the year that concern a pupil.

use serde::Serialize;

use super::Span;
use crate::insight::official_periods;
use crate::school::{Class, Ix, Pupil, School};

/// A date, or some days, of the year.
#[derive(Debug, Serialize)]
pub struct FamilyDate {
    /// Its days.
    pub days: Span,
    /// What it is.
    pub kind: DateKind,
    /// "PFMP 3 – Conduire une vente simple", "1er semestre", "E31".
    pub title: String,
}

/// What a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DateKind {
    /// A time in a company.
    Company,
    /// The end of a trimester or semester.
    Period,
    /// The last day of a certification made at school.
    Exam,
    /// The end of the school year.
    Year,
}

/// The dates of a pupil of a class, in order.
pub(super) fn dates(school: &School, class_ix: Ix<Class>, pupil: Ix<Pupil>) -> Vec<FamilyDate> {
    let class = &school.classes[class_ix];
    let mut all = Vec::new();
    let mut put = |from, to, kind, title: String| {
        all.push(((from, to, kind), FamilyDate { days: Span::new(from, to), kind, title }));
    };
    for period in &school.pupils[pupil].periods {
        let period = &school.periods[*period];
        if period.year == class.year {
            let record = &period.record;
            put(record.debut, record.fin, DateKind::Company, record.titre.clone());
        }
    }
    for period in official_periods(school, class) {
        put(period.fin, period.fin, DateKind::Period, period.intitule.clone());
    }
    let calendar = school.year(class.year).and_then(|year| year.calendar.as_ref());
    if let Some(calendar) = calendar {
        // Who takes the exam this year.
        let own = calendar.record.certification.iter().filter(|deadline| {
            deadline.diplome.0 == school.referentials[class.diploma].code && class.is_final_year()
        });
        for deadline in own {
            let (day, exam) = (deadline.date_limite, deadline.epreuve.clone());
            put(day, day, DateKind::Exam, exam.unwrap_or_default());
        }
        let end = calendar.record.fin;
        put(end, end, DateKind::Year, String::new());
    }
    all.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.title.cmp(&b.1.title)));
    all.into_iter().map(|(_, date)| date).collect()
}
