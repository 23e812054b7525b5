//! A review on paper (BIL-11).

use serde::Serialize;

use super::{Desk, SheetFrame, sheet_frame};
use crate::page::evaluation_line::evaluation_line;
use crate::page::{ReviewPage, Subject, review_page};
use crate::school::{Ix, Review};
use crate::text::long_date;

/// The context of a printed review.
#[derive(Debug, Serialize)]
pub struct ReviewSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// What its page says.
    pub review: ReviewPage,
    /// "née le 14 mars 2009".
    pub born: String,
    /// The records it shows, by path.
    #[serde(skip)]
    pub shown: Vec<String>,
}

/// Computes a printed review. It shows the review, those before it, and the evaluations it counts;
/// not those that are hidden from learners (EVA-11): this paper is for them.
pub fn review_sheet(desk: &Desk<'_>, ix: Ix<Review>) -> ReviewSheet {
    let (site, school) = (desk.site, desk.site.school);
    let mut page = review_page(site, ix, Subject::Review(ix), "");
    let review = &school.reviews[ix];
    let pupil = &school.pupils[review.pupil];
    let earlier = page.columns.iter().map(|ix| &*school.reviews[*ix].file);
    let mut counted = review.evaluations.clone();
    counted.retain(|ix| school.evaluations[*ix].record.affichage);
    counted.sort_by_key(|ix| (school.evaluations[*ix].record.date, &school.evaluations[*ix].id));
    page.evaluations = counted.iter().map(|ix| evaluation_line(site, "", *ix)).collect();
    let counted = counted.iter().map(|ix| &*school.evaluations[*ix].file);
    let shown: Vec<String> = earlier.chain(counted).map(str::to_owned).collect();
    let title = format!("Bilan du {}", long_date(review.key.date));
    let about = format!("{}, {}", page.name, page.class.0);
    let year = school.classes[review.class].year;
    let paths = shown.iter().map(String::as_str);
    let sheet = sheet_frame(desk, title, Some(about), Some(review.diploma), paths);
    let born = pupil.agree("née le ", "né le ", "né(e) le ");
    ReviewSheet {
        sheet: sheet.of_year(year),
        review: page,
        born: format!("{born}{}", long_date(pupil.record.naissance)),
        shown,
    }
}
