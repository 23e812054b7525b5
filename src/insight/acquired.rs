//! What a pupil has acquired, competence by competence, for an attestation (ATT-02).

use crate::record::Level;
use crate::school::{CompetenceIx, Ix, Pupil, Referential, School};
use crate::text::Date;

use super::class::last_position;
use super::dashboard::dashboard;
use super::distribution::Tally;
use super::suggestion::Suggestion;

/// A competence with the figures of the dashboard.
#[derive(Debug)]
pub struct Acquired {
    /// The competence.
    pub competence: CompetenceIx,
    /// The last position, in a validated review, and its date.
    pub last: Option<(Level, Date)>,
    /// The results on its criteria, in school and in companies.
    pub results: Tally,
    /// What the results suggest.
    pub suggestion: Option<Suggestion>,
}

/// One line a competence, in the order of the référentiel: the figures are those of the dashboard.
pub fn acquired(school: &School, pupil: Ix<Pupil>, diploma: Ix<Referential>) -> Vec<Acquired> {
    let figures = dashboard(school, pupil, diploma);
    let reviews = &figures.reviews;
    let line = |line: super::dashboard::CompetenceLine| {
        let mut results = Tally::default();
        for (observation, _) in &line.observations {
            results.add(observation.level);
        }
        Acquired {
            competence: line.competence,
            last: last_position(school, reviews, line.competence),
            results,
            suggestion: line.suggestion,
        }
    };
    figures.lines.into_iter().map(line).collect()
}
