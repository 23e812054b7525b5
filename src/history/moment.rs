//! The school at a moment, as far as rights and locks look at it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::facts::{
    ClassFacts, Entries, Facts, KeyFacts, PersonFacts, ReviewFacts, ScenarioFacts, StudentFacts,
};
use crate::record::{AnyRecord, Kind, Records};
use crate::text::{Date, SchoolYear};

/// What was known at a moment. It depends on the records of that moment alone, never on the way
/// that led there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<Arc<str>, Facts>", into = "BTreeMap<Arc<str>, Facts>")]
pub struct Moment {
    facts: BTreeMap<Arc<str>, Facts>,
    /// The locked reviews that name each evaluation, by path.
    freezing: BTreeMap<String, BTreeSet<Arc<str>>>,
    /// The portfolios of each period, by path.
    portfolios: BTreeMap<String, BTreeSet<Arc<str>>>,
    /// The records of each pupil, by path: one, but where an id was given twice.
    students: BTreeMap<String, BTreeSet<Arc<str>>>,
    /// The pupils' records that name each address, by path.
    learners: BTreeMap<String, BTreeSet<Arc<str>>>,
}

/// A locked review that freezes an evaluation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freeze {
    /// Path of the review.
    pub file: Arc<str>,
    /// Its date.
    pub date: Date,
    /// Id of its author.
    pub author: String,
    /// The pupil's id.
    pub student: String,
}

impl From<BTreeMap<Arc<str>, Facts>> for Moment {
    fn from(facts: BTreeMap<Arc<str>, Facts>) -> Self {
        let mut moment = Self::default();
        for (file, facts) in facts {
            moment.set(&file, Some(facts));
        }
        moment
    }
}

impl From<Moment> for BTreeMap<Arc<str>, Facts> {
    fn from(moment: Moment) -> Self {
        moment.facts
    }
}

impl Moment {
    /// The school as these records tell it.
    pub fn of(records: &Records) -> Self {
        let mut moment = Self::default();
        let mut take = |file: &Arc<str>, kind: &Kind, record: AnyRecord| {
            moment.take(file, Some((kind, &record)));
        };
        if let Some(one) = &records.school {
            take(&one.file, &Kind::School, AnyRecord::School(one.record.clone()));
        }
        if let Some(one) = &records.staff {
            take(&one.file, &Kind::Staff, AnyRecord::Staff(one.record.clone()));
        }
        for one in &records.calendars {
            take(&one.file, &Kind::Calendar(one.key), AnyRecord::Calendar(one.record.clone()));
        }
        for one in &records.classes {
            take(&one.file, &Kind::Classes(one.key), AnyRecord::Classes(one.record.clone()));
        }
        for one in &records.scenarios {
            let (diploma, level, slug) = one.key.clone();
            let kind = Kind::Scenario { diploma, level, slug };
            take(&one.file, &kind, AnyRecord::Scenario(one.record.clone()));
        }
        for one in &records.students {
            let (cohort, id) = one.key.clone();
            take(&one.file, &Kind::Student { cohort, id }, AnyRecord::Student(one.record.clone()));
        }
        for one in &records.reviews {
            let (student, key) = one.key.clone();
            take(&one.file, &Kind::Review { student, key }, AnyRecord::Review(one.record.clone()));
        }
        for one in &records.portfolios {
            let (student, year, slug) = one.key.clone();
            let kind = Kind::Portfolio { student, year, slug };
            take(&one.file, &kind, AnyRecord::Portfolio(Box::new(one.record.clone())));
        }
        for one in &records.grids {
            let (student, session, grid) = one.key.clone();
            let kind = Kind::FilledGrid { student, session, grid };
            take(&one.file, &kind, AnyRecord::FilledGrid(one.record.clone()));
        }
        for one in &records.livrets {
            let (student, year) = one.key.clone();
            let kind = Kind::Livret { student, year };
            take(&one.file, &kind, AnyRecord::Livret(one.record.clone()));
        }
        moment
    }

    /// Takes in one version of a record; nothing, when the file is gone. A version that cannot be
    /// read changes nothing: what was known last still holds.
    pub fn take(&mut self, file: &Arc<str>, version: Option<(&Kind, &AnyRecord)>) {
        self.set(file, version.and_then(|(kind, record)| Facts::of(kind, record)));
    }

    /// Remembers this of a file, in place of what was known.
    pub fn set(&mut self, file: &Arc<str>, facts: Option<Facts>) {
        if let Some(gone) = self.facts.remove(file) {
            self.forget(file, &gone);
        }
        let Some(facts) = facts else { return };
        match &facts {
            Facts::Review(review) if review.locked => {
                for evaluation in &review.evaluations {
                    self.freezing.entry(evaluation.clone()).or_default().insert(Arc::clone(file));
                }
            }
            Facts::Portfolio(portfolio) => {
                let period = portfolio.period.clone();
                self.portfolios.entry(period).or_default().insert(Arc::clone(file));
            }
            Facts::Student(student) => {
                self.students.entry(student.id.clone()).or_default().insert(Arc::clone(file));
                for email in &student.emails {
                    self.learners.entry(email.clone()).or_default().insert(Arc::clone(file));
                }
            }
            _ => {}
        }
        self.facts.insert(Arc::clone(file), facts);
    }

    fn forget(&mut self, file: &Arc<str>, gone: &Facts) {
        match gone {
            Facts::Review(review) if review.locked => {
                for evaluation in &review.evaluations {
                    leave(&mut self.freezing, evaluation, file);
                }
            }
            Facts::Portfolio(portfolio) => leave(&mut self.portfolios, &portfolio.period, file),
            Facts::Student(student) => {
                leave(&mut self.students, &student.id, file);
                for email in &student.emails {
                    leave(&mut self.learners, email, file);
                }
            }
            _ => {}
        }
    }

    /// What is known of a file.
    pub fn facts(&self, file: &str) -> Option<&Facts> {
        self.facts.get(file)
    }

    /// The people; nothing before the school was founded.
    pub fn staff(&self) -> Option<&[PersonFacts]> {
        match self.facts.get("staff.toml") {
            Some(Facts::Staff(people)) => Some(people),
            _ => None,
        }
    }

    /// The keys with which the forge signs.
    pub fn forge_keys(&self) -> &[KeyFacts] {
        match self.facts.get("school.toml") {
            Some(Facts::Forge(keys)) => keys,
            _ => &[],
        }
    }

    /// All keys that are listed, as written.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let listing = ["staff.toml", "school.toml"];
        listing.into_iter().filter_map(|file| self.facts.get(file)).flat_map(Facts::keys)
    }

    /// A person by id.
    pub fn person(&self, id: &str) -> Option<&PersonFacts> {
        self.staff()?.iter().find(|person| person.id == id)
    }

    /// The person who writes from an address (in lower case).
    pub fn person_at(&self, email: &str) -> Option<&PersonFacts> {
        self.staff()?.iter().find(|person| person.emails.iter().any(|known| known == email))
    }

    /// The learner who writes from an address (in lower case); nobody, when several share it.
    pub fn learner_at(&self, email: &str) -> Option<&StudentFacts> {
        let files = self.learners.get(email).filter(|files| files.len() == 1)?;
        self.student_in(files.first()?)
    }

    /// A pupil by id.
    pub fn student(&self, id: &str) -> Option<&StudentFacts> {
        self.student_in(self.students.get(id)?.first()?)
    }

    fn student_in(&self, file: &str) -> Option<&StudentFacts> {
        match self.facts.get(file) {
            Some(Facts::Student(student)) => Some(student),
            _ => None,
        }
    }

    /// A class of a year.
    pub fn class(&self, year: SchoolYear, id: &str) -> Option<&ClassFacts> {
        match self.facts.get(format!("classes/{year}.toml").as_str()) {
            Some(Facts::Classes(classes)) => classes.iter().find(|class| class.id == id),
            _ => None,
        }
    }

    /// The class a pupil was in on a day: the stay that covers it, else the last one begun before.
    pub fn class_of(&self, student: &str, day: Date) -> Option<&ClassFacts> {
        let stays = &self.student(student)?.stays;
        let covers = |stay: &&(SchoolYear, String, Date, Date)| stay.2 <= day && day <= stay.3;
        let (year, class, ..) = stays
            .iter()
            .filter(covers)
            .max_by_key(|stay| stay.2)
            .or_else(|| stays.iter().filter(|stay| stay.2 <= day).max_by_key(|stay| stay.2))?;
        self.class(*year, class)
    }

    /// The classes a pupil was in during a school year.
    pub fn classes_in(&self, student: &str, year: SchoolYear) -> Vec<&ClassFacts> {
        let stays = self.student(student).map(|student| student.stays.as_slice());
        let of_year = stays.unwrap_or_default().iter().filter(|stay| stay.0 == year);
        of_year.filter_map(|stay| self.class(stay.0, &stay.1)).collect()
    }

    /// The locked reviews that name an evaluation, oldest first (EVA-12).
    pub fn freezing(&self, evaluation: &str) -> Vec<Freeze> {
        let reviews = self.freezing.get(evaluation).into_iter().flatten();
        let mut freezing: Vec<Freeze> = reviews
            .filter_map(|file| match self.facts.get(file) {
                Some(Facts::Review(ReviewFacts { student, date, author, .. })) => Some(Freeze {
                    file: Arc::clone(file),
                    date: *date,
                    author: author.clone(),
                    student: student.clone(),
                }),
                _ => None,
            })
            .collect();
        freezing.sort_by(|a, b| (a.date, &a.file).cmp(&(b.date, &b.file)));
        freezing
    }

    /// How much learners and teachers wrote about a period (`2026-2027/pfmp-3`), and in how many
    /// portfolios.
    pub fn entries(&self, period: &str) -> (Entries, usize) {
        let files = self.portfolios.get(period).into_iter().flatten();
        let written = files.filter_map(|file| match self.facts.get(file) {
            Some(Facts::Portfolio(portfolio)) => Some(portfolio.entries),
            _ => None,
        });
        written
            .filter(|entries| !entries.is_empty())
            .fold((Entries::default(), 0), |(all, portfolios), entries| {
                (all.plus(entries), portfolios + 1)
            })
    }

    /// The window in which the national service takes the livrets of a year.
    pub fn livret_window(&self, year: SchoolYear) -> Option<(Date, Date)> {
        match self.facts.get(format!("calendar/{year}.toml").as_str()) {
            Some(Facts::Calendar(window)) => *window,
            _ => None,
        }
    }

    /// A scenario (`mcv-a/premiere/accueil-client`).
    pub fn scenario(&self, id: &str) -> Option<&ScenarioFacts> {
        match self.facts.get(format!("scenarios/{id}.toml").as_str()) {
            Some(Facts::Scenario(scenario)) => Some(scenario),
            _ => None,
        }
    }

    /// Whether somebody is the form teacher of a class of a year.
    pub fn is_form_teacher(&self, id: &str, year: SchoolYear) -> bool {
        match self.facts.get(format!("classes/{year}.toml").as_str()) {
            Some(Facts::Classes(classes)) => {
                classes.iter().any(|class| class.form_teacher.as_deref() == Some(id))
            }
            _ => false,
        }
    }
}

fn leave(index: &mut BTreeMap<String, BTreeSet<Arc<str>>>, key: &str, file: &Arc<str>) {
    if let Some(files) = index.get_mut(key) {
        files.remove(file);
        if files.is_empty() {
            index.remove(key);
        }
    }
}
