//! Certification: the candidates of a session, how far each grid is, and the table of marks (CCF).

use std::collections::BTreeMap;

use crate::school::{Class, FilledGrid, GridGap, Ix, Pupil, Referential, School};
use crate::text::{Collation, Date, SchoolYear};

use super::marks::exam_mark;

/// How far a candidate's grid is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridState {
    /// Steps done, from 0 to 3: opened, levels filled, rubrics filled (CCF-02).
    pub steps_done: u8,
    /// What it lacks before it can be locked.
    pub missing: Vec<GridGap>,
    /// Whether the commission closed it.
    pub locked: bool,
    /// Whether the harmonised mark stands beside the proposed one.
    pub harmonised: bool,
}

/// How far a grid is.
pub fn grid_state(school: &School, grid: &FilledGrid) -> GridState {
    let missing = grid.gaps(school);
    let levels = !missing.iter().any(|gap| matches!(gap, GridGap::Lines(_)));
    let rubrics = missing.iter().all(|gap| matches!(gap, GridGap::Lines(_)));
    GridState {
        steps_done: 1 + u8::from(levels) + u8::from(rubrics),
        missing,
        locked: grid.is_locked(),
        harmonised: grid.record.harmonisation.is_some(),
    }
}

/// The state of a grid that nobody has opened yet.
fn unopened(school: &School, diploma: Ix<Referential>, grid: usize, pupil: Ix<Pupil>) -> GridState {
    let has_number = school.pupils[pupil].record.numero_candidat.is_some();
    let missing = GridGap::all(&school.referentials[diploma], grid, has_number);
    GridState { steps_done: 0, missing, locked: false, harmonised: false }
}

/// A diploma and an exam session.
pub type SessionKey = (Ix<Referential>, i16);

/// Each candidate with the class of the exam, in the order of names.
pub type Candidates = Vec<(Ix<Pupil>, Ix<Class>)>;

/// The sessions of each diploma that has national grids, with their candidates: the session of this
/// year's final classes, and those in which somebody has a filled grid.
///
/// A candidate is a pupil of a final class who was still there on 1 June of the year of the exam, or
/// anybody who has a filled grid.
pub fn certification_sessions(
    school: &School,
    collation: &Collation,
) -> BTreeMap<SessionKey, Candidates> {
    let mut sessions: BTreeMap<SessionKey, BTreeMap<Ix<Pupil>, Ix<Class>>> = BTreeMap::new();
    for grid in school.grids.values() {
        sessions.entry((grid.diploma, grid.session)).or_default().insert(grid.pupil, grid.class);
    }
    let has_grids = |class: &Class| !school.referentials[class.diploma].record.grilles.is_empty();
    let finals = || school.classes.iter().filter(|(_, class)| class.is_final_year());
    for (_, class) in finals().filter(|(_, class)| class.year == school.current_year()) {
        if has_grids(class) {
            sessions.entry((class.diploma, class.session())).or_default();
        }
    }
    for (ix, class) in finals() {
        let Some(candidates) = sessions.get_mut(&(class.diploma, class.session())) else {
            continue;
        };
        let takes = class.pupils.iter().filter(|pupil| is_candidate(school, **pupil, ix));
        candidates.extend(takes.map(|pupil| (*pupil, ix)));
    }
    let ordered = |(key, candidates): (_, BTreeMap<Ix<Pupil>, Ix<Class>>)| {
        let mut candidates: Candidates = candidates.into_iter().collect();
        candidates.sort_by(|(a, _), (b, _)| {
            let (a, b) = (&school.pupils[*a], &school.pupils[*b]);
            collation.compare_names(a.sort_name(), b.sort_name()).then_with(|| a.id.cmp(&b.id))
        });
        (key, candidates)
    };
    sessions.into_iter().map(ordered).collect()
}

/// Whether a pupil of a final class takes the exam from it.
fn is_candidate(school: &School, pupil_ix: Ix<Pupil>, class_ix: Ix<Class>) -> bool {
    let (pupil, class) = (&school.pupils[pupil_ix], &school.classes[class_ix]);
    let of_year = |year: SchoolYear| {
        let mut stays = pupil.stays.iter().rev();
        stays.find(|stay| school.classes[stay.class].year == year)
    };
    let there = |day: Date| {
        of_year(class.year).is_some_and(|stay| stay.class == class_ix && stay.to >= day)
            && pupil.record.inactif_depuis.is_none_or(|left| left >= day)
    };
    Date::new(class.session(), 6, 1).is_some_and(there)
}

/// The table of a session: candidates × national grids (CCF-14).
#[derive(Debug)]
pub struct Recap {
    /// The diploma.
    pub diploma: Ix<Referential>,
    /// The exam session.
    pub session: i16,
    /// The exams that have grids, in the order of the référentiel.
    pub exams: Vec<RecapExam>,
    /// One line a candidate, in the order of names, which is that of the bordereau.
    pub lines: Vec<RecapLine>,
    /// How many cells hold neither a mark nor an absence: candidates not assessed yet.
    pub missing_cells: usize,
}

/// An exam and its grids.
#[derive(Debug)]
pub struct RecapExam {
    /// Its code.
    pub code: String,
    /// Places of its grids in the référentiel: one, or one a situation.
    pub grids: Vec<usize>,
}

/// A candidate.
#[derive(Debug)]
pub struct RecapLine {
    /// The pupil.
    pub pupil: Ix<Pupil>,
    /// The class of the exam.
    pub class: Ix<Class>,
    /// One cell a national grid, in the order of the référentiel.
    pub cells: Vec<RecapCell>,
    /// One mark an exam, before and after harmonisation, where the référentiel says how it is made.
    pub exams: Vec<(Option<f64>, Option<f64>)>,
}

/// A candidate on a national grid.
#[derive(Debug)]
pub struct RecapCell {
    /// The filled grid, once it is opened.
    pub filled: Option<Ix<FilledGrid>>,
    /// How far it is.
    pub state: GridState,
    /// Whether the candidate did not come.
    pub absent: bool,
    /// The mark proposed by the commission.
    pub proposed: Option<f64>,
    /// The mark after harmonisation.
    pub harmonised: Option<f64>,
}

impl RecapCell {
    /// The mark that goes on the bordereau: the harmonised one, or else the proposed one.
    pub fn last_mark(&self) -> Option<f64> {
        self.harmonised.or(self.proposed)
    }

    /// Whether the candidate is not assessed: neither a mark nor an absence.
    pub fn is_missing(&self) -> bool {
        self.last_mark().is_none() && !self.absent
    }
}

/// Computes the table of a session of a diploma for its candidates.
pub fn recap_of(
    school: &School,
    diploma: Ix<Referential>,
    session: i16,
    candidates: &Candidates,
) -> Recap {
    let referential = &school.referentials[diploma];
    let mut exams: Vec<RecapExam> = Vec::new();
    for (place, grid) in referential.record.grilles.iter().enumerate() {
        match exams.iter_mut().find(|exam| exam.code == grid.epreuve) {
            Some(exam) => exam.grids.push(place),
            None => exams.push(RecapExam { code: grid.epreuve.clone(), grids: vec![place] }),
        }
    }
    let lines: Vec<RecapLine> = candidates
        .iter()
        .map(|(pupil, class)| {
            let cells: Vec<RecapCell> = (0..referential.record.grilles.len())
                .map(|grid| cell(school, diploma, session, *pupil, grid))
                .collect();
            let mark = |exam: &RecapExam, of: &dyn Fn(&RecapCell) -> Option<f64>| {
                let marks: Option<Vec<f64>> =
                    exam.grids.iter().map(|grid| cells.get(*grid).and_then(of)).collect();
                exam_mark(referential, session, &exam.code, &marks?)
            };
            let exams = exams
                .iter()
                .map(|exam| (mark(exam, &|cell| cell.proposed), mark(exam, &RecapCell::last_mark)))
                .collect();
            RecapLine { pupil: *pupil, class: *class, cells, exams }
        })
        .collect();
    let missing_cells =
        lines.iter().flat_map(|line| &line.cells).filter(|cell| cell.is_missing()).count();
    Recap { diploma, session, exams, lines, missing_cells }
}

/// Computes the table of a session of a diploma; without candidates when it has none.
pub fn recap(school: &School, diploma: Ix<Referential>, session: i16) -> Recap {
    let mut sessions = certification_sessions(school, &Collation::new());
    let candidates = sessions.remove(&(diploma, session)).unwrap_or_default();
    recap_of(school, diploma, session, &candidates)
}

/// A candidate's filled grid; the one of the pupil's own folder when there are two.
pub fn filled_grid(
    school: &School,
    pupil: Ix<Pupil>,
    diploma: Ix<Referential>,
    session: i16,
    grid: usize,
) -> Option<Ix<FilledGrid>> {
    let pupil = &school.pupils[pupil];
    let own = format!("students/{}/{}/", pupil.cohort, pupil.id);
    let same = |ix: &Ix<FilledGrid>| {
        let filled = &school.grids[*ix];
        (filled.diploma, filled.session, filled.grid) == (diploma, session, grid)
    };
    let all = || pupil.grids.iter().copied().filter(same);
    all().find(|ix| school.grids[*ix].file.starts_with(&own)).or_else(|| all().next())
}

fn cell(
    school: &School,
    diploma: Ix<Referential>,
    session: i16,
    pupil: Ix<Pupil>,
    grid: usize,
) -> RecapCell {
    let filled = filled_grid(school, pupil, diploma, session, grid);
    let record = filled.map(|ix| &school.grids[ix].record);
    RecapCell {
        filled,
        state: match filled {
            Some(ix) => grid_state(school, &school.grids[ix]),
            None => unopened(school, diploma, grid, pupil),
        },
        absent: record.is_some_and(|record| record.absent),
        proposed: record.and_then(|record| record.note_proposee).map(|note| note.0),
        harmonised: record.and_then(|record| record.harmonisation.as_ref()).map(|made| made.note.0),
    }
}
