//! Livrets, books, scenarios, lists and reminders on paper.

use minijinja::context;
use minijinja::value::Serde;
use serde::Serialize;

use super::Filled;
use crate::page::{
    Desk, SheetFrame, blank_grid_sheet, book_sheet, class_list_sheet, delivery_sheet,
    kickoff_sheet, livret_sheet, paper_edition_sheet, paper_signing_sheet, reminders_sheet,
    scenario_sheet,
};
use crate::school::{Class, Delivery, Ix, Livret, Pupil, Scenario};

macro_rules! layouts {
    ($($name:literal),* $(,)?) => {
        &[$((
            concat!("papier/", $name, ".html"),
            include_str!(concat!("../../../layouts/papier/", $name, ".html")),
        )),*]
    };
}

/// Their templates.
pub(super) static LAYOUTS: &[(&str, &str)] = layouts![
    "book",
    "cadrage",
    "classe",
    "emargement",
    "emargement_livrets",
    "grille_vierge",
    "livret",
    "livret_parties",
    "livrets_papier",
    "rappels",
    "scenario",
];
/// The styles that only they need.
pub(super) const STYLE: &str = include_str!("../../../assets/css/papier-etablissement.css");

fn filled(template: &'static str, page: impl Serialize, frame: SheetFrame) -> Filled {
    (template, context!(page => Serde(page)), frame)
}

/// A livret in the national layout.
pub(super) fn livret(desk: &Desk<'_>, ix: Ix<Livret>) -> Filled {
    let page = livret_sheet(desk, ix);
    let frame = page.sheet.clone();
    filled("papier/livret.html", page, frame)
}

/// The livrets of those who refused the site.
pub(super) fn paper_edition(desk: &Desk<'_>, class: Ix<Class>) -> Filled {
    let page = paper_edition_sheet(desk, class);
    let frame = page.sheet.clone();
    filled("papier/livrets_papier.html", page, frame)
}

/// Who signs for them.
pub(super) fn paper_signing(desk: &Desk<'_>, class: Ix<Class>) -> Filled {
    let page = paper_signing_sheet(desk, class);
    let frame = page.sheet.clone();
    filled("papier/emargement_livrets.html", page, frame)
}

/// A delivery of the register.
pub(super) fn delivery(desk: &Desk<'_>, ix: Ix<Delivery>) -> Filled {
    let page = delivery_sheet(desk, ix);
    let frame = page.sheet.clone();
    filled("papier/emargement.html", page, frame)
}

/// A learner's book.
pub(super) fn book(desk: &Desk<'_>, ix: Ix<Pupil>) -> Filled {
    let page = book_sheet(desk, ix);
    let frame = page.sheet.clone();
    filled("papier/book.html", page, frame)
}

/// A scenario.
pub(super) fn scenario(desk: &Desk<'_>, ix: Ix<Scenario>) -> Filled {
    let page = scenario_sheet(desk, ix);
    let frame = page.sheet.clone();
    filled("papier/scenario.html", page, frame)
}

/// A table to rate a class with a pen.
pub(super) fn blank_grid(desk: &Desk<'_>, scenario: Ix<Scenario>, class: Ix<Class>) -> Filled {
    let page = blank_grid_sheet(desk, scenario, class);
    let frame = page.sheet.clone();
    filled("papier/grille_vierge.html", page, frame)
}

/// The list of a class.
pub(super) fn class_list(desk: &Desk<'_>, class: Ix<Class>) -> Filled {
    let page = class_list_sheet(desk, class);
    let frame = page.sheet.clone();
    filled("papier/classe.html", page, frame)
}

/// A letter to each person who owes something.
pub(super) fn reminders(desk: &Desk<'_>) -> Filled {
    let page = reminders_sheet(desk);
    let frame = page.sheet.clone();
    filled("papier/rappels.html", page, frame)
}

/// The checklist of the start of the year.
pub(super) fn kickoff(desk: &Desk<'_>) -> Filled {
    let page = kickoff_sheet(desk);
    let frame = page.sheet.clone();
    filled("papier/cadrage.html", page, frame)
}
