//! What the référentiel allows to say of a mark: a profile in words, half-points, means of situations.
//!
//! No mark is ever computed from levels. The national grids of MCV and MA are filled "by profile": no
//! point is given to a line, and the commission decides. Where an exam has weights, the weights are
//! shown; how a level becomes points is in no official text that was found, so no number is made of it.

use crate::record::{Exam, Grid};
use crate::school::{CompetenceIx, FilledGrid, Referential, School};

/// The levels of a grid as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelProfile {
    /// How many lines stand at each level, from 1 to 4.
    pub counts: [usize; 4],
    /// How many lines have no level yet.
    pub without: usize,
    /// The highest level that at least half of the rated lines reach.
    pub reached_by_half: Option<u8>,
}

/// How the référentiel has the mark decided.
#[derive(Clone, Debug, PartialEq)]
pub enum MarkRule {
    /// By profile: the commission decides, and no point is given to a line.
    Profile,
    /// Weights of the competences, in percent; how a level becomes points is not known.
    Weights(Vec<(CompetenceIx, f64)>),
    /// The référentiel says nothing.
    Unknown,
}

/// The profile of a filled grid, over the lines of its national form.
pub fn level_profile(school: &School, grid: &FilledGrid) -> LevelProfile {
    let lines = school.referentials[grid.diploma].grid_lines(grid.grid);
    profile(lines.map(|line| grid.level(line)))
}

fn profile(levels: impl Iterator<Item = Option<u8>>) -> LevelProfile {
    let (mut counts, mut without) = ([0; 4], 0);
    for level in levels {
        match level.and_then(|level| counts.get_mut(usize::from(level).wrapping_sub(1))) {
            Some(count) => *count += 1,
            None => without += 1,
        }
    }
    let rated: usize = counts.iter().sum();
    let reaching = |rank: u8| counts.iter().skip(usize::from(rank) - 1).sum::<usize>();
    let reached_by_half = (1..=4).rev().find(|rank| rated > 0 && 2 * reaching(*rank) >= rated);
    LevelProfile { counts, without, reached_by_half }
}

/// What the référentiel says of the mark of a grid in a session.
pub fn mark_rule(referential: &Referential, grid: &Grid, session: i16) -> MarkRule {
    let words = [grid.note.as_deref(), grid.saisie.as_deref()];
    if words.into_iter().flatten().any(|words| words.contains("profil")) {
        return MarkRule::Profile;
    }
    let weights: Vec<(CompetenceIx, f64)> = exam_of(referential, session, &grid.epreuve)
        .into_iter()
        .flat_map(|exam| &exam.poids)
        .filter_map(|weight| Some((referential.competence(&weight.competence)?, weight.pourcent.0)))
        .collect();
    if weights.is_empty() { MarkRule::Unknown } else { MarkRule::Weights(weights) }
}

/// An exam by code, in its version of a session.
pub fn exam_of<'a>(referential: &'a Referential, session: i16, code: &str) -> Option<&'a Exam> {
    referential.exams_of(session).find(|exam| exam.code == code)
}

/// The mark of an exam from those of its grids: the mark itself when there is one grid; the mean,
/// rounded up to the half-point, when the référentiel has it so; nothing when it does not say.
pub fn exam_mark(
    referential: &Referential,
    session: i16,
    code: &str,
    marks: &[f64],
) -> Option<f64> {
    match marks {
        [] => None,
        [mark] => Some(*mark),
        marks => {
            let rule = exam_of(referential, session, code)?.calcul.as_deref()?;
            let mean = rule.starts_with("moyenne") && rule.contains("demi-point supérieur");
            mean.then(|| mean_up(marks))
        }
    }
}

/// The mean of marks, rounded up to the half-point.
fn mean_up(marks: &[f64]) -> f64 {
    let number = u32::try_from(marks.len()).map_or(1.0, f64::from);
    half_point_up(marks.iter().sum::<f64>() / number)
}

/// A mark rounded up to the half-point: 13.25 becomes 13.5, 13.5 stays.
pub fn half_point_up(mark: f64) -> f64 {
    // What is a half-point but for the last bits of a division is one.
    (mark * 2.0 - 1e-9).ceil() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_up_to_the_half_point() {
        for (mark, up) in [(0.0, 0.0), (13.0, 13.0), (13.01, 13.5), (13.25, 13.5), (13.5, 13.5)] {
            assert_eq!(half_point_up(mark), up, "{mark}");
        }
        assert_eq!(
            (half_point_up(13.51), half_point_up(19.75), half_point_up(20.0)),
            (14.0, 20.0, 20.0)
        );
        // Two situations: (13 + 14.5) / 2 = 13.75, up to 14; (12 + 13) / 2 = 12.5 stays.
        assert_eq!((mean_up(&[13.0, 14.5]), mean_up(&[12.0, 13.0])), (14.0, 12.5));
        // A third of a point: (10 + 10 + 11) / 3 = 10.33, up to 10.5.
        assert_eq!(mean_up(&[10.0, 10.0, 11.0]), 10.5);
    }

    #[test]
    fn a_profile_counts_lines_and_makes_no_number() {
        let levels = [Some(4), Some(3), Some(3), Some(2), None];
        let made = profile(levels.into_iter());
        // Three of four rated lines reach level 3, one reaches level 4.
        assert_eq!((made.counts, made.without, made.reached_by_half), ([0, 1, 2, 1], 1, Some(3)));
        let half = profile([Some(4), Some(4), Some(1), Some(1)].into_iter());
        assert_eq!(half.reached_by_half, Some(4));
        assert_eq!(profile([None, None].into_iter()).reached_by_half, None);
        assert_eq!(profile([Some(0), Some(5)].into_iter()).without, 2);
    }
}
