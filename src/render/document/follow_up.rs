//! Reviews, follow-up and certification on paper.

use minijinja::context;
use minijinja::value::Serde;

use super::Filled;
use crate::page::{D, Desk, review_sheet};
use crate::render::html::Html;
use crate::render::widget;
use crate::school::{Attestation, Class, FilledGrid, Ix, Pupil, Review};

/// Their templates.
pub(super) static LAYOUTS: &[(&str, &str)] =
    &[("papier/bilan.html", include_str!("../../../layouts/papier/bilan.html"))];
/// The styles that only they need.
pub(super) const STYLE: &str = include_str!("../../../assets/css/papier-suivi.css");

/// A review, with its radar.
pub(super) fn review(desk: &Desk<'_>, ix: Ix<Review>) -> Filled {
    let page = review_sheet(desk, ix);
    let table = widget::review_table(desk.site, &page.review).into_value();
    let comparison = widget::comparison(desk.site, &page.review).map(Html::into_value);
    let frame = page.sheet.clone();
    ("papier/bilan.html", context!(page => Serde(&page), table, comparison), frame)
}

pub(super) fn class_reviews(desk: &Desk<'_>, _class: Ix<Class>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn learner(desk: &Desk<'_>, _d: D, _ix: Ix<Pupil>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn grid(desk: &Desk<'_>, _ix: Ix<FilledGrid>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn recap(desk: &Desk<'_>, _d: D, _session: i16) -> Filled {
    super::not_yet(desk)
}

pub(super) fn bordereau(desk: &Desk<'_>, _d: D, _session: i16) -> Filled {
    super::not_yet(desk)
}

pub(super) fn dossier(desk: &Desk<'_>, _d: D, _ix: Ix<Pupil>, _session: i16) -> Filled {
    super::not_yet(desk)
}

pub(super) fn attestation(desk: &Desk<'_>, _ix: Ix<Attestation>) -> Filled {
    super::not_yet(desk)
}
