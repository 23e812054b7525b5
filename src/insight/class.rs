//! A class at a glance: pupils × competences, last position of each (SUI-02).

use crate::record::{Level, StudyLevel};
use crate::school::{Class, CompetenceIx, Ix, Pupil, Referential, Review, School};
use crate::text::Date;

use super::dashboard::dashboard;
use super::distribution::Tally;
use super::follow_up::reviews_of;

/// The table of a class.
#[derive(Debug)]
pub struct ClassView {
    /// The class.
    pub class: Ix<Class>,
    /// One line a pupil, in the order of names: one entry a competence.
    pub lines: Vec<(Ix<Pupil>, Vec<LastPosition>)>,
    /// One tally a competence.
    pub tallies: Vec<CompetenceTally>,
}

/// What is known of a pupil on a competence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastPosition {
    /// A teacher's position, in a validated review.
    Position(Level, Date),
    /// No position yet: what the results suggest.
    Suggested(Level),
    /// Neither position nor result.
    Nothing,
}

/// The figures of a competence in a class.
#[derive(Clone, Copy, Debug)]
pub struct CompetenceTally {
    /// The competence.
    pub competence: CompetenceIx,
    /// The teachers' positions.
    pub positions: Tally,
}

/// The last position of a pupil on a competence: that of the last validated review which assesses
/// it, whatever later reviews leave unassessed.
pub fn last_position(
    school: &School,
    reviews: &[Ix<Review>],
    competence: CompetenceIx,
) -> Option<(Level, Date)> {
    reviews
        .iter()
        .rev()
        .map(|review| &school.reviews[*review])
        .filter(|review| review.is_valid())
        .find_map(|review| {
            let level = review.position(competence);
            level.rank().map(|_| (level, review.key.date))
        })
}

/// Computes the table of a class, for its pupils or those of them that `keep` names.
pub fn class_view(school: &School, class_ix: Ix<Class>) -> ClassView {
    let class = &school.classes[class_ix];
    let referential = &school.referentials[class.diploma];
    let mut tallies: Vec<CompetenceTally> = referential
        .competence_ixs()
        .map(|competence| CompetenceTally { competence, positions: Tally::default() })
        .collect();
    let mut lines = Vec::with_capacity(class.pupils.len());
    for pupil in &class.pupils {
        let reviews =
            up_to(school, reviews_of(school, &school.pupils[*pupil], class.diploma), class);
        let mut line: Vec<LastPosition> = referential
            .competence_ixs()
            .map(|competence| match last_position(school, &reviews, competence) {
                Some((level, date)) => LastPosition::Position(level, date),
                None => LastPosition::Nothing,
            })
            .collect();
        // An old class shows what was decided then: later results must not colour it.
        if class.year == school.current_year() && line.contains(&LastPosition::Nothing) {
            suggest_missing(school, *pupil, class.diploma, &mut line);
        }
        for (tally, last) in tallies.iter_mut().zip(&line) {
            tally.positions.add(match last {
                LastPosition::Position(level, _) => *level,
                LastPosition::Suggested(_) | LastPosition::Nothing => Level::NotAssessed,
            });
        }
        lines.push((*pupil, line));
    }
    ClassView { class: class_ix, lines, tallies }
}

/// The reviews up to the end of the class's year: an old class keeps its own picture.
fn up_to(school: &School, reviews: Vec<Ix<Review>>, class: &Class) -> Vec<Ix<Review>> {
    let end = class.year.last_day();
    reviews.into_iter().filter(|review| school.reviews[*review].key.date <= end).collect()
}

fn suggest_missing(
    school: &School,
    pupil: Ix<Pupil>,
    diploma: Ix<Referential>,
    line: &mut [LastPosition],
) {
    let dashboard = dashboard(school, pupil, diploma);
    for (last, computed) in line.iter_mut().zip(&dashboard.lines) {
        if let (LastPosition::Nothing, Some(suggestion)) = (*last, &computed.suggestion) {
            *last = LastPosition::Suggested(suggestion.level);
        }
    }
}

impl ClassView {
    /// The level of study of the class.
    pub fn level(&self, school: &School) -> StudyLevel {
        school.classes[self.class].record.niveau
    }
}
