//! A pupil's folder that goes to another school or comes from one, linked.

use std::sync::Arc;

use super::{Ix, Pupil, School};
use crate::record::{
    self, AnyRecord, Kind, SentClass, SentFolder, SentHistory, Student, TransferPartner,
    TransferStage, TransferWay,
};
use crate::text::SchoolYear;

/// Where a transfer stands (TRF-05).
#[derive(Debug)]
pub struct Transfer {
    /// The school year.
    pub year: SchoolYear,
    /// Name within the year.
    pub slug: String,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::Transfer,
    /// The pupil: named, or known by the INE (IMP-10).
    pub pupil: Option<Ix<Pupil>>,
}

impl Transfer {
    /// Whether a folder that came waits for its pupil, or for being put into the pupil's own.
    pub fn is_pending(&self) -> bool {
        self.record.sens == TransferWay::Arrives
            && self.record.stage() != Some(TransferStage::Merged)
    }
}

/// What another school sent of a pupil: its records are kept as they came, and named after what they were
/// there. Nothing in them is linked to the people and classes of this school.
#[derive(Debug)]
pub struct Received {
    /// The pupil.
    pub pupil: Ix<Pupil>,
    /// Name of the package: the code of the school and the day.
    pub package: String,
    /// The file of `paquet.toml`.
    pub file: Arc<str>,
    /// What the package says of itself.
    pub folder: SentFolder,
    /// Who wrote what when, there; nothing when the file is gone or cannot be read.
    pub history: Option<SentHistory>,
    /// The records, in the byte order of their paths.
    pub records: Vec<(Arc<str>, Kind, AnyRecord)>,
    /// Whether a later package of the same school takes its place.
    pub superseded: bool,
}

impl Received {
    /// The folder that the package was put into, with a `/` at the end.
    pub fn place(&self) -> &str {
        self.file.strip_suffix("paquet.toml").unwrap_or(&self.file)
    }

    /// The pupil's own file, as the other school had it.
    pub fn student(&self) -> Option<&Student> {
        self.records.iter().find_map(|(_, _, record)| match record {
            AnyRecord::Student(student) => Some(student),
            _ => None,
        })
    }

    /// The name of somebody of the other school, or the id when nobody is called so there.
    pub fn person(&self, id: &str) -> String {
        let person = self.folder.personnes.get(id);
        person.map_or_else(|| id.to_owned(), record::SentPerson::called)
    }

    /// What a code of a référentiel means, as the other school had it.
    pub fn title(&self, code: &str) -> Option<&str> {
        let all = self.folder.referentiels.iter();
        all.map(|(_, one)| one).find_map(|one| one.intitules.get(code)).map(String::as_str)
    }

    /// The last class of the other school in a year.
    pub fn class_of(&self, year: SchoolYear) -> Option<&SentClass> {
        self.folder.classes.iter().rev().find(|class| class.annee == year)
    }
}

impl School {
    /// The school with this code, if folders are exchanged with it.
    pub fn partner(&self, uai: &str) -> Option<&TransferPartner> {
        self.establishment.transferts.as_ref()?.partner(uai)
    }

    /// Whether folders may go and come (TRF-01).
    pub fn has_transfers(&self) -> bool {
        self.establishment.transferts.as_ref().is_some_and(|settings| settings.ouvert)
    }

    /// What other schools sent of a pupil, the last word of each.
    pub fn received_of(&self, pupil: Ix<Pupil>) -> impl Iterator<Item = (Ix<Received>, &Received)> {
        let all = self.pupils[pupil].received.iter().map(|ix| (*ix, &self.received[*ix]));
        all.filter(|(_, one)| !one.superseded)
    }

    /// The transfers of a pupil.
    pub fn transfers_of(&self, pupil: Ix<Pupil>) -> impl Iterator<Item = &Transfer> {
        self.transfers.values().iter().filter(move |one| one.pupil == Some(pupil))
    }
}
