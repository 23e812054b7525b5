//! The pupil's own results, as the dashboard has them for a learner (DASH-18): those that teachers hide
//! are not there (EVA-11), nor any suggestion.

use serde::Serialize;

use crate::insight::{Dashboard, Mark};
use crate::page::Day;
use crate::school::School;

/// The results of a pupil.
#[derive(Debug, Serialize)]
pub struct FamilyResults {
    /// How many pieces of work they come from, at school and in companies.
    pub works: (usize, usize),
    /// Competences with at least one result.
    pub competences: Vec<CompetenceResults>,
}

/// The results of a competence.
#[derive(Debug, Serialize)]
pub struct CompetenceResults {
    /// "C1.2".
    pub code: String,
    /// Its wording.
    pub title: String,
    /// Its criteria that have results.
    pub criteria: Vec<CriterionResults>,
}

/// The results on a criterion, in time order.
#[derive(Debug, Serialize)]
pub struct CriterionResults {
    /// Its wording; nothing when the competence has no criteria.
    pub title: Option<String>,
    /// Its results.
    pub results: Vec<FamilyResult>,
}

/// A result.
#[derive(Debug, Serialize)]
pub struct FamilyResult {
    /// The day.
    pub day: Day,
    /// Sign of the level, "abs" or "disp".
    pub sign: &'static str,
    /// Whether it was in a company.
    pub company: bool,
}

pub(super) fn results(school: &School, board: &Dashboard) -> FamilyResults {
    let referential = &school.referentials[board.referential];
    let result = |cell: &crate::insight::Cell| {
        let column = &board.columns[cell.column];
        FamilyResult {
            day: column.date.into(),
            sign: match cell.mark {
                Mark::Level(level) => level.as_str(),
                Mark::Absent => "abs",
                Mark::Exempt => "disp",
            },
            company: column.code.is_company(),
        }
    };
    let competences = board.lines.iter().map(|line| {
        let record = referential.competence_record(line.competence);
        let criteria = line.criteria.iter().filter(|criterion| !criterion.cells.is_empty());
        let criteria = criteria.map(|criterion| CriterionResults {
            title: referential.criterion_record(criterion.criterion).map(|c| c.intitule.clone()),
            results: criterion.cells.iter().map(result).collect(),
        });
        CompetenceResults {
            code: record.code.clone(),
            title: record.intitule.clone(),
            criteria: criteria.collect(),
        }
    });
    let company = board.columns.iter().filter(|column| column.code.is_company()).count();
    FamilyResults {
        works: (board.columns.len() - company, company),
        competences: competences.filter(|one| !one.criteria.is_empty()).collect(),
    }
}
