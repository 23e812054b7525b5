//! Who may read a pupil's page on the families' site: those responsible, the pupil, each with a letter.

use crate::record::Guardian;
use crate::school::Pupil;
use crate::text::Date;

/// Somebody who has, or had, a letter for a pupil's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Who it is.
    pub who: ReaderRole,
    /// What tells this reader from the others of the pupil, whatever their order: a name for a
    /// person responsible. It changes with the name: a letter is for one person.
    pub key: String,
    /// Whether the letter opens the page.
    pub access: Access,
    /// The days on which an earlier letter was cancelled.
    pub cancelled: Vec<Date>,
}

/// Who a reader is to the pupil.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReaderRole {
    /// One of the people legally responsible, by its place in the file.
    Guardian(usize),
    /// The pupil.
    Pupil,
}

/// Whether a letter opens the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It does.
    Open,
    /// This reader refused to read online (NAT-28).
    Refused(Date),
    /// All those responsible for the pupil, who is a minor, refused: the last one that day.
    RefusedByGuardians(Date),
    /// The pupil, of age, keeps the page.
    Reserved(Date),
}

impl Access {
    /// Whether the letter opens the page.
    pub fn is_open(self) -> bool {
        self == Self::Open
    }
}

/// The readers of a pupil's page: those legally responsible, in their order, then the pupil.
///
/// A refusal closes the letter of who refuses. A minor reads as long as one of those responsible
/// does. A pupil of age may keep the page: nobody else's letter opens it then.
pub fn readers(pupil: &Pupil, today: Date) -> Vec<Reader> {
    let record = &pupil.record;
    let of_age = pupil.is_of_age(today);
    let reserved = record.lecture_reservee.filter(|_| of_age);
    let mut legal: Vec<(usize, &Guardian)> =
        record.responsables.iter().enumerate().filter(|(_, one)| one.legal.is_some()).collect();
    legal.sort_by_key(|(place, one)| (one.legal.as_ref().map(|legal| legal.0), *place));
    let mut keys: Vec<String> = Vec::new();
    let mut all: Vec<Reader> = Vec::new();
    for (place, guardian) in &legal {
        let name = guardian.letter_key();
        let alike = keys.iter().filter(|key| **key == name).count();
        keys.push(name.clone());
        let number = if alike == 0 { String::new() } else { format!(" {}", alike + 1) };
        all.push(Reader {
            who: ReaderRole::Guardian(*place),
            key: format!("responsable {name}{number}"),
            access: match (reserved, guardian.refus_site) {
                (Some(day), _) => Access::Reserved(day),
                (None, Some(day)) => Access::Refused(day),
                (None, None) => Access::Open,
            },
            cancelled: guardian.codes_annules.clone(),
        });
    }
    let refusals: Option<Vec<Date>> = legal.iter().map(|(_, one)| one.refus_site).collect();
    let all_refused = refusals.and_then(|days| days.into_iter().max());
    all.push(Reader {
        who: ReaderRole::Pupil,
        key: "eleve".to_owned(),
        access: match (record.refus_site, all_refused) {
            (Some(day), _) => Access::Refused(day),
            (None, Some(day)) if !of_age => Access::RefusedByGuardians(day),
            _ => Access::Open,
        },
        cancelled: record.codes_annules.clone(),
    });
    all
}
