//! What somebody owes: what, who, for which pupils, since when (CON-05, CON-06).

use crate::school::{Class, Evaluation, Ix, Period, Person, Pupil, Referential, Review, School};
use crate::text::Date;

use super::{companies, exams, lessons};

/// Something that remains to be done, by somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Debt {
    /// What.
    pub owed: Owed,
    /// Who owes it; nobody in particular when nobody is named.
    pub owner: Option<Ix<Person>>,
    /// The class concerned.
    pub class: Option<Ix<Class>>,
    /// The pupils concerned, in the order of names.
    pub pupils: Vec<Ix<Pupil>>,
    /// The day by which it is to be done: earlier than today, it is late.
    pub due: Date,
}

/// What remains to be done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owed {
    /// A review in an official period, by its name.
    Review(String),
    /// A draft of a review, to validate.
    Draft(Ix<Review>),
    /// An unlocked review, to validate again (EVA-13).
    Unlocked(Ix<Review>),
    /// Results of an evaluation.
    Results(Ix<Evaluation>),
    /// A company for a period.
    Company(Ix<Period>),
    /// A contact with learner and tutor during a period.
    Visit(Ix<Period>),
    /// The company review of a period.
    CompanyReview(Ix<Period>),
    /// A referent teacher for a period: the DDFPT's.
    Referent(Ix<Period>),
    /// A filled grid of an exam.
    Grid(Ix<Referential>, String),
    /// The livret of the year.
    Livret,
}

/// Kinds of debts, as the console counts them together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwedKind {
    /// Missing reviews.
    Reviews,
    /// Drafts and unlocked reviews.
    OpenReviews,
    /// Results of evaluations.
    Results,
    /// Referent teachers.
    Referents,
    /// Companies.
    Companies,
    /// Visits and calls.
    Visits,
    /// Company reviews.
    CompanyReviews,
    /// Filled grids.
    Grids,
    /// Livrets.
    Livrets,
}

impl Owed {
    /// Its kind.
    pub fn kind(&self) -> OwedKind {
        match self {
            Self::Review(_) => OwedKind::Reviews,
            Self::Draft(_) | Self::Unlocked(_) => OwedKind::OpenReviews,
            Self::Results(_) => OwedKind::Results,
            Self::Referent(_) => OwedKind::Referents,
            Self::Company(_) => OwedKind::Companies,
            Self::Visit(_) => OwedKind::Visits,
            Self::CompanyReview(_) => OwedKind::CompanyReviews,
            Self::Grid(..) => OwedKind::Grids,
            Self::Livret => OwedKind::Livrets,
        }
    }
}

impl Debt {
    /// Whether the day is past.
    pub fn is_late(&self, today: Date) -> bool {
        self.due < today
    }

    /// How many days late; none when it is not.
    pub fn days_late(&self, today: Date) -> Option<i32> {
        self.is_late(today).then(|| self.due.days_until(today))
    }
}

/// All that remains to be done in the current year, late or soon due, the most urgent first.
pub fn debts(school: &School, today: Date) -> Vec<Debt> {
    let mut debts = lessons::debts(school, today);
    debts.extend(companies::debts(school, today));
    debts.extend(exams::debts(school, today));
    debts.sort_by(|a, b| {
        (a.due, &a.owed, a.class, a.owner).cmp(&(b.due, &b.owed, b.class, b.owner))
    });
    debts
}
