//! "Éditer les bilans": classes, then pupils with their reviews (BIL-03). Nothing is made here.

use serde::Serialize;

use crate::insight::{ReviewProgress, review_progress, reviews_of};
use crate::school::{Class, Ix, Pupil, Review};

use super::progress::{Progress, progress};
use super::roll::{ClassLine, class_line, departure};
use super::{D, Day, Frame, Menu, Site, Subject, address, frame, link};

/// The context of the page of reviews.
#[derive(Debug, Serialize)]
pub struct ReviewsPage {
    /// Around the page.
    pub frame: Frame,
    /// Classes of the current year.
    pub classes: Vec<ClassReviews>,
    /// Classes of the years before: year, then names and ways.
    pub earlier: Vec<(String, Vec<(String, String)>)>,
}

/// A class and the reviews of its pupils.
#[derive(Debug, Serialize)]
pub struct ClassReviews {
    /// The class.
    pub class: ClassLine,
    /// Reviews in each official period.
    pub progress: Vec<Progress>,
    /// Its pupils, in the order of names.
    pub pupils: Vec<ReviewLine>,
}

/// A pupil and the reviews.
#[derive(Debug, Serialize)]
pub struct ReviewLine {
    /// "DUPONT Léa".
    pub name: String,
    /// Way to the last review.
    pub href: String,
    /// "partie le 15/01/2027", "passé en 1 MCV A 2".
    pub gone: Option<String>,
    /// How many validated reviews there are on this diploma.
    pub count: usize,
    /// Date of the last one, and whether it is a draft.
    pub last: Option<(Day, bool)>,
    /// One entry for each official period of the class.
    pub periods: Vec<State>,
}

/// Where a pupil stands in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// A validated review.
    Done,
    /// A draft only.
    Draft,
    /// Nothing yet.
    ToDo,
    /// Not in the class at the end of the period.
    NotExpected,
}

/// Computes the page of reviews of a diploma.
pub fn reviews_page(site: &Site<'_>, d: D, at: &str) -> ReviewsPage {
    let school = site.school;
    let mut earlier: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for ix in site.classes(d) {
        let class = &school.classes[*ix];
        if class.year == school.current_year() {
            continue;
        }
        let year = class.year.to_string();
        if earlier.last().is_none_or(|(other, _)| *other != year) {
            earlier.push((year, Vec::new()));
        }
        if let Some((_, classes)) = earlier.last_mut() {
            let way = link(at, &address(site, Subject::Class(*ix)));
            classes.push((class.record.nom.clone(), way));
        }
    }
    ReviewsPage {
        frame: frame(site, at, "Éditer les bilans", Some(d), Some(Menu::Reviews)),
        classes: site.current_classes(d).map(|class| of_class(site, at, class)).collect(),
        earlier,
    }
}

fn of_class(site: &Site<'_>, at: &str, class: Ix<Class>) -> ClassReviews {
    let school = site.school;
    let periods = review_progress(school, class);
    let d = school.classes[class].diploma;
    let line = |ix: &Ix<Pupil>| {
        let pupil = &school.pupils[*ix];
        let reviews = reviews_of(school, pupil, d);
        let is_valid = |review: &&Ix<Review>| school.reviews[**review].is_valid();
        ReviewLine {
            name: pupil.list_name(),
            href: link(at, &address(site, Subject::LastReview(d, *ix))),
            gone: departure(school, class, *ix),
            count: reviews.iter().filter(is_valid).count(),
            last: reviews.last().map(|review| {
                let review = &school.reviews[*review];
                (review.key.date.into(), !review.is_valid())
            }),
            periods: periods.iter().map(|period| state(site, period, *ix, &reviews)).collect(),
        }
    };
    ClassReviews {
        class: class_line(site, at, class),
        progress: progress(site, at, class),
        pupils: school.classes[class].pupils.iter().map(line).collect(),
    }
}

fn state(
    site: &Site<'_>,
    progress: &ReviewProgress<'_>,
    pupil: Ix<Pupil>,
    reviews: &[Ix<Review>],
) -> State {
    let period = progress.period;
    let dated_in = |review: &Ix<Review>| {
        let date = site.school.reviews[*review].key.date;
        period.debut <= date && date <= period.fin
    };
    if !progress.expected.contains(&pupil) {
        State::NotExpected
    } else if !progress.missing.contains(&pupil) {
        State::Done
    } else if reviews.iter().any(dated_in) {
        State::Draft
    } else {
        State::ToDo
    }
}
