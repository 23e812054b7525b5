//! What the reviews say beside the livret: "Recopie", notes proposed, where each value comes from.

use crate::record::{LivretReviews, LivretRules, PeriodMark};
use crate::school::{Class, Ix, Livret, Pupil, Referential, Review, School};

use super::mean::hundredths;

/// What "Recopie" puts in the blue column for one expected competence (LSL-27).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recopied {
    /// The position of the review, from 1 to 4.
    Level(u8),
    /// The review does not assess it: left to the teacher.
    NotAssessed,
    /// Several competences gathered under one line: placed by hand, never computed (LSL-25).
    Merged,
}

/// The whole of "Recopie".
#[derive(Debug)]
pub struct Recopy {
    /// The review it comes from: the last validated one of the year.
    pub review: Ix<Review>,
    /// One entry an expected competence, in the order of the list.
    pub lines: Vec<Recopied>,
}

/// The reviews shown in columns (LSL-22): those of the year, or of the whole cycle up to that
/// year; oldest first.
pub fn livret_reviews(
    school: &School,
    rules: &LivretRules,
    pupil: Ix<Pupil>,
    class: Ix<Class>,
) -> Vec<Ix<Review>> {
    let class = &school.classes[class];
    let shown = |ix: &Ix<Review>| {
        let review = &school.reviews[*ix];
        let year = school.classes[review.class].year;
        review.diploma == class.diploma
            && match rules.bilans {
                LivretReviews::Year => year == class.year,
                LivretReviews::Cycle => year <= class.year,
            }
    };
    school.pupils[pupil].reviews.iter().copied().filter(shown).collect()
}

/// The reviews of the year of a class, on its diploma, oldest first: notes hang on them (LSL-23).
pub(super) fn reviews_of_year(
    school: &School,
    pupil: Ix<Pupil>,
    class: Ix<Class>,
) -> impl DoubleEndedIterator<Item = Ix<Review>> + '_ {
    let (year, diploma) = (school.classes[class].year, school.classes[class].diploma);
    school.pupils[pupil].reviews.iter().copied().filter(move |ix| {
        let review = &school.reviews[*ix];
        review.diploma == diploma && school.classes[review.class].year == year
    })
}

/// Copies the positions of the last validated review of the year; nothing without such a review.
pub fn recopy(school: &School, pupil: Ix<Pupil>, class: Ix<Class>) -> Option<Recopy> {
    let mut reviews = reviews_of_year(school, pupil, class).rev();
    let review = reviews.find(|ix| school.reviews[*ix].is_valid())?;
    let referential = &school.referentials[school.classes[class].diploma];
    let list = referential.record.lsl.as_ref()?;
    let lines = (0..list.competences.len())
        .map(|line| position(referential, line, &school.reviews[review]))
        .collect();
    Some(Recopy { review, lines })
}

/// What a review says of an expected competence, as the livret would copy it.
fn position(referential: &Referential, line: usize, review: &Review) -> Recopied {
    let expected = referential.record.lsl.as_ref().and_then(|list| list.competences.get(line));
    match expected.map(|expected| expected.regroupe.as_slice()) {
        Some([one]) => referential
            .competence(one)
            .and_then(|competence| review.position(competence).rank())
            .map_or(Recopied::NotAssessed, Recopied::Level),
        _ => Recopied::Merged,
    }
}

/// Where a value of the livret comes from (LSL-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The same as what the school already knows.
    Copied,
    /// Chosen by the teacher beside what the school knows.
    Guided,
    /// Typed: nothing else is known of it.
    Typed,
}

impl Origin {
    /// The word of the page and of the twin.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Copied => "copié",
            Self::Guided => "guidé",
            Self::Typed => "saisi",
        }
    }
}

/// Where a level comes from: copied when it is that of "Recopie", guided when some review shown
/// beside it assesses a competence of its line, typed otherwise.
pub fn level_origin(
    school: &School,
    livret: &Livret,
    line: usize,
    copy: Option<&Recopy>,
) -> Origin {
    let level = livret.level(line);
    if let Some(Recopied::Level(copied)) = copy.and_then(|copy| copy.lines.get(line)).copied()
        && level == Some(copied)
    {
        return Origin::Copied;
    }
    let referential = &school.referentials[livret.diploma];
    let gathered = referential.record.lsl.as_ref().and_then(|list| list.competences.get(line));
    let competences: Vec<_> = gathered
        .iter()
        .flat_map(|expected| &expected.regroupe)
        .filter_map(|code| referential.competence(code))
        .collect();
    let class = &school.classes[livret.class];
    let shown = school
        .livret_rules_of(class)
        .map(|rules| livret_reviews(school, rules, livret.pupil, livret.class))
        .unwrap_or_default();
    let guided = shown.into_iter().any(|ix| {
        let review = &school.reviews[ix];
        competences.iter().any(|competence| review.position(*competence).rank().is_some())
    });
    if guided { Origin::Guided } else { Origin::Typed }
}

/// The review that a mark stands beside: the last one of its day.
pub fn review_of_mark(school: &School, livret: &Livret, mark: &PeriodMark) -> Option<Ix<Review>> {
    let day = mark.bilan?;
    reviews_of_year(school, livret.pupil, livret.class)
        .rev()
        .find(|ix| school.reviews[*ix].key.date == day)
}

/// Where a mark comes from: copied when it is that of its review, guided when its review has
/// another one, typed otherwise (LSL-28).
pub fn mark_origin(school: &School, livret: &Livret, mark: &PeriodMark) -> Origin {
    let review = review_of_mark(school, livret, mark);
    let proposed = review.and_then(|ix| school.reviews[ix].record.note).map(hundredths);
    match (proposed, mark.note.map(hundredths)) {
        (Some(proposed), Some(typed)) if proposed == typed && !mark.non_note => Origin::Copied,
        (Some(_), _) => Origin::Guided,
        (None, _) => Origin::Typed,
    }
}

/// Where the appreciation comes from: copied when it is the constat of a review, guided when a
/// review has words to help, typed otherwise.
pub fn appreciation_origin(school: &School, livret: &Livret) -> Option<Origin> {
    let text = livret.record.appreciation.as_ref().filter(|prose| !prose.0.is_empty())?;
    let rules = school.livret_rules_of(&school.classes[livret.class])?;
    let reviews: Vec<_> = livret_reviews(school, rules, livret.pupil, livret.class)
        .into_iter()
        .map(|ix| &school.reviews[ix].record)
        .collect();
    let same = |prose: &crate::record::Prose| prose.0 == text.0;
    Some(if reviews.iter().any(|review| review.constats.as_ref().is_some_and(same)) {
        Origin::Copied
    } else if reviews.iter().any(|review| {
        let words = [&review.constats, &review.conseils];
        words.iter().any(|prose| prose.as_ref().is_some_and(|prose| !prose.0.is_empty()))
    }) {
        Origin::Guided
    } else {
        Origin::Typed
    })
}
