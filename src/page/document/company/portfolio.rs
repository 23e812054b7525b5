//! The portfolio of a period on paper.

use serde::Serialize;

use super::StayPart;
use super::stay::stay;
use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::school::{Ix, Portfolio};

/// The context of a printed portfolio.
#[derive(Debug, Serialize)]
pub struct PortfolioSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// What the period left.
    pub stay: StayPart,
}

/// Computes a printed portfolio.
pub fn portfolio_sheet(desk: &Desk<'_>, ix: Ix<Portfolio>) -> PortfolioSheet {
    let (site, school) = (desk.site, desk.site.school);
    let portfolio = &school.portfolios[ix];
    let period = &school.periods[portfolio.period];
    let part = stay(site, portfolio.period, portfolio.pupil);
    let about = match &part.trainee.class {
        Some(class) => format!("{}, {class}", part.trainee.name),
        None => part.trainee.name.clone(),
    };
    let title = format!("Portfolio, {}", period.short_name());
    let shown = [&*period.file, &*portfolio.file];
    let frame = sheet_frame(desk, title, Some(about), Some(period.diploma), shown);
    PortfolioSheet { sheet: frame.of_year(period.year), stay: part }
}
