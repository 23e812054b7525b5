//! The register of a session: commissions, consultations, deliveries, linked.

use std::sync::Arc;

use super::{Ix, Person, Pupil, Referential, Table};
use crate::record;

/// A commission or a jury.
#[derive(Debug)]
pub struct Commission {
    /// The exam session.
    pub session: i16,
    /// Name within the session.
    pub slug: String,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::Commission,
    /// The diploma.
    pub diploma: Ix<Referential>,
    /// The members, in the order of the file: the person, for those of the staff.
    pub members: Vec<Option<Ix<Person>>>,
    /// The candidates: those named, else all who take that diploma in that session.
    pub candidates: Vec<Ix<Pupil>>,
}

/// Somebody read pupils' documents.
#[derive(Debug)]
pub struct Consultation {
    /// The exam session.
    pub session: i16,
    /// Name within the session.
    pub slug: String,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::Consultation,
    /// The commission that read, if it is one and known.
    pub commission: Option<Ix<Commission>>,
    /// The pupils whose documents were read.
    pub pupils: Vec<Ix<Pupil>>,
    /// Who of the school was there, if known.
    pub witness: Option<Ix<Person>>,
}

/// A document handed over against signature.
#[derive(Debug)]
pub struct Delivery {
    /// The exam session.
    pub session: i16,
    /// Name within the session.
    pub slug: String,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::Delivery,
    /// Who handed it over, if known.
    pub by: Option<Ix<Person>>,
    /// The pupils, in the order of the file: none where the pupil is unknown.
    pub pupils: Vec<Option<Ix<Pupil>>>,
}

impl Commission {
    /// "Claire Perrin": a member as sentences name it, or the id when nobody bears it.
    pub fn member_name(&self, people: &Table<Person>, place: usize) -> String {
        let sitting = &self.record.membres[place];
        match (self.members[place], &sitting.personne) {
            (Some(person), _) => people[person].full_name(),
            (None, Some(id)) => id.to_string(),
            (None, None) => {
                let parts = [&sitting.prenom, &sitting.nom];
                let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
                parts.join(" ")
            }
        }
    }
}
