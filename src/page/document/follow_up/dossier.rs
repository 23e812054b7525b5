//! All that a commission reads of a candidate: follow-up, validated reviews, grids of the session.

use serde::Serialize;

use super::{FollowUpSheet, GridSheet, follow_up_sheet, grid_sheet};
use crate::insight::{filled_grid, reviews_of};
use crate::page::D;
use crate::page::document::{Desk, ReviewSheet, SheetFrame, review_sheet, sheet_frame};
use crate::school::{FilledGrid, Ix, Pupil};
use crate::text::SchoolYear;

/// The context of a candidate's file.
#[derive(Debug, Serialize)]
pub struct DossierSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// "DUPONT Léa".
    pub name: String,
    /// Year of the exam.
    pub session: i16,
    /// Candidate number.
    pub number: Option<String>,
    /// The follow-up.
    pub follow_up: FollowUpSheet,
    /// The validated reviews, oldest first.
    pub reviews: Vec<ReviewSheet>,
    /// The grids that are opened, in the order of the référentiel.
    pub grids: Vec<GridSheet>,
    /// Codes of the grids that nobody has opened.
    pub unopened: Vec<String>,
    /// What the file holds, part by part.
    pub contents: Vec<String>,
}

/// Computes a candidate's file.
pub fn dossier_sheet(desk: &Desk<'_>, d: D, ix: Ix<Pupil>, session: i16) -> DossierSheet {
    let school = desk.site.school;
    let pupil = &school.pupils[ix];
    let reviews = reviews_of(school, pupil, d).into_iter();
    let reviews: Vec<ReviewSheet> = reviews
        .filter(|review| school.reviews[*review].is_valid())
        .map(|review| review_sheet(desk, review))
        .collect();
    let forms = &school.referentials[d].record.grilles;
    let filled =
        |grid: usize| -> Option<Ix<FilledGrid>> { filled_grid(school, ix, d, session, grid) };
    let grids: Vec<GridSheet> =
        (0..forms.len()).filter_map(filled).map(|grid| grid_sheet(desk, grid)).collect();
    let unopened = (0..forms.len()).filter(|grid| filled(*grid).is_none());
    let unopened: Vec<String> = unopened.map(|grid| forms[grid].code.clone()).collect();
    let follow_up = follow_up_sheet(desk, d, ix);
    let mut contents = vec![format!("Livret de suivi : {}", follow_up.number())];
    contents.extend(reviews.iter().map(|one| format!("{}, {}", one.sheet.title, one.review.by)));
    contents.extend(grids.iter().map(|one| {
        let state = match (&one.grid.locked, one.grid.absent) {
            (Some(by), _) => format!("verrouillée {by}"),
            (None, true) => "absent, non verrouillée".to_owned(),
            (None, false) => "non verrouillée".to_owned(),
        };
        format!("Grille {}, {state}", one.grid.code)
    }));
    let of_grids = grids.iter().flat_map(|one| &one.shown);
    let shown = reviews.iter().flat_map(|one| &one.shown).chain(&follow_up.shown).chain(of_grids);
    let shown = shown.map(String::as_str);
    let name = pupil.list_name();
    let about = format!("{name}, session {session}");
    let sheet = sheet_frame(desk, "Dossier du candidat", Some(about), Some(d), shown);
    DossierSheet {
        sheet: sheet.of_year(SchoolYear(session - 1)),
        name,
        session,
        number: pupil.record.numero_candidat.clone(),
        follow_up,
        reviews,
        grids,
        unopened,
        contents,
    }
}
