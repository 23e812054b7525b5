//! A pupil's dashboard on one référentiel: columns in time order, cells, positions, suggestions.

use crate::record::{Complexity, Level, StudyLevel};
use crate::school::{
    CompetenceIx, CriterionIx, Evaluation, Ix, Portfolio, Pupil, Referential, Review, RowState,
    School,
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
    /// The visible evaluations and valid company reviews that bear on it, in time order (DASH-01).
    pub columns: Vec<Column>,
    /// One line a competence, in the order of the référentiel.
    pub lines: Vec<CompetenceLine>,
    /// The pupil's reviews on this référentiel, oldest first.
    pub reviews: Vec<Ix<Review>>,
    /// How many columns there are of each code (DASH-04).
    pub counts: TypeCounts,
}

/// An evaluation or a company review as a column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Where its results come from.
    pub source: Source,
    /// The date of the work.
    pub date: Date,
    /// Its school year.
    pub year: SchoolYear,
    /// The level of study of its class, or of its period (DASH-06).
    pub level: StudyLevel,
    /// The code of its cells.
    pub code: ResultCode,
    /// Whether it was rated on the référentiel of the seconde family.
    pub from_family: bool,
}

/// What a column shows (DASH-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// An evaluation made in school.
    Evaluation(Ix<Evaluation>),
    /// The valid company review of a portfolio (POR-13).
    Portfolio(Ix<Portfolio>),
}

/// The code in a cell (EVA-08, DASH-07); its shape follows from it (DASH-09).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultCode {
    /// `Int`
    Intermediate,
    /// `C`
    Complex,
    /// `E`
    Company,
}

impl ResultCode {
    /// All codes, in the order of the filter.
    pub const ALL: [Self; 3] = [Self::Intermediate, Self::Complex, Self::Company];

    /// What stands in the cell.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Intermediate => Complexity::Intermediate.as_str(),
            Self::Complex => Complexity::Complex.as_str(),
            Self::Company => "E",
        }
    }

    /// Its meaning.
    pub fn label(self) -> &'static str {
        match self {
            Self::Intermediate => Complexity::Intermediate.label(),
            Self::Complex => Complexity::Complex.label(),
            Self::Company => "Entreprise",
        }
    }

    /// Whether the work was done in a company: its cells are capsules.
    pub fn is_company(self) -> bool {
        matches!(self, Self::Company)
    }
}

impl From<Complexity> for ResultCode {
    fn from(complexity: Complexity) -> Self {
        match complexity {
            Complexity::Intermediate => Self::Intermediate,
            Complexity::Complex => Self::Complex,
        }
    }
}

/// Numbers of columns by code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TypeCounts {
    /// `Int`.
    pub intermediate: usize,
    /// `C`.
    pub complex: usize,
    /// `E`: company reviews.
    pub company: usize,
}

impl TypeCounts {
    /// The number of one code.
    pub fn of(&self, code: ResultCode) -> usize {
        match code {
            ResultCode::Intermediate => self.intermediate,
            ResultCode::Complex => self.complex,
            ResultCode::Company => self.company,
        }
    }
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
    /// Position among the columns.
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

/// The portfolios whose valid company review a pupil's dashboard on a référentiel shows, by the date
/// of the review: those of periods for it, or for a family that prepares it (POR-13).
pub fn company_reviews(
    school: &School,
    pupil: &Pupil,
    referential: Ix<Referential>,
) -> Vec<(Date, Ix<Portfolio>)> {
    let code = &school.referentials[referential].code;
    let shown = |ix: &Ix<Portfolio>| {
        let portfolio = &school.portfolios[*ix];
        let review = portfolio.valid_review().filter(|_| !portfolio.results.is_empty())?;
        let diploma = school.periods[portfolio.period].diploma;
        let bears = diploma == referential || prepares(&school.referentials[diploma], code);
        bears.then_some((review.date, *ix))
    };
    let mut reviews: Vec<_> = pupil.portfolios.iter().filter_map(shown).collect();
    reviews.sort_unstable();
    reviews
}

/// Computes the dashboard of a pupil on a référentiel.
///
/// Evaluations whose results are not displayed (EVA-11) are left out everywhere, and so are company
/// reviews that are not valid (POR-13). Results of a seconde family are carried over, criterion by
/// criterion, where the family's référentiel says that a criterion prepares one of this référentiel.
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
    for Results { diploma, mut column, marks } in results(school, pupil, referential_ix) {
        let place = columns.len();
        column.from_family = diploma != referential_ix;
        for (criterion, mark) in marks {
            if !column.from_family {
                cells[criterion.0 as usize].push(Cell { column: place, mark });
                continue;
            }
            for target in prepared(&school.referentials[diploma], criterion, referential) {
                cells[target.0 as usize].push(Cell { column: place, mark });
            }
        }
        match column.code {
            ResultCode::Intermediate => counts.intermediate += 1,
            ResultCode::Complex => counts.complex += 1,
            ResultCode::Company => counts.company += 1,
        }
        columns.push(column);
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

/// What one source says of a pupil, on the référentiel that it was rated on.
struct Results {
    diploma: Ix<Referential>,
    column: Column,
    marks: Vec<(CriterionIx, Mark)>,
}

/// All that a dashboard shows, in time order; on one day, evaluations come first.
fn results(school: &School, pupil: &Pupil, referential: Ix<Referential>) -> Vec<Results> {
    let evaluations = visible_evaluations(school, pupil, referential);
    let reviews = company_reviews(school, pupil, referential);
    let mut all: Vec<Results> = evaluations
        .filter_map(|(evaluation, row)| of_evaluation(school, evaluation, row))
        .chain(reviews.into_iter().map(|(date, portfolio)| of_company(school, date, portfolio)))
        .collect();
    all.sort_by_key(|results| results.column.date);
    all
}

/// Nothing for a pupil who is not rated yet.
fn of_evaluation(school: &School, ix: Ix<Evaluation>, row: usize) -> Option<Results> {
    let evaluation = &school.evaluations[ix];
    let class = &school.classes[evaluation.class];
    let criteria = || evaluation.criteria.iter().copied();
    let marks = match &evaluation.rows[row].state {
        RowState::Rated(levels) => {
            criteria().zip(levels.iter().copied().map(Mark::Level)).collect()
        }
        RowState::Absent => criteria().map(|criterion| (criterion, Mark::Absent)).collect(),
        RowState::Exempt => criteria().map(|criterion| (criterion, Mark::Exempt)).collect(),
        RowState::Unrated => return None,
    };
    let column = Column {
        source: Source::Evaluation(ix),
        date: evaluation.record.date,
        year: class.year,
        level: class.record.niveau,
        code: evaluation.record.complexite.into(),
        from_family: false,
    };
    Some(Results { diploma: class.diploma, column, marks })
}

fn of_company(school: &School, date: Date, ix: Ix<Portfolio>) -> Results {
    let portfolio = &school.portfolios[ix];
    let period = &school.periods[portfolio.period];
    let column = Column {
        source: Source::Portfolio(ix),
        date,
        year: period.year,
        level: period.record.niveau,
        code: ResultCode::Company,
        from_family: false,
    };
    let marks = portfolio.results.iter();
    let marks = marks.map(|(criterion, level)| (*criterion, Mark::Level(*level))).collect();
    Results { diploma: period.diploma, column, marks }
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
