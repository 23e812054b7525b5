//! Reviews and results that are awaited.

use crate::insight::review_progress;
use crate::school::{Class, Ix, Person, Review, Row, RowState, School};
use crate::text::Date;

use super::debt::{Debt, Owed};

/// How many days before the end of an official period its missing reviews are told.
const BEFORE_PERIOD_END: i32 = 21;

/// How many days after a lesson its results are awaited, and after its date a draft is to be
/// validated.
const AFTER_LESSON: i32 = 14;

/// How many days an unlocked review may stay open.
const AFTER_UNLOCK: i32 = 7;

/// What teachers owe for lessons and reviews.
pub(super) fn debts(school: &School, today: Date) -> Vec<Debt> {
    let mut debts = missing_reviews(school, today);
    debts.extend(open_reviews(school, today));
    debts.extend(missing_results(school, today));
    debts
}

/// Who answers for a class as a whole: its form teacher, as he or she coordinates the team.
pub(super) fn in_charge(class: &Class) -> Option<Ix<Person>> {
    class.form_teacher.or_else(|| class.team.first().copied())
}

fn missing_reviews(school: &School, today: Date) -> Vec<Debt> {
    let mut debts = Vec::new();
    let classes = school.classes.iter().filter(|(_, class)| class.year == school.current_year());
    for (ix, class) in classes {
        for progress in review_progress(school, ix) {
            let due = progress.period.fin;
            if progress.missing.is_empty() || today.plus(BEFORE_PERIOD_END) < due {
                continue;
            }
            debts.push(Debt {
                owed: Owed::Review(progress.period.intitule.clone()),
                owner: in_charge(class),
                class: Some(ix),
                pupils: progress.missing,
                due,
            });
        }
    }
    debts
}

/// Drafts that wait, and validated reviews that a DDFPT opened again.
fn open_reviews(school: &School, today: Date) -> Vec<Debt> {
    let year = school.current_year();
    let of_year = school.reviews.iter().filter(|(_, review)| year.contains(review.key.date));
    let debt = |(ix, review): (Ix<Review>, &Review)| {
        let unlocked = review.record.deverrouillage.iter().map(|unlock| unlock.date).max();
        let (owed, due) = if !review.is_valid() {
            (Owed::Draft(ix), review.key.date.plus(AFTER_LESSON))
        } else if !review.is_locked() {
            (Owed::Unlocked(ix), unlocked?.plus(AFTER_UNLOCK))
        } else {
            return None;
        };
        // What is still fresh is nobody's debt.
        (due <= today.plus(AFTER_LESSON)).then(|| Debt {
            owed,
            owner: review.author,
            class: Some(review.class),
            pupils: vec![review.pupil],
            due,
        })
    };
    of_year.filter_map(debt).collect()
}

fn missing_results(school: &School, today: Date) -> Vec<Debt> {
    let year = school.current_year();
    let unrated = |row: &Row| (row.state == RowState::Unrated).then_some(row.pupil);
    let evaluations = school.evaluations.iter();
    evaluations
        .filter(|(_, evaluation)| {
            school.classes[evaluation.class].year == year && evaluation.record.date <= today
        })
        .filter_map(|(ix, evaluation)| {
            let pupils: Vec<_> = evaluation.rows.iter().filter_map(unrated).collect();
            (!pupils.is_empty()).then(|| Debt {
                owed: Owed::Results(ix),
                owner: evaluation.author,
                class: Some(evaluation.class),
                pupils,
                due: evaluation.record.date.plus(AFTER_LESSON),
            })
        })
        .collect()
}
