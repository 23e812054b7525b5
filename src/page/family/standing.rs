//! Where each competence stands after the last validated review, and what changed since the one before.

use serde::Serialize;

use crate::insight::last_position;
use crate::page::{D, Day};
use crate::record::Level;
use crate::school::{Ix, Review, School};

/// Where the competences of a pupil stand.
#[derive(Debug, Serialize)]
pub struct Standing {
    /// The diploma whose competences these are, when it is not that of the present class: they were
    /// decided before.
    pub decided_for: Option<String>,
    /// Those that a review positioned, in the order of the référentiel.
    pub assessed: Vec<FamilyCompetence>,
    /// Code and wording of the others.
    pub not_yet: Vec<(String, String)>,
    /// How many stand at each level, from `--` to `++`.
    pub counts: Vec<(&'static str, usize)>,
    /// How many went up, went down, are positioned for the first time.
    pub changes: [usize; 3],
    /// The day of the review to which the last one is compared.
    pub since: Option<Day>,
}

/// A competence that a validated review positioned.
#[derive(Debug, Serialize)]
pub struct FamilyCompetence {
    /// "C1.2".
    pub code: String,
    /// Its wording.
    pub title: String,
    /// Sign of the level.
    pub level: &'static str,
    /// Sign of the level before, when it was another one.
    pub before: Option<&'static str>,
    /// What became of it.
    pub change: Option<Change>,
    /// The day of the review that says so.
    pub day: Day,
}

/// What became of a competence since the review before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It went up.
    Up,
    /// It stays.
    Same,
    /// It went down.
    Down,
    /// It had no position.
    New,
}

/// Where competences stand; `valid` are the validated reviews on a référentiel, oldest first;
/// `of_another` when that is not the one of the present class.
pub(super) fn standing(school: &School, d: D, valid: &[Ix<Review>], of_another: bool) -> Standing {
    let referential = &school.referentials[d];
    let before = valid.split_last().map_or(&[][..], |(_, before)| before);
    let (mut assessed, mut not_yet) = (Vec::new(), Vec::new());
    for competence in referential.competence_ixs() {
        let record = referential.competence_record(competence);
        let (code, title) = (record.code.clone(), record.intitule.clone());
        let Some((level, day)) = last_position(school, valid, competence) else {
            not_yet.push((code, title));
            continue;
        };
        let earlier = last_position(school, before, competence).map(|(level, _)| level);
        let change = match earlier {
            _ if before.is_empty() => None,
            None => Some(Change::New),
            Some(earlier) if earlier.rank() < level.rank() => Some(Change::Up),
            Some(earlier) if earlier.rank() > level.rank() => Some(Change::Down),
            Some(_) => Some(Change::Same),
        };
        assessed.push(FamilyCompetence {
            code,
            title,
            level: level.as_str(),
            before: earlier.filter(|earlier| *earlier != level).map(Level::as_str),
            change,
            day: day.into(),
        });
    }
    let at = |level: &Level| {
        (level.as_str(), assessed.iter().filter(|one| one.level == level.as_str()).count())
    };
    let changed = |wanted| assessed.iter().filter(|one| one.change == Some(wanted)).count();
    Standing {
        decided_for: of_another.then(|| referential.record.intitule.clone()),
        counts: Level::ALL[1..].iter().map(at).collect(),
        changes: [changed(Change::Up), changed(Change::Down), changed(Change::New)],
        since: before.last().map(|review| school.reviews[*review].key.date.into()),
        assessed,
        not_yet,
    }
}
