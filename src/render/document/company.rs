//! Periods in companies and apprentices on paper.

use minijinja::value::Serde;
use minijinja::{Value, context};

use super::Filled;
use crate::page::{
    D, Desk, activity_sheet_page, annex_sheet, booklet_sheet, company_file_sheet,
    placement_proof_sheet, placement_recap_sheet, portfolio_sheet,
};
use crate::render::html::Html;
use crate::render::widget;
use crate::school::{Annex, Ix, Period, Portfolio, Pupil};

macro_rules! layouts {
    ($($name:literal),* $(,)?) => {
        &[$((
            concat!("papier/", $name),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/layouts/papier/", $name)),
        )),*]
    };
}

/// Their templates.
pub(super) static LAYOUTS: &[(&str, &str)] = layouts![
    "annexe.html",
    "attestation-pfmp.html",
    "dossier-entreprise.html",
    "entreprise.html",
    "fiche-activite.html",
    "livret-apprenti.html",
    "portfolio.html",
    "recapitulatif-pfmp.html",
];
/// The styles that only they need.
pub(super) const STYLE: &str = include_str!("../../../assets/css/papier-entreprise.css");

/// An annexe pédagogique.
pub(super) fn annex(desk: &Desk<'_>, ix: Ix<Annex>) -> Filled {
    let page = annex_sheet(desk, ix);
    ("papier/annexe.html", context!(page => Serde(&page)), page.sheet)
}

/// The file of a learner for the company.
pub(super) fn company_file(desk: &Desk<'_>, period: Ix<Period>, ix: Ix<Pupil>) -> Filled {
    let page = company_file_sheet(desk, period, ix);
    ("papier/dossier-entreprise.html", context!(page => Serde(&page)), page.sheet)
}

/// A portfolio.
pub(super) fn portfolio(desk: &Desk<'_>, ix: Ix<Portfolio>) -> Filled {
    let page = portfolio_sheet(desk, ix);
    let results = widget::company_results(desk.site, ix).map(Html::into_value);
    ("papier/portfolio.html", context!(page => Serde(&page), results), page.sheet)
}

/// One fiche of a portfolio.
pub(super) fn activity_sheet(desk: &Desk<'_>, ix: Ix<Portfolio>, place: usize) -> Filled {
    let page = activity_sheet_page(desk, ix, place);
    ("papier/fiche-activite.html", context!(page => Serde(&page)), page.sheet)
}

/// The attestation that a company signs.
pub(super) fn placement_proof(desk: &Desk<'_>, ix: Ix<Portfolio>) -> Filled {
    let page = placement_proof_sheet(desk, ix);
    ("papier/attestation-pfmp.html", context!(page => Serde(&page)), page.sheet)
}

/// The weeks of PFMP of a cycle.
pub(super) fn placement_recap(desk: &Desk<'_>, d: D, ix: Ix<Pupil>) -> Filled {
    let page = placement_recap_sheet(desk, d, ix);
    ("papier/recapitulatif-pfmp.html", context!(page => Serde(&page)), page.sheet)
}

/// An apprentice's booklet.
pub(super) fn booklet(desk: &Desk<'_>, d: D, ix: Ix<Pupil>) -> Filled {
    let (site, page) = (desk.site, booklet_sheet(desk, d, ix));
    let of_period = |period: Ix<Period>| {
        let own = site.school.portfolio(ix, period)?;
        widget::company_results(site, own).map(Html::into_value)
    };
    let periods = page.booklet.periods.iter();
    let results: Vec<Option<Value>> = periods.map(|one| of_period(one.period)).collect();
    let positions = widget::positions_table(site, d, &page.booklet.columns).into_value();
    let tasks = widget::tasks_of_diploma(site, d, ix).into_value();
    let values = context!(page => Serde(&page), results, positions, tasks);
    ("papier/livret-apprenti.html", values, page.sheet)
}
