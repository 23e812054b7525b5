//! Periods in companies and apprentices on paper.

use super::Filled;
use crate::page::{D, Desk};
use crate::school::{Annex, Ix, Period, Portfolio, Pupil};

/// Their templates.
pub(super) static LAYOUTS: &[(&str, &str)] = &[];
/// The styles that only they need.
pub(super) const STYLE: &str = include_str!("../../../assets/css/papier-entreprise.css");

pub(super) fn annex(desk: &Desk<'_>, _ix: Ix<Annex>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn company_file(desk: &Desk<'_>, _period: Ix<Period>, _ix: Ix<Pupil>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn portfolio(desk: &Desk<'_>, _ix: Ix<Portfolio>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn activity_sheet(desk: &Desk<'_>, _ix: Ix<Portfolio>, _place: usize) -> Filled {
    super::not_yet(desk)
}

pub(super) fn placement_proof(desk: &Desk<'_>, _ix: Ix<Portfolio>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn placement_recap(desk: &Desk<'_>, _d: D, _ix: Ix<Pupil>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn booklet(desk: &Desk<'_>, _d: D, _ix: Ix<Pupil>) -> Filled {
    super::not_yet(desk)
}
