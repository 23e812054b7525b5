//! Reviews done and expected, official periods of a class, locks as they stand.

use crate::record::OfficialPeriod;
use crate::school::{Class, Ix, Pupil, Referential, Review, School};
use crate::text::Date;

/// The reviews of a pupil on a référentiel, oldest first.
pub fn reviews_of(school: &School, pupil: &Pupil, referential: Ix<Referential>) -> Vec<Ix<Review>> {
    pupil
        .reviews
        .iter()
        .copied()
        .filter(|review| school.reviews[*review].diploma == referential)
        .collect()
}

/// Whether a review is closed (see [`Review::is_locked`]).
pub fn is_locked(review: &Review) -> bool {
    review.is_locked()
}

/// The official periods that hold for a class, in time order.
pub fn official_periods<'a>(school: &'a School, class: &Class) -> Vec<&'a OfficialPeriod> {
    school.periods_of_class(class)
}

/// Reviews of a class in one official period (BIL-17, CON-05).
#[derive(Debug)]
pub struct ReviewProgress<'a> {
    /// The period.
    pub period: &'a OfficialPeriod,
    /// Pupils of the class in that period.
    pub expected: Vec<Ix<Pupil>>,
    /// Those who have no validated review dated in it.
    pub missing: Vec<Ix<Pupil>>,
}

impl ReviewProgress<'_> {
    /// How many pupils have their review.
    pub fn done(&self) -> usize {
        self.expected.len() - self.missing.len()
    }
}

/// For each official period of a class: who has a validated review and who has not.
pub fn review_progress<'a>(school: &'a School, class_ix: Ix<Class>) -> Vec<ReviewProgress<'a>> {
    let class = &school.classes[class_ix];
    let within = |period: &OfficialPeriod, date: Date| period.debut <= date && date <= period.fin;
    let progress = |period: &'a OfficialPeriod| {
        let present = |ix: &Ix<Pupil>| {
            let pupil = &school.pupils[*ix];
            // Who leaves during the period is not expected at its end.
            pupil.stays.iter().any(|stay| {
                stay.class == class_ix && stay.from <= period.fin && stay.to >= period.fin
            }) && pupil.record.inactif_depuis.is_none_or(|day| day > period.fin)
        };
        let expected: Vec<_> = class.pupils.iter().copied().filter(present).collect();
        let has_review = |ix: &Ix<Pupil>| {
            let reviews = &school.pupils[*ix].reviews;
            reviews.iter().map(|review| &school.reviews[*review]).any(|review| {
                review.is_valid()
                    && review.diploma == class.diploma
                    && within(period, review.key.date)
            })
        };
        let missing = expected.iter().copied().filter(|ix| !has_review(ix)).collect();
        ReviewProgress { period, expected, missing }
    };
    official_periods(school, class).into_iter().map(progress).collect()
}
