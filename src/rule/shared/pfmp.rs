//! The numbers of the PFMP along the cycle (PER-03).

use crate::record::StudyLevel;

/// The first of the two numbers of a level of the three-year cycle; other cycles have no rule.
pub(in crate::rule) fn first_number(level: StudyLevel) -> Option<i64> {
    match level {
        StudyLevel::Seconde => Some(1),
        StudyLevel::Premiere => Some(3),
        StudyLevel::Terminale => Some(5),
        StudyLevel::Cap1 | StudyLevel::Cap2 | StudyLevel::Bts1 | StudyLevel::Bts2 => None,
    }
}
