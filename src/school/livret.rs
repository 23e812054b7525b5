//! A pupil's livret scolaire for a year, linked.

use std::sync::Arc;

use super::{Class, Ix, Person, Pupil, Referential, School, Stay};
use crate::record::{self, LivretRules, PeriodMark, ReferentialType, Status};
use crate::text::{SchoolYear, characters};

/// The livret with its class, its expected competences and its teachers.
#[derive(Debug)]
pub struct Livret {
    /// The pupil.
    pub pupil: Ix<Pupil>,
    /// The school year.
    pub year: SchoolYear,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::Livret,
    /// The pupil's last class of that year.
    pub class: Ix<Class>,
    /// The référentiel of that class.
    pub diploma: Ix<Referential>,
    /// The teachers of the spécialité, in the order of the file.
    pub teachers: Vec<Ix<Person>>,
    /// Who signs the PFMP part.
    pub placement_teacher: Option<Ix<Person>>,
    /// The teachers of the projet, in the order of the file.
    pub project_teachers: Vec<Ix<Person>>,
    /// Who signs the parcours, the observation of the CPE, the opinion on investment and the visa of the head.
    pub signed: [Option<Ix<Person>>; 4],
    /// The levels given, by position in the expected list of the référentiel (`[lsl]`).
    pub levels: Vec<(usize, u8)>,
}

impl Livret {
    /// The level of an expected competence, by its position in the list.
    pub fn level(&self, line: usize) -> Option<u8> {
        self.levels.iter().find(|(other, _)| *other == line).map(|(_, level)| *level)
    }
}

/// What is wrong with the mark of a period, whatever else the livret says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkFault {
    /// The class has official periods, and this is none of them (LSL-30).
    UnknownPeriod,
    /// The period already has the mark at this place (LSL-31).
    Twice(usize),
    /// Neither a mark nor the word that there is none.
    Empty,
    /// Both a mark and the word that there is none.
    Both,
    /// The mark at this place is of an earlier period and a later review, or of the same one
    /// (LSL-32).
    Order(usize),
}

impl School {
    /// The last stay of a pupil in a school year: it says under which status the year ended.
    pub fn last_stay_of(&self, pupil: Ix<Pupil>, year: SchoolYear) -> Option<&Stay> {
        let mut stays = self.pupils[pupil].stays.iter().rev();
        stays.find(|stay| self.classes[stay.class].year == year)
    }

    /// Whether a pupil ended a school year as an apprentice: no livret then (LSL-02).
    pub fn ended_as_apprentice(&self, pupil: Ix<Pupil>, year: SchoolYear) -> bool {
        self.last_stay_of(pupil, year).is_some_and(|stay| stay.status == Status::Apprentice)
    }

    /// The livret of a pupil for a school year, if its file was read.
    pub fn livret_of(&self, pupil: Ix<Pupil>, year: SchoolYear) -> Option<Ix<Livret>> {
        let mut livrets = self.pupils[pupil].livrets.iter().copied();
        livrets.find(|livret| self.livrets[*livret].year == year)
    }

    /// The rules of the livret of a class, if its diploma and level of study have one (LSL-06).
    pub fn livret_rules_of(&self, class: &Class) -> Option<&LivretRules> {
        let diploma = &self.referentials[class.diploma].record;
        let rules = self.livret_rules(class.session())?;
        let concerned = diploma.genre == ReferentialType::BacPro
            && rules.niveaux.contains(&class.record.niveau);
        concerned.then_some(rules)
    }
}

impl Livret {
    /// What is wrong with each mark, by place in the file; most have nothing.
    pub fn mark_faults(&self, school: &School) -> Vec<(usize, MarkFault)> {
        let class = &school.classes[self.class];
        let periods = school.periods_of_class(class);
        let rank =
            |mark: &PeriodMark| periods.iter().position(|period| period.code == mark.periode);
        let marks = &self.record.notes;
        let mut faults = Vec::new();
        for (place, mark) in marks.iter().enumerate() {
            let before = &marks[..place];
            if !periods.is_empty() && rank(mark).is_none() {
                faults.push((place, MarkFault::UnknownPeriod));
            } else if let Some(first) = before.iter().position(|m| m.periode == mark.periode) {
                faults.push((place, MarkFault::Twice(first)));
            } else if let Some(other) =
                marks.iter().position(|o| self.crosses(school, mark, o, &rank))
            {
                faults.push((place, MarkFault::Order(other)));
            }
            match (mark.note, mark.non_note) {
                (None, false) => faults.push((place, MarkFault::Empty)),
                (Some(_), true) => faults.push((place, MarkFault::Both)),
                _ => {}
            }
        }
        faults
    }

    /// Whether a mark is of a later period than another, and of an earlier review; or of the same
    /// day, unless that day has a review for each. Two reviews of one day have no order.
    fn crosses(
        &self,
        school: &School,
        mark: &PeriodMark,
        other: &PeriodMark,
        rank: &impl Fn(&PeriodMark) -> Option<usize>,
    ) -> bool {
        let (Some(later), Some(earlier)) = (rank(mark), rank(other)) else { return false };
        let (Some(day), Some(other_day)) = (mark.bilan, other.bilan) else { return false };
        if later <= earlier || day > other_day {
            return false;
        }
        let of_the_day = |date| {
            let reviews = school.pupils[self.pupil].reviews.iter();
            reviews.filter(|ix| school.reviews[**ix].key.date == date).count()
        };
        let marks_of_the_day = self.record.notes.iter().filter(|m| m.bilan == Some(day)).count();
        // A day without review is told for itself.
        day < other_day || (1..marks_of_the_day).contains(&of_the_day(day))
    }
}

/// How many characters a text has over its limit; 0 when it holds.
pub fn characters_over(text: &str, limit: i64) -> usize {
    characters(text).saturating_sub(usize::try_from(limit).unwrap_or_default())
}
