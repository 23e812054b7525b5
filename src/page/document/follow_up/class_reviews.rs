//! The last review of each pupil of a class, in one file (BIL-04).

use serde::Serialize;

use crate::insight::reviews_of;
use crate::page::document::{Desk, ReviewSheet, SheetFrame, review_sheet, sheet_frame};
use crate::page::roll::departure;
use crate::school::{Class, Ix, Pupil};
use crate::text::{count, long_date, short_date};

/// The context of the last reviews of a class.
#[derive(Debug, Serialize)]
pub struct ClassReviewsSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// Name of the class.
    pub class: String,
    /// "Mme Keller", who is in charge of the class.
    pub form_teacher: Option<String>,
    /// "du 18 novembre au 11 décembre 2026".
    pub span: String,
    /// "24 bilans, dont 2 projets non validés".
    pub number: String,
    /// The reviews, in the order of the list.
    pub lines: Vec<LastReviewLine>,
    /// Those who have none, in the same order.
    pub without: Vec<String>,
    /// The reviews themselves, in the order of the lines.
    pub reviews: Vec<ReviewSheet>,
}

/// A pupil and the last review.
#[derive(Debug, Serialize)]
pub struct LastReviewLine {
    /// "DUPONT Léa".
    pub name: String,
    /// "11/12/2026".
    pub day: String,
    /// "validé le 11/12/2026 par Mme Benali".
    pub by: String,
    /// Whether it is not validated yet.
    pub draft: bool,
}

/// Computes the last reviews of a class: those of the pupils who are still in it.
pub fn class_reviews_sheet(desk: &Desk<'_>, ix: Ix<Class>) -> ClassReviewsSheet {
    let (site, school) = (desk.site, desk.site.school);
    let class = &school.classes[ix];
    let present = |pupil: &&Ix<Pupil>| departure(school, ix, **pupil).is_none();
    let pupils: Vec<Ix<Pupil>> = class.pupils.iter().filter(present).copied().collect();
    let last = |pupil: Ix<Pupil>| reviews_of(school, &school.pupils[pupil], class.diploma).pop();
    let found: Vec<_> = pupils.iter().filter_map(|pupil| last(*pupil)).collect();
    let reviews: Vec<ReviewSheet> = found.iter().map(|ix| review_sheet(desk, *ix)).collect();
    let days = || found.iter().map(|ix| school.reviews[*ix].key.date);
    let span = match (days().min(), days().max()) {
        (Some(first), Some(last)) if first == last => format!("du {}", long_date(first)),
        (Some(first), Some(last)) => format!("du {} au {}", long_date(first), long_date(last)),
        _ => String::new(),
    };
    let drafts = found.iter().filter(|ix| !school.reviews[**ix].is_valid()).count();
    let mut number = count(found.len(), "bilan", "bilans");
    if drafts > 0 {
        let words = count(drafts, "projet non validé", "projets non validés");
        number = format!("{number}, dont {words}");
    }
    // What the reviews show is what this file shows.
    let shown: Vec<String> = reviews.iter().flat_map(|sheet| sheet.shown.iter().cloned()).collect();
    let name = class.record.nom.clone();
    let paths = shown.iter().map(String::as_str);
    let sheet =
        sheet_frame(desk, "Derniers bilans", Some(name.clone()), Some(class.diploma), paths);
    ClassReviewsSheet {
        sheet: sheet.of_year(class.year),
        class: name,
        form_teacher: class.form_teacher.map(|person| school.people[person].formal_name()),
        span,
        number,
        lines: found
            .iter()
            .zip(&reviews)
            .map(|(ix, sheet)| LastReviewLine {
                name: sheet.review.name.clone(),
                day: short_date(school.reviews[*ix].key.date),
                by: sheet.review.by.clone(),
                draft: !school.reviews[*ix].is_valid(),
            })
            .collect(),
        without: pupils
            .iter()
            .filter(|pupil| last(**pupil).is_none())
            .map(|pupil| site.school.pupils[*pupil].list_name())
            .collect(),
        reviews,
    }
}
