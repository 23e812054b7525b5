//! A review on paper (BIL-11).

use serde::Serialize;

use super::{Desk, SheetFrame, sheet_frame};
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
}

/// Computes a printed review. It shows the review, those before it, and the evaluations it counts.
pub fn review_sheet(desk: &Desk<'_>, ix: Ix<Review>) -> ReviewSheet {
    let (site, school) = (desk.site, desk.site.school);
    let page = review_page(site, ix, Subject::Review(ix), "");
    let review = &school.reviews[ix];
    let pupil = &school.pupils[review.pupil];
    let earlier = page.columns.iter().map(|ix| &*school.reviews[*ix].file);
    let counted = review.evaluations.iter().map(|ix| &*school.evaluations[*ix].file);
    let title = format!("Bilan du {}", long_date(review.key.date));
    let about = format!("{}, {}", page.name, page.class.0);
    let year = school.classes[review.class].year;
    let sheet = sheet_frame(desk, title, Some(about), Some(review.diploma), earlier.chain(counted));
    let born = pupil.agree("née le ", "né le ", "né(e) le ");
    ReviewSheet {
        sheet: sheet.of_year(year),
        review: page,
        born: format!("{born}{}", long_date(pupil.record.naissance)),
    }
}
