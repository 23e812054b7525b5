//! "Commission de certification": each session with its deadlines, its candidates and their grids.

use serde::Serialize;

use crate::insight::{Candidates, Recap, RecapCell, exam_of, recap_of};
use crate::school::{Class, Ix, Referential, School};
use crate::text::short_date;

use super::{D, Day, Frame, Menu, Site, Subject, address, anchor, frame, link};

/// The context of the page of certification.
#[derive(Debug, Serialize)]
pub struct CertificationPage {
    /// Around the page.
    pub frame: Frame,
    /// Acronym of the diploma.
    pub sigle: String,
    /// Whether the référentiel gives national grids.
    pub has_grids: bool,
    /// Way to the référentiel.
    pub referential: String,
    /// The référentiel's file.
    pub file: String,
    /// Way to change it on the forge.
    pub edit: Option<String>,
    /// Sessions, the latest first.
    pub sessions: Vec<SessionPart>,
}

/// A session.
#[derive(Debug, Serialize)]
pub struct SessionPart {
    /// Year of the exam.
    pub session: i16,
    /// Whether it is still to come: its candidates are listed. Those of the sessions before stand in
    /// their tables of marks.
    pub open: bool,
    /// Way to the table of marks.
    pub recap: String,
    /// How many candidates there are.
    pub candidates: usize,
    /// How many cells hold neither a mark nor an absence.
    pub missing: usize,
    /// The grids: the columns.
    pub grids: Vec<GridHead>,
    /// Candidates by class.
    pub classes: Vec<SessionClass>,
}

/// A national grid as the head of a column.
#[derive(Debug, Serialize)]
pub struct GridHead {
    /// Code.
    pub code: String,
    /// Exam, unit and coefficient: "E31 Vente-conseil (U31, coefficient 3)".
    pub exam: String,
    /// Way to its form in the référentiel.
    pub href: String,
    /// The last day for certification.
    pub deadline: Option<Day>,
    /// Grids complete, whether locked or not.
    pub complete: usize,
    /// Grids locked.
    pub locked: usize,
    /// How many cells have neither a mark nor an absence.
    pub missing: usize,
}

/// The candidates of a class.
#[derive(Debug, Serialize)]
pub struct SessionClass {
    /// Name of the class and way to it.
    pub class: (String, String),
    /// Its candidates, in the order of names.
    pub candidates: Vec<CandidateLine>,
}

/// A candidate.
#[derive(Debug, Serialize)]
pub struct CandidateLine {
    /// "DUPONT Léa".
    pub name: String,
    /// Way to the dashboard.
    pub href: String,
    /// Candidate number (CCF-06).
    pub number: Option<String>,
    /// One entry a grid.
    pub grids: Vec<GridMark>,
}

/// How far a candidate's grid is, and its marks.
#[derive(Debug, Serialize)]
pub struct GridMark {
    /// Way to the grid.
    pub href: String,
    /// Steps done, from 0 to 3.
    pub steps: u8,
    /// Whether the commission closed it.
    pub locked: bool,
    /// Whether the candidate did not come.
    pub absent: bool,
    /// "13,5".
    pub proposed: Option<String>,
    /// The mark after harmonisation.
    pub harmonised: Option<String>,
    /// Whether it was filled after the deadline, and whether a DDFPT agreed to it.
    pub late: Option<bool>,
    /// Whether there is neither a mark nor an absence.
    pub missing: bool,
}

/// Computes the page of certification of a diploma.
pub fn certification_page(site: &Site<'_>, d: D, at: &str) -> CertificationPage {
    let referential = &site.school.referentials[d];
    let to = |subject| link(at, &address(site, subject));
    let sessions = site.sessions(d).map(|(session, list)| part(site, d, session, list, at));
    CertificationPage {
        frame: frame(site, at, "Commission de certification", Some(d), Some(Menu::Certification)),
        sigle: referential.record.sigle.clone(),
        has_grids: !referential.record.grilles.is_empty(),
        referential: to(Subject::Referential(d)),
        file: referential.file.to_string(),
        edit: super::edit_link(site, &referential.file),
        sessions: sessions.collect(),
    }
}

fn part(site: &Site<'_>, d: D, session: i16, candidates: &Candidates, at: &str) -> SessionPart {
    let school = site.school;
    let table = recap_of(school, d, session, candidates);
    let to = |subject| link(at, &address(site, subject));
    let mut classes: Vec<(Ix<Class>, Vec<CandidateLine>)> = Vec::new();
    let listed = if open(school, session) { table.lines.as_slice() } else { &[] };
    for line in listed {
        let pupil = &school.pupils[line.pupil];
        let grids = line.cells.iter().enumerate().map(|(grid, cell)| {
            grid_mark(site, to(Subject::Grid(d, line.pupil, session, grid)), cell)
        });
        let candidate = CandidateLine {
            name: pupil.list_name(),
            href: to(Subject::Dashboard(d, line.pupil)),
            number: pupil.record.numero_candidat.clone(),
            grids: grids.collect(),
        };
        match classes.iter_mut().find(|(class, _)| *class == line.class) {
            Some((_, list)) => list.push(candidate),
            None => classes.push((line.class, vec![candidate])),
        }
    }
    classes.sort_by_key(|(class, _)| *class);
    SessionPart {
        session,
        open: open(school, session),
        recap: to(Subject::Recap(d, session)),
        candidates: table.lines.len(),
        missing: table.missing_cells,
        grids: heads(site, &table, at),
        classes: classes
            .into_iter()
            .map(|(class, candidates)| SessionClass {
                class: (school.classes[class].record.nom.clone(), to(Subject::Class(class))),
                candidates,
            })
            .collect(),
    }
}

/// Whether the exam of a session is not over yet: it closes the current year, or a later one.
fn open(school: &School, session: i16) -> bool {
    session > school.current_year().0
}

/// The heads of the columns of a session, with their counts.
pub(super) fn heads(site: &Site<'_>, table: &Recap, at: &str) -> Vec<GridHead> {
    let referential = &site.school.referentials[table.diploma];
    let count = |grid: usize, holds: &dyn Fn(&RecapCell) -> bool| {
        table.lines.iter().filter(|line| line.cells.get(grid).is_some_and(holds)).count()
    };
    let head = |(place, grid): (usize, &crate::record::Grid)| {
        let deadline =
            site.school.certification_deadline(table.diploma, table.session, &grid.epreuve);
        let form = link(at, &address(site, Subject::Referential(table.diploma)));
        GridHead {
            code: grid.code.clone(),
            exam: exam_words(referential, table.session, &grid.epreuve),
            href: format!("{form}#{}", anchor("grille", &grid.code)),
            deadline: deadline.map(|deadline| deadline.date_limite.into()),
            complete: count(place, &|cell| cell.state.steps_done == 3),
            locked: count(place, &|cell| cell.state.locked),
            missing: count(place, &RecapCell::is_missing),
        }
    };
    referential.record.grilles.iter().enumerate().map(head).collect()
}

/// "E31 Vente-conseil (U31, coefficient 3)".
pub(super) fn exam_words(referential: &Referential, session: i16, code: &str) -> String {
    let Some(exam) = exam_of(referential, session, code) else { return code.to_owned() };
    let coefficient = exam.coefficient.as_ref();
    let coefficient =
        coefficient.map_or_else(String::new, |number| format!(", coefficient {}", mark(number.0)));
    format!("{code} {} ({}{coefficient})", exam.intitule, exam.unite)
}

/// How far a cell is, with the way to its grid.
pub(super) fn grid_mark(site: &Site<'_>, href: String, cell: &RecapCell) -> GridMark {
    let late = cell.filled.and_then(|ix| site.school.grids[ix].lateness(site.school));
    GridMark {
        href,
        steps: cell.state.steps_done,
        locked: cell.state.locked,
        absent: cell.absent,
        proposed: cell.proposed.map(mark),
        harmonised: cell.harmonised.map(mark),
        late: late.map(|late| late.approval.is_some()),
        missing: cell.is_missing(),
    }
}

/// A number as French writes it: "13,5".
pub(super) fn mark(value: f64) -> String {
    value.to_string().replace('.', ",")
}

/// "le 20/05/2027 par M. Mercier".
pub(super) fn on_by(site: &Site<'_>, day: crate::text::Date, id: &str) -> String {
    format!("le {} par {}", short_date(day), who(site, id))
}

/// "M. Mercier"; the id of somebody unknown.
pub(super) fn who(site: &Site<'_>, id: &str) -> String {
    let school = site.school;
    school.person(id).map_or_else(|| id.to_owned(), |person| school.people[person].formal_name())
}
