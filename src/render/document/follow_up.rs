//! Reviews, follow-up and certification on paper.

use minijinja::value::Serde;
use minijinja::{Value, context};

use super::Filled;
use crate::page::{
    D, Desk, FollowUpSheet, ReviewSheet, attestation_sheet, bordereau_sheet, class_reviews_sheet,
    dossier_sheet, follow_up_sheet, grid_sheet, recap_sheet, review_sheet,
};
use crate::render::html::Html;
use crate::render::widget;
use crate::school::{Attestation, Class, FilledGrid, Ix, Pupil, Review};

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
    "attestation.html",
    "bilan.html",
    "bilan_corps.html",
    "bilans_classe.html",
    "bordereau.html",
    "dossier.html",
    "grille.html",
    "grille_corps.html",
    "recapitulatif.html",
    "suivi.html",
    "suivi_corps.html",
];
/// The styles that only they need.
pub(super) const STYLE: &str = include_str!("../../../assets/css/papier-suivi.css");

/// A review, with its radar.
pub(super) fn review(desk: &Desk<'_>, ix: Ix<Review>) -> Filled {
    let page = review_sheet(desk, ix);
    let figures = figures(desk, &page);
    let frame = page.sheet.clone();
    ("papier/bilan.html", context!(page => Serde(&page), figures), frame)
}

/// The last review of each pupil of a class.
pub(super) fn class_reviews(desk: &Desk<'_>, class: Ix<Class>) -> Filled {
    let page = class_reviews_sheet(desk, class);
    let figures: Vec<Value> = page.reviews.iter().map(|review| figures(desk, review)).collect();
    let frame = page.sheet.clone();
    ("papier/bilans_classe.html", context!(page => Serde(&page), figures), frame)
}

/// A learner's dashboard.
pub(super) fn learner(desk: &Desk<'_>, d: D, ix: Ix<Pupil>) -> Filled {
    let page = follow_up_sheet(desk, d, ix);
    let tables = tables(desk, &page);
    let frame = page.sheet.clone();
    ("papier/suivi.html", context!(page => Serde(&page), tables), frame)
}

/// A candidate's national grid.
pub(super) fn grid(desk: &Desk<'_>, ix: Ix<FilledGrid>) -> Filled {
    let page = grid_sheet(desk, ix);
    let frame = page.sheet.clone();
    ("papier/grille.html", context!(page => Serde(&page)), frame)
}

/// The table of marks of a session.
pub(super) fn recap(desk: &Desk<'_>, d: D, session: i16) -> Filled {
    let page = recap_sheet(desk, d, session);
    let frame = page.sheet.clone();
    ("papier/recapitulatif.html", context!(page => Serde(&page)), frame)
}

/// The marks of a session, exam by exam.
pub(super) fn bordereau(desk: &Desk<'_>, d: D, session: i16) -> Filled {
    let page = bordereau_sheet(desk, d, session);
    let frame = page.sheet.clone();
    ("papier/bordereau.html", context!(page => Serde(&page)), frame)
}

/// All that a commission reads of a candidate.
pub(super) fn dossier(desk: &Desk<'_>, d: D, ix: Ix<Pupil>, session: i16) -> Filled {
    let page = dossier_sheet(desk, d, ix, session);
    let figures: Vec<Value> = page.reviews.iter().map(|review| figures(desk, review)).collect();
    let tables = tables(desk, &page.follow_up);
    let frame = page.sheet.clone();
    ("papier/dossier.html", context!(page => Serde(&page), figures, tables), frame)
}

/// An attestation of competences.
pub(super) fn attestation(desk: &Desk<'_>, ix: Ix<Attestation>) -> Filled {
    let page = attestation_sheet(desk, ix);
    let frame = page.sheet.clone();
    ("papier/attestation.html", context!(page => Serde(&page)), frame)
}

/// What widgets draw of a review.
fn figures(desk: &Desk<'_>, page: &ReviewSheet) -> Value {
    let table = widget::review_table(desk.site, &page.review).into_value();
    let comparison = widget::comparison(desk.site, &page.review).map(Html::into_value);
    context!(table, comparison)
}

/// The tables of a follow-up.
fn tables(desk: &Desk<'_>, page: &FollowUpSheet) -> Vec<Value> {
    let draw = |part| widget::follow_up_table(desk.site, &page.page, part).into_value();
    page.parts.iter().map(draw).collect()
}
