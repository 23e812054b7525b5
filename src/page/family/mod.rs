//! What a pupil's family reads: the context of the page that is sealed for those who have a letter.
//!
//! It holds one pupil's own data: validated reviews, results that teachers show to learners (EVA-11,
//! DASH-18), periods in companies, dates, documents. Never a draft, a suggestion, a CCF mark, or
//! anything of somebody else but the names of those who teach and tutor.

mod company;
mod dates;
mod documents;
mod fit;
mod handover;
mod letter;
mod results;
mod standing;
mod words;

use serde::Serialize;

use super::{D, Day, Site};
use crate::insight::{class_with_page, dashboard};
use crate::school::{Class, Ix, Pupil, Review, School};
use crate::text::Date;

pub use company::{CompanyWords, FamilyPlacement};
pub use dates::{DateKind, FamilyDate};
pub use documents::{FamilyDocument, family_documents};
pub use fit::Fit;
pub use handover::{HandedLetter, HandoverSheet, handover_record, handover_sheet};
pub use letter::{
    AccessLetter, LetterCode, LetterOrder, LettersSheet, class_readers, letters_sheet,
};
pub use results::{CriterionResults, FamilyResult, FamilyResults};
pub use standing::{Change, FamilyCompetence, Standing};
pub use words::FamilyReview;

/// The page of a pupil, for the family.
#[derive(Debug, Serialize)]
pub struct FamilyPage {
    /// "Léa".
    pub first_name: String,
    /// "Léa Dupont".
    pub name: String,
    /// "1 MCV A 1".
    pub class: String,
    /// "Métiers du commerce et de la vente, option A".
    pub diploma: String,
    /// "2026-2027".
    pub year: String,
    /// The establishment: name, telephone, e-mail address.
    pub school: (String, Option<String>, String),
    /// The day of the newest review or result shown.
    pub updated: Option<Day>,
    /// Where the competences stand.
    pub standing: Standing,
    /// The validated reviews, the latest first.
    pub reviews: Vec<FamilyReview>,
    /// Times in companies, in time order.
    pub placements: Vec<FamilyPlacement>,
    /// Dates of the year, in order; those of the past are among them.
    pub dates: Vec<FamilyDate>,
    /// The pupil's own results (DASH-18).
    pub results: FamilyResults,
    /// The last two validated reviews on one référentiel, as the radar shows them.
    #[serde(skip)]
    pub radar: Option<(Option<Ix<Review>>, Ix<Review>)>,
}

/// The class of a pupil this year: the last one, when there were several. Nothing for who is not
/// enrolled any more: there is no page.
pub fn family_class(site: &Site<'_>, ix: Ix<Pupil>) -> Option<Ix<Class>> {
    class_with_page(site.school, ix)
}

/// Computes the page of a pupil's family.
pub fn family_page(site: &Site<'_>, ix: Ix<Pupil>, class: Ix<Class>) -> FamilyPage {
    let school = site.school;
    let (pupil, class_ix) = (&school.pupils[ix], class);
    let class = &school.classes[class_ix];
    let d = class.diploma;
    // One that is open again may be half changed: it comes back when it is validated again.
    let mut reviews = pupil.reviews.clone();
    reviews.retain(|review| school.reviews[*review].is_locked());
    reviews.sort_by_key(|review| school.reviews[*review].key);
    let positioned = positioned_on(school, &reviews, d);
    let of_diploma: Vec<Ix<Review>> = (reviews.iter().copied())
        .filter(|review| school.reviews[*review].diploma == positioned)
        .collect();
    let board = dashboard(school, ix, d);
    let newest = board.columns.iter().map(|column| column.date);
    let newest = newest.chain(reviews.iter().map(|review| school.reviews[*review].key.date)).max();
    let radar = of_diploma.split_last().map(|(last, before)| (before.last().copied(), *last));
    let establishment = &school.establishment;
    FamilyPage {
        first_name: pupil.record.prenom.clone(),
        name: pupil.full_name(),
        class: class.record.nom.clone(),
        diploma: school.referentials[d].record.intitule.clone(),
        year: class.year.to_string(),
        school: (
            establishment.nom.clone(),
            establishment.telephone.clone(),
            establishment.courriel.clone(),
        ),
        updated: newest.map(Day::from),
        standing: standing::standing(school, positioned, &of_diploma, positioned != d),
        reviews: reviews.iter().rev().map(|review| words::review(site, *review)).collect(),
        placements: company::placements(site, ix),
        dates: dates::dates(school, class_ix, ix),
        results: results::results(school, &board),
        radar,
    }
}

/// The référentiel on which competences are shown: that of the class, or that of the last review when
/// no review was made on it yet. At the start of première, what was decided in seconde still holds.
fn positioned_on(school: &School, reviews: &[Ix<Review>], d: D) -> D {
    let mut diplomas = reviews.iter().rev().map(|review| school.reviews[*review].diploma);
    let last = diplomas.clone().next().unwrap_or(d);
    if diplomas.any(|diploma| diploma == d) { d } else { last }
}

/// The first and last day of something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Span {
    fn new(from: Date, to: Date) -> Self {
        Self { from: from.into(), to: to.into() }
    }
}
