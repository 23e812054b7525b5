//! Livrets, books, scenarios, lists and reminders on paper.

use super::Filled;
use crate::page::Desk;
use crate::school::{Class, Delivery, Ix, Livret, Pupil, Scenario};

/// Their templates.
pub(super) static LAYOUTS: &[(&str, &str)] = &[];
/// The styles that only they need.
pub(super) const STYLE: &str = include_str!("../../../assets/css/papier-etablissement.css");

pub(super) fn livret(desk: &Desk<'_>, _ix: Ix<Livret>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn paper_edition(desk: &Desk<'_>, _class: Ix<Class>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn paper_signing(desk: &Desk<'_>, _class: Ix<Class>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn delivery(desk: &Desk<'_>, _ix: Ix<Delivery>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn book(desk: &Desk<'_>, _ix: Ix<Pupil>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn scenario(desk: &Desk<'_>, _ix: Ix<Scenario>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn blank_grid(desk: &Desk<'_>, _scenario: Ix<Scenario>, _class: Ix<Class>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn class_list(desk: &Desk<'_>, _class: Ix<Class>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn reminders(desk: &Desk<'_>) -> Filled {
    super::not_yet(desk)
}

pub(super) fn kickoff(desk: &Desk<'_>) -> Filled {
    super::not_yet(desk)
}
