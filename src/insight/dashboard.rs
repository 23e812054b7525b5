//! A pupil's dashboard on one référentiel: columns in time order, cells, positions, suggestions.

use crate::record::{Complexity, Level, StudyLevel};
use crate::school::{
    Class, CompetenceIx, CriterionIx, Evaluation, Ix, Pupil, Referential, Review, RowState, School,
};
use crate::text::{Date, SchoolYear};

use super::follow_up::reviews_of;
use super::suggestion::{Observation, Suggestion, suggest};

/// Everything a pupil's dashboard shows.
#[derive(Debug)]
pub struct Dashboard {
    /// The pupil.
    pub pupil: Ix<Pupil>,
    /// The référentiel.
    pub referential: Ix<Referential>,
    /// The visible evaluations that bear on it, in time order.
    pub columns: Vec<Column>,
    /// One line a competence, in the order of the référentiel.
    pub lines: Vec<CompetenceLine>,
    /// The pupil's reviews on this référentiel, oldest first.
    pub reviews: Vec<Ix<Review>>,
    /// How many visible evaluations there are of each type (DASH-04).
    pub counts: TypeCounts,
}

/// An evaluation as a column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The evaluation.
    pub evaluation: Ix<Evaluation>,
    /// Its date.
    pub date: Date,
    /// Its school year.
    pub year: SchoolYear,
    /// The level of study of its class (DASH-06).
    pub level: StudyLevel,
    /// Its complexity.
    pub complexity: Complexity,
    /// Whether it was rated on the référentiel of the seconde family.
    pub from_family: bool,
}

/// Numbers of visible evaluations by type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TypeCounts {
    /// `Int`.
    pub intermediate: usize,
    /// `C`.
    pub complex: usize,
    /// `E`: company reviews.
    pub company: usize,
}

/// A competence with its criteria, positions and suggestion.
#[derive(Debug)]
pub struct CompetenceLine {
    /// The competence.
    pub competence: CompetenceIx,
    /// Its criteria.
    pub criteria: Vec<CriterionLine>,
    /// The position of each review, and its letter of professionalisation.
    pub positions: Vec<(Level, Option<String>)>,
    /// What the results suggest.
    pub suggestion: Option<Suggestion>,
    /// The results that the suggestion speaks of, in time order, with their columns.
    pub observations: Vec<(Observation, usize)>,
}

/// A criterion with its results.
#[derive(Debug)]
pub struct CriterionLine {
    /// The criterion.
    pub criterion: CriterionIx,
    /// Its results, in time order.
    pub cells: Vec<Cell>,
}

/// One result, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Position of the evaluation among the columns.
    pub column: usize,
    /// The result.
    pub mark: Mark,
}

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A level.
    Level(Level),
    /// The pupil was absent: no level, and never a zero.
    Absent,
    /// The pupil was exempt.
    Exempt,
}

/// The référentiels that a pupil has followed: the last one first.
pub fn followed(school: &School, pupil: &Pupil) -> Vec<Ix<Referential>> {
    let mut list = Vec::new();
    for stay in pupil.stays.iter().rev() {
        let diploma = school.classes[stay.class].diploma;
        if !list.contains(&diploma) {
            list.push(diploma);
        }
    }
    list
}

/// The evaluations that a pupil's dashboard on a référentiel shows, with the pupil's rows, in time
/// order: those displayed (EVA-11) that bear on it, or on a family that prepares it.
pub fn visible_evaluations<'a>(
    school: &'a School,
    pupil: &'a Pupil,
    referential: Ix<Referential>,
) -> impl Iterator<Item = (Ix<Evaluation>, usize)> + 'a {
    pupil.evaluations.iter().copied().filter(move |(evaluation, _)| {
        let evaluation = &school.evaluations[*evaluation];
        let diploma = school.classes[evaluation.class].diploma;
        let bears = || {
            let code = &school.referentials[referential].code;
            diploma == referential || prepares(&school.referentials[diploma], code)
        };
        evaluation.record.affichage && bears()
    })
}

/// Computes the dashboard of a pupil on a référentiel.
///
/// Evaluations whose results are not displayed (EVA-11) are left out everywhere. Those of a seconde
/// family are carried over, criterion by criterion, where the family's référentiel says that a
/// criterion prepares one of this référentiel.
pub fn dashboard(
    school: &School,
    pupil_ix: Ix<Pupil>,
    referential_ix: Ix<Referential>,
) -> Dashboard {
    let pupil = &school.pupils[pupil_ix];
    let referential = &school.referentials[referential_ix];
    let mut columns = Vec::new();
    let mut counts = TypeCounts::default();
    let mut cells: Vec<Vec<Cell>> = vec![Vec::new(); referential.criteria.len()];
    for (evaluation_ix, row) in visible_evaluations(school, pupil, referential_ix) {
        let evaluation = &school.evaluations[evaluation_ix];
        let class: &Class = &school.classes[evaluation.class];
        let own = class.diploma == referential_ix;
        let origin = &school.referentials[class.diploma];
        let column = columns.len();
        let Some(marks) = marks(&evaluation.rows[row].state, evaluation.criteria.len()) else {
            continue;
        };
        for (criterion, mark) in evaluation.criteria.iter().zip(marks) {
            if own {
                cells[criterion.0 as usize].push(Cell { column, mark });
                continue;
            }
            for target in prepared(origin, *criterion, referential) {
                cells[target.0 as usize].push(Cell { column, mark });
            }
        }
        let complexity = evaluation.record.complexite;
        match complexity {
            Complexity::Intermediate => counts.intermediate += 1,
            Complexity::Complex => counts.complex += 1,
        }
        columns.push(Column {
            evaluation: evaluation_ix,
            date: evaluation.record.date,
            year: class.year,
            level: class.record.niveau,
            complexity,
            from_family: !own,
        });
    }
    let reviews = reviews_of(school, pupil, referential_ix);
    let lines = referential
        .competence_ixs()
        .map(|competence| {
            competence_line(school, referential, competence, &columns, &cells, &reviews)
        })
        .collect();
    Dashboard { pupil: pupil_ix, referential: referential_ix, columns, lines, reviews, counts }
}

/// One mark a criterion; none for a pupil who is not rated yet.
fn marks(state: &RowState, criteria: usize) -> Option<Vec<Mark>> {
    match state {
        RowState::Rated(levels) => Some(levels.iter().copied().map(Mark::Level).collect()),
        RowState::Absent => Some(vec![Mark::Absent; criteria]),
        RowState::Exempt => Some(vec![Mark::Exempt; criteria]),
        RowState::Unrated => None,
    }
}

fn competence_line(
    school: &School,
    referential: &Referential,
    competence: CompetenceIx,
    columns: &[Column],
    cells: &[Vec<Cell>],
    reviews: &[Ix<Review>],
) -> CompetenceLine {
    let criteria: Vec<CriterionLine> = referential
        .criteria_of(competence)
        .map(|criterion| CriterionLine { criterion, cells: cells[criterion.0 as usize].clone() })
        .collect();
    let mut observations: Vec<(Observation, usize)> = Vec::new();
    for line in &criteria {
        for cell in &line.cells {
            let Mark::Level(level) = cell.mark else { continue };
            let date = columns[cell.column].date;
            let observation = Observation { criterion: line.criterion, date, level };
            observations.push((observation, cell.column));
        }
    }
    observations.sort_by_key(|(observation, column)| (*column, observation.criterion));
    let series: Vec<Observation> =
        observations.iter().map(|(observation, _)| *observation).collect();
    let positions = reviews
        .iter()
        .map(|review| {
            let review = &school.reviews[*review];
            (review.position(competence), review.letter(competence).map(str::to_owned))
        })
        .collect();
    CompetenceLine { competence, criteria, positions, suggestion: suggest(&series), observations }
}

/// Whether a family's référentiel prepares another one.
fn prepares(family: &Referential, code: &str) -> bool {
    family.record.groupes.iter().flat_map(|group| &group.competences).any(|competence| {
        competence
            .prepare
            .iter()
            .any(|target| target.split_once('/').is_some_and(|(other, _)| other == code))
    })
}

/// The criteria of `target` that a criterion of a family prepares.
fn prepared<'a>(
    family: &'a Referential,
    criterion: CriterionIx,
    target: &'a Referential,
) -> impl Iterator<Item = CriterionIx> + 'a {
    let record = family.criterion_record(criterion);
    record.into_iter().flat_map(|record| &record.prepare).filter_map(|named| {
        let (code, criterion) = named.split_once('/')?;
        (code == target.code).then(|| target.criterion(criterion))?
    })
}
