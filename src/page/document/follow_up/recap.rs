//! The table of marks of a session, for the commission that makes them even (CCF-14).

use serde::Serialize;

use super::slip::in_words;
use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::page::{D, RecapPage, recap_page};
use crate::school::School;
use crate::text::{SchoolYear, count};

/// The context of a printed table of marks.
#[derive(Debug, Serialize)]
pub struct RecapSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// What its page says.
    pub recap: RecapPage,
    /// "12 notes harmonisées sur 40 notes proposées"; none before the first one.
    pub harmonised: Option<String>,
    /// By grid: its code, and how many are missing, in words: "3 notes manquent".
    pub missing: Vec<(String, String)>,
    /// How the mark of an exam comes from its situations: code of the exam, words.
    pub rules: Vec<(String, String)>,
}

/// Computes a printed table of marks.
pub fn recap_sheet(desk: &Desk<'_>, d: D, session: i16) -> RecapSheet {
    let recap = recap_page(desk.site, d, session, "");
    let marks = || recap.rows.iter().flat_map(|row| &row.exams).flat_map(|exam| &exam.0);
    let done = marks().filter(|mark| mark.harmonised.is_some()).count();
    let proposed = marks().filter(|mark| mark.proposed.is_some()).count();
    let harmonised = (done > 0).then(|| {
        let proposed = count(proposed, "note proposée", "notes proposées");
        format!("{} sur {proposed}", count(done, "note harmonisée", "notes harmonisées"))
    });
    let missing = recap.grids.iter().filter(|grid| grid.missing > 0);
    let missing = missing
        .map(|grid| (grid.code.clone(), count(grid.missing, "note manque", "notes manquent")))
        .collect();
    let sheet = frame_of_session(desk, "Récapitulatif des notes proposées", d, session).landscape();
    let rules = recap.rules.iter().map(|(exam, rule)| (exam.clone(), in_words(rule))).collect();
    RecapSheet { sheet, harmonised, missing, rules, recap }
}

/// The frame of a document on a whole session.
pub(super) fn frame_of_session(desk: &Desk<'_>, title: &str, d: D, session: i16) -> SheetFrame {
    let school = desk.site.school;
    let about = format!("{}, session {session}", school.referentials[d].record.sigle);
    let shown = files_of_session(school, d, session);
    sheet_frame(desk, title, Some(about), Some(d), shown).of_year(SchoolYear(session - 1))
}

/// The grids of a session, and the files of their candidates, where their numbers stand.
fn files_of_session(school: &School, d: D, session: i16) -> impl Iterator<Item = &str> {
    let grids = school.grids.values().iter();
    let grids = grids.filter(move |grid| grid.diploma == d && grid.session == session);
    grids.flat_map(|grid| [&*grid.file, &*school.pupils[grid.pupil].file])
}
