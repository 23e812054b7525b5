//! The linked model: identifiers resolved, people and results side by side. No reading, no writing.

mod addressee;
mod annex;
mod attestation;
mod book_page;
mod class;
mod evaluation;
mod filled_grid;
mod grid_gap;
mod group;
mod link;
mod livret;
mod period;
mod period_pair;
mod period_pupil;
mod person;
mod portfolio;
mod pupil;
mod reference;
mod referential;
mod register;
mod review;
mod scenario;
mod table;
mod transfer;
mod year;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::record::{
    Import, Kind, LivretRules, Loaded, PfmpLength, Picture, ReferentialType, ReviewKey,
    SchoolRecord,
};
use crate::text::{Date, SchoolYear};

pub use addressee::Addressee;
pub use annex::Annex;
pub use attestation::Attestation;
pub use book_page::BookPage;
pub use class::Class;
pub use evaluation::{Evaluation, Row, RowState};
pub use filled_grid::{FilledGrid, Lateness, Seat};
pub use grid_gap::GridGap;
pub use group::Group;
pub use link::link;
pub use livret::{Livret, MarkFault, characters_over};
pub use period::{Period, Week, weekdays, weeks};
pub use period_pair::PeriodPair;
pub use person::Person;
pub use portfolio::Portfolio;
pub use pupil::{Pupil, Stay};
pub use reference::CODES;
pub use referential::{
    Competence, CompetenceIx, Criterion, CriterionIx, Referential, Task, TaskIx,
};
pub use register::{Commission, Consultation, Delivery};
pub use review::Review;
pub use scenario::Scenario;
pub use table::{Ix, Table};
pub use transfer::{Received, Transfer};
pub use year::Year;

/// Everything a school's records say, linked.
#[derive(Debug)]
pub struct School {
    /// The establishment; a neutral one when `school.toml` is missing or faulty.
    pub establishment: SchoolRecord,
    /// The people, by id.
    pub people: Table<Person>,
    /// The years, in order: calendar and classes.
    pub years: Vec<Year>,
    /// The classes, by year then id.
    pub classes: Table<Class>,
    /// The référentiels, by code.
    pub referentials: Table<Referential>,
    /// The scenarios, by id.
    pub scenarios: Table<Scenario>,
    /// The evaluations, by id.
    pub evaluations: Table<Evaluation>,
    /// The pupils, by id.
    pub pupils: Table<Pupil>,
    /// The reviews, by pupil then date.
    pub reviews: Table<Review>,
    /// The annexes pédagogiques, by id.
    pub annexes: Table<Annex>,
    /// The periods in companies, by id.
    pub periods: Table<Period>,
    /// The portfolios, by pupil then period.
    pub portfolios: Table<Portfolio>,
    /// The filled grids, by pupil, session and grid.
    pub grids: Table<FilledGrid>,
    /// The attestations of competences, by pupil then date.
    pub attestations: Table<Attestation>,
    /// The livrets, by pupil then year.
    pub livrets: Table<Livret>,
    /// The pages of books, by pupil then date.
    pub book_pages: Table<BookPage>,
    /// The commissions, by session then name.
    pub commissions: Table<Commission>,
    /// The consultations, by session then date.
    pub consultations: Table<Consultation>,
    /// The deliveries, by session then date.
    pub deliveries: Table<Delivery>,
    /// The transfers, by year then name.
    pub transfers: Table<Transfer>,
    /// What other schools sent, by pupil then day.
    pub received: Table<Received>,
    /// The SHA-256 of each text that another school sent, by path.
    pub digests: BTreeMap<Arc<str>, String>,
    /// The groups, by year then id.
    pub groups: Table<Group>,
    /// The reports of imports, by school year then date.
    pub imports: Vec<Loaded<(SchoolYear, ReviewKey), Import>>,
    /// Records that could not be read, or not wholly, by path: pages that miss them say so.
    pub broken: BTreeMap<Arc<str>, Kind>,
    /// Records of pupils left out because the same id stands in an earlier cohort.
    pub twins: Vec<Twin>,
    /// Reviews left out because the class of their pupil on that day is not known.
    pub unplaced: Vec<UnplacedReview>,
    /// The paths of all files, records or not.
    pub files: BTreeSet<Arc<str>>,
    /// What the files beside the pages of books, and beside `school.toml`, are, by path.
    pub pictures: BTreeMap<Arc<str>, Picture>,
}

/// A pupil's record that bears the id of another one.
#[derive(Debug)]
pub struct Twin {
    /// The pupil that was kept.
    pub kept: Ix<Pupil>,
    /// The file that was left out.
    pub file: Arc<str>,
}

/// A review dated before its pupil's first stay in a class.
#[derive(Debug)]
pub struct UnplacedReview {
    /// The pupil.
    pub pupil: Ix<Pupil>,
    /// Date and number of the day.
    pub key: ReviewKey,
    /// The file.
    pub file: Arc<str>,
}

impl School {
    /// Whether a file could not be read, or not wholly: what it lacks is already told.
    pub fn is_broken(&self, file: &Arc<str>) -> bool {
        self.broken.contains_key(file)
    }

    /// The school year shown as current.
    pub fn current_year(&self) -> SchoolYear {
        self.establishment.annee
    }

    /// A year that has a calendar or classes.
    pub fn year(&self, year: SchoolYear) -> Option<&Year> {
        self.years.iter().find(|candidate| candidate.year == year)
    }

    /// A person by id.
    pub fn person(&self, id: &str) -> Option<Ix<Person>> {
        self.people.find(|person| person.id.as_str().cmp(id))
    }

    /// A pupil by id.
    pub fn pupil(&self, id: &str) -> Option<Ix<Pupil>> {
        self.pupils.find(|pupil| pupil.id.as_str().cmp(id))
    }

    /// An evaluation by id (`2026-2027/1mcva1/accueil-client`).
    pub fn evaluation(&self, id: &str) -> Option<Ix<Evaluation>> {
        self.evaluations.find(|evaluation| evaluation.id.as_str().cmp(id))
    }

    /// A référentiel by code.
    pub fn referential(&self, code: &str) -> Option<Ix<Referential>> {
        self.referentials.find(|referential| referential.code.as_str().cmp(code))
    }

    /// A period by id (`2026-2027/pfmp-3`).
    pub fn period(&self, id: &str) -> Option<Ix<Period>> {
        self.periods.find(|period| period.id.as_str().cmp(id))
    }

    /// The référentiel of the rules common to all diplomas, if there is one.
    pub fn common_rules(&self) -> Option<&Referential> {
        let mut all = self.referentials.values().iter();
        all.find(|referential| referential.record.genre == ReferentialType::Common)
    }

    /// The rules of the livret for an exam session.
    pub fn livret_rules(&self, session: i16) -> Option<&LivretRules> {
        let holds = |rules: &&LivretRules| {
            holds_for(session, rules.premiere_session.0, rules.derniere_session.map(|last| last.0))
        };
        self.common_rules()?.record.livret.iter().find(holds)
    }

    /// How many weeks of PFMP an exam session requires.
    pub fn required_weeks(&self, session: i16) -> Option<&PfmpLength> {
        let holds = |length: &&PfmpLength| {
            holds_for(
                session,
                length.premiere_session.0,
                length.derniere_session.map(|last| last.0),
            )
        };
        self.common_rules()?.record.durees_pfmp.iter().find(holds)
    }

    /// The class a pupil was in on a day: the stay that covers it, else the last one begun before.
    pub fn class_of(&self, pupil: &Pupil, day: Date) -> Option<Ix<Class>> {
        pupil
            .stays
            .iter()
            .rev()
            .find(|stay| stay.from <= day && day <= stay.to)
            .or_else(|| pupil.stays.iter().rev().find(|stay| stay.from <= day))
            .map(|stay| stay.class)
    }

    /// The stay of a pupil in a class on a day.
    pub fn was_in(&self, pupil: Ix<Pupil>, class: Ix<Class>, day: Date) -> bool {
        self.pupils[pupil]
            .stays
            .iter()
            .any(|stay| stay.class == class && stay.from <= day && day <= stay.to)
    }
}

/// Whether a session is within bounds that stand in a record.
fn holds_for(session: i16, first: i64, last: Option<i64>) -> bool {
    let session = i64::from(session);
    first <= session && last.is_none_or(|last| session <= last)
}
