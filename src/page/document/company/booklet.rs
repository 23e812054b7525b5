//! An apprentice's training booklet, whole, in one file (SUI-04).

use serde::Serialize;

use super::StayPart;
use super::stay::stay;
use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::page::{BookletPage, D, booklet_page};
use crate::school::{Ix, Pupil};

/// The context of a printed booklet.
#[derive(Debug, Serialize)]
pub struct BookletSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// What its page says.
    pub booklet: BookletPage,
    /// "apprentie", "apprenti".
    pub word: &'static str,
    /// Each period in a company, oldest first.
    pub stays: Vec<StayPart>,
}

/// Computes a printed booklet.
pub fn booklet_sheet(desk: &Desk<'_>, d: D, ix: Ix<Pupil>) -> BookletSheet {
    let (site, school) = (desk.site, desk.site.school);
    let pupil = &school.pupils[ix];
    let page = booklet_page(site, d, ix, "");
    let about = match &page.class {
        Some((class, _)) => format!("{}, {class}", page.name),
        None => page.name.clone(),
    };
    let periods = page.periods.iter().map(|period| &*school.periods[period.period].file);
    let own = pupil.portfolios.iter().map(|own| &*school.portfolios[*own].file);
    let reviews = page.columns.iter().map(|review| &*school.reviews[*review].file);
    let shown = std::iter::once(&*pupil.file).chain(periods).chain(own).chain(reviews);
    let frame = sheet_frame(desk, "Livret d’apprentissage", Some(about), Some(d), shown);
    BookletSheet {
        sheet: frame,
        word: pupil.agree("L’apprentie", "L’apprenti", "L’apprenti(e)"),
        stays: page.periods.iter().map(|period| stay(site, period.period, ix)).collect(),
        booklet: page,
    }
}
