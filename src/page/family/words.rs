//! What teachers wrote in a validated review.

use serde::Serialize;

use crate::insight::official_periods;
use crate::page::{Day, Site};
use crate::school::{Ix, Review};

/// A validated review, in words.
#[derive(Debug, Serialize)]
pub struct FamilyReview {
    /// Its day.
    pub day: Day,
    /// "1er semestre".
    pub period: Option<String>,
    /// "Mme Benali": who validated it.
    pub by: Option<String>,
    /// "13,5": the mark of the review, which is no exam mark.
    pub note: Option<String>,
    /// What was noticed, in Markdown.
    pub constats: Option<String>,
    /// Advice, in Markdown.
    pub conseils: Option<String>,
}

pub(super) fn review(site: &Site<'_>, ix: Ix<Review>) -> FamilyReview {
    let school = site.school;
    let review = &school.reviews[ix];
    let record = &review.record;
    let period = official_periods(school, &school.classes[review.class])
        .into_iter()
        .find(|period| period.debut <= review.key.date && review.key.date <= period.fin);
    let said = |prose: &Option<crate::record::Prose>| {
        prose.as_ref().map(|prose| prose.0.clone()).filter(|text| !text.trim().is_empty())
    };
    let by = record.valide_par.as_ref().unwrap_or(&record.auteur);
    let by = school.person(by).map(|ix| school.people[ix].formal_name());
    FamilyReview {
        day: review.key.date.into(),
        period: period.map(|period| period.intitule.clone()),
        by,
        note: record.note.map(|note| note.0.to_string().replace('.', ",")),
        constats: said(&record.constats),
        conseils: said(&record.conseils),
    }
}
