//! The five steps of the start of the year, derived from the records (CON-01, CON-02).

use std::collections::BTreeSet;

use crate::insight::official_periods;
use crate::record::{ReferentialType, Status};
use crate::school::{Class, Ix, School};

/// A step of the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// Diplomas followed.
    Diplomas,
    /// Pupils and classes imported.
    Import,
    /// Official periods of each class.
    OfficialPeriods,
    /// Rhythm of the livret of each diploma and level.
    LivretPeriods,
    /// Deadlines of certification.
    Certification,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Nothing remains.
    Done,
    /// The first one where something remains.
    Current,
    /// A later one where something remains.
    ToDo,
}

/// A step and what remains of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which one.
    pub kind: StepKind,
    /// Where it stands.
    pub state: StepState,
    /// What is still to be set, in words: class or diploma and level.
    pub remaining: Vec<String>,
}

/// The five steps of the current year.
pub fn steps(school: &School) -> Vec<Step> {
    let mut current = true;
    [
        (StepKind::Diplomas, without_class(school)),
        (StepKind::Import, empty_classes(school)),
        (StepKind::OfficialPeriods, classes_without_period(school)),
        (StepKind::LivretPeriods, levels_without_rhythm(school)),
        (StepKind::Certification, diplomas_without_deadline(school)),
    ]
    .into_iter()
    .map(|(kind, remaining)| {
        let state = match (remaining.is_empty(), current) {
            (true, _) => StepState::Done,
            (false, true) => StepState::Current,
            (false, false) => StepState::ToDo,
        };
        current &= state == StepState::Done;
        Step { kind, state, remaining }
    })
    .collect()
}

fn current_classes(school: &School) -> impl Iterator<Item = (Ix<Class>, &Class)> {
    let year = school.current_year();
    school.classes.iter().filter(move |(_, class)| class.year == year)
}

fn without_class(school: &School) -> Vec<String> {
    match current_classes(school).next() {
        Some(_) => Vec::new(),
        None => vec!["aucun diplôme n’a de classe cette année".to_owned()],
    }
}

fn empty_classes(school: &School) -> Vec<String> {
    let empty = current_classes(school).filter(|(_, class)| class.pupils.is_empty());
    empty.map(|(_, class)| class.record.nom.clone()).collect()
}

fn classes_without_period(school: &School) -> Vec<String> {
    current_classes(school)
        .filter(|(_, class)| official_periods(school, class).is_empty())
        .map(|(_, class)| class.record.nom.clone())
        .collect()
}

/// Diploma and level of a class whose pupils have a livret, as the calendar sets its rhythm.
fn levels_without_rhythm(school: &School) -> Vec<String> {
    let calendar = school.year(school.current_year()).and_then(|year| year.calendar.as_ref());
    let mut missing = BTreeSet::new();
    for (ix, class) in current_classes(school) {
        let level = class.record.niveau;
        let diploma = &school.referentials[class.diploma];
        let has_livret = diploma.record.genre == ReferentialType::BacPro
            && school
                .livret_rules(class.session())
                .is_some_and(|rules| rules.niveaux.contains(&level))
            && has_scolaires(school, ix);
        let set = calendar.is_some_and(|calendar| {
            let mut rhythms = calendar.record.lsl.iter();
            rhythms.any(|rhythm| rhythm.niveau == level && *rhythm.diplome == diploma.code)
        });
        if has_livret && !set {
            missing.insert((diploma.record.sigle.clone(), level));
        }
    }
    missing.into_iter().map(|(sigle, level)| format!("{sigle}, {}", level.label())).collect()
}

fn has_scolaires(school: &School, class: Ix<Class>) -> bool {
    school.classes[class].pupils.iter().any(|pupil| {
        let stays = &school.pupils[*pupil].stays;
        stays.iter().any(|stay| stay.class == class && stay.status == Status::School)
    })
}

/// Diplomas examined this year for which an exam assessed in the school has no deadline.
fn diplomas_without_deadline(school: &School) -> Vec<String> {
    let calendar = school.year(school.current_year()).and_then(|year| year.calendar.as_ref());
    let mut missing = BTreeSet::new();
    for (_, class) in current_classes(school).filter(|(_, class)| class.is_final_year()) {
        let diploma = &school.referentials[class.diploma];
        let is_set = |exam: Option<&str>| {
            calendar.is_some_and(|calendar| {
                calendar.record.certification.iter().any(|deadline| {
                    *deadline.diplome == diploma.code
                        && (deadline.epreuve.is_none() || deadline.epreuve.as_deref() == exam)
                })
            })
        };
        let grids = &diploma.record.grilles;
        let unset = grids.iter().any(|grid| !is_set(Some(&grid.epreuve)));
        let any = calendar.is_some_and(|calendar| {
            let mut all = calendar.record.certification.iter();
            all.any(|deadline| *deadline.diplome == diploma.code)
        });
        if unset || grids.is_empty() && !any {
            missing.insert(diploma.record.sigle.clone());
        }
    }
    missing.into_iter().collect()
}
