//! A candidate's CCF grid, linked.

use std::sync::Arc;

use super::{Class, CriterionIx, Ix, Person, Pupil, Referential, School};
use crate::record::{self, Deadline, Role, Unlock};
use crate::text::{Date, SchoolYear, slug};

/// A grid with its candidate, its national form and its levels.
#[derive(Debug)]
pub struct FilledGrid {
    /// The candidate.
    pub pupil: Ix<Pupil>,
    /// The exam session.
    pub session: i16,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::FilledGrid,
    /// The candidate's last class of that session.
    pub class: Ix<Class>,
    /// The référentiel of that class.
    pub diploma: Ix<Referential>,
    /// Position of the national grid among those of the référentiel.
    pub grid: usize,
    /// The author, if known.
    pub author: Option<Ix<Person>>,
    /// The members of the commission, in the order of the file: the person, for those of the staff.
    pub members: Vec<Option<Ix<Person>>>,
    /// Who each of them is; nothing for one who is not named.
    pub seats: Vec<Option<Seat>>,
    /// The levels given, from 1 to 4, in the order of the référentiel.
    pub levels: Vec<(CriterionIx, u8)>,
}

/// Who sits on a commission, whatever the way it is written: two members are two people (CCF-13).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seat {
    /// Somebody of the staff, even when named as if from outside.
    Staff(String),
    /// Somebody from outside: family name and first name, folded.
    Outside(String, String),
}

/// An entry made after the last day for certification (PER-04, LCK-06).
#[derive(Debug)]
pub struct Lateness<'a> {
    /// The last day.
    pub limit: Date,
    /// The day of the entry.
    pub day: Date,
    /// The permission that a DDFPT gave, on that last day or later.
    pub approval: Option<&'a Unlock>,
}

impl FilledGrid {
    /// The national form that it fills.
    pub fn form<'a>(&self, school: &'a School) -> &'a record::Grid {
        &school.referentials[self.diploma].record.grilles[self.grid]
    }

    /// Whether its first entry or its lock came after the last day fixed for the exam.
    pub fn lateness<'a>(&'a self, school: &School) -> Option<Lateness<'a>> {
        let exam = &self.form(school).epreuve;
        let limit = school.certification_deadline(self.diploma, self.session, exam)?.date_limite;
        let days = [self.record.verrouillage.as_ref().map(|seal| seal.le), self.record.date];
        let day = days.into_iter().flatten().find(|day| *day > limit)?;
        let by_ddfpt = |unlock: &&Unlock| {
            let person = school.person(&unlock.par).map(|ix| &school.people[ix]);
            unlock.date >= limit && person.is_some_and(|person| person.has_role(Role::Ddfpt))
        };
        Some(Lateness { limit, day, approval: self.record.deverrouillage.iter().find(by_ddfpt) })
    }

    /// The level of a line.
    pub fn level(&self, criterion: CriterionIx) -> Option<u8> {
        self.levels.iter().find(|(other, _)| *other == criterion).map(|(_, level)| *level)
    }

    /// Whether the commission closed it, and no DDFPT opened it since (LCK-04).
    pub fn is_locked(&self) -> bool {
        self.record.is_locked()
    }
}

impl School {
    /// The last day for the certification of an exam in a session: that of the exam itself, or else
    /// that of all exams of the diploma, in the calendar of the year of the session.
    pub fn certification_deadline(
        &self,
        diploma: Ix<Referential>,
        session: i16,
        exam: &str,
    ) -> Option<&Deadline> {
        let calendar = self.year(SchoolYear(session - 1))?.calendar.as_ref()?;
        let code = &self.referentials[diploma].code;
        let of_diploma =
            || calendar.record.certification.iter().filter(|limit| limit.diplome.0 == *code);
        of_diploma()
            .find(|limit| limit.epreuve.as_deref() == Some(exam))
            .or_else(|| of_diploma().find(|limit| limit.epreuve.is_none()))
    }
}

impl Referential {
    /// The lines of a national grid, in its order. Codes that the référentiel does not know are told
    /// by its own rules.
    pub fn grid_lines(&self, grid: usize) -> impl Iterator<Item = CriterionIx> + '_ {
        self.record.grilles[grid].lignes.iter().filter_map(|code| self.criterion(code))
    }

    /// The name of a national grid in the names of files: its code in lower case.
    pub fn grid_name(&self, grid: usize) -> String {
        slug(&self.record.grilles[grid].code)
    }

    /// The national grid whose code is written so in the name of a file: in lower case.
    pub fn grid(&self, name: &str) -> Option<usize> {
        self.record.grilles.iter().position(|grid| slug(&grid.code) == name)
    }
}
