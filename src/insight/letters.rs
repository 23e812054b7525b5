//! Where the letters of the families' site are: to hand over, handed over, refused, cancelled.
//!
//! There is one letter a reader and school year; what was handed over stands in the register.

use super::readers::{Access, Reader, ReaderRole, readers};
use super::register::RegisterOf;
use crate::record::KeptDocument;
use crate::school::{Addressee, Class, Delivery, Ix, Pupil, School};
use crate::text::Date;

/// Where a reader's letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterState {
    /// Nobody handed it over yet.
    ToHand,
    /// The register says when, and whether somebody signed.
    Handed {
        /// The day.
        on: Date,
        /// The sheet that says so.
        delivery: Ix<Delivery>,
        /// Whether it was signed for.
        signed: bool,
    },
    /// The one there was is cancelled; the next is to be handed over.
    Replaced(Date),
    /// The reader refused to read online.
    Refused(Date),
    /// The pupil is a minor, and all those responsible refused.
    RefusedByGuardians(Date),
    /// The pupil, of age, keeps the page.
    Reserved(Date),
}

impl LetterState {
    /// Whether somebody waits for a letter.
    pub fn is_awaited(self) -> bool {
        matches!(self, Self::ToHand | Self::Replaced(_))
    }
}

/// A reader, and the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Who it is for.
    pub reader: Reader,
    /// Where it is.
    pub state: LetterState,
}

/// The letters for a pupil's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PupilLetters {
    /// The pupil.
    pub pupil: Ix<Pupil>,
    /// The class of this year.
    pub class: Ix<Class>,
    /// One letter a reader.
    pub letters: Vec<Letter>,
    /// Since when the pupil, of age, keeps the page.
    pub reserved: Option<Date>,
}

/// How many letters there are, and where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LetterFigures {
    /// Pupils with a page.
    pub pupils: usize,
    /// Letters: one a reader.
    pub letters: usize,
    /// Never handed over.
    pub to_hand: usize,
    /// Handed over.
    pub handed: usize,
    /// Handed over, and nobody signed yet.
    pub unsigned: usize,
    /// Cancelled, the next one to be handed over.
    pub replaced: usize,
    /// Closed by a refusal.
    pub refused: usize,
    /// Closed because the pupil keeps the page.
    pub reserved: usize,
    /// Pupils of age who keep the page.
    pub keepers: usize,
}

/// The class of a pupil this year: the last one, when there were several. Nothing for who is not
/// enrolled any more: there is no page, and no letter.
pub fn class_with_page(school: &School, ix: Ix<Pupil>) -> Option<Ix<Class>> {
    let pupil = &school.pupils[ix];
    let enrolled = pupil.record.inactif_depuis.is_none();
    let stay = pupil.stays.last().filter(|_| enrolled)?;
    (school.classes[stay.class].year == school.current_year()).then_some(stay.class)
}

/// The letters of a class, in the order of its list.
pub fn class_letters(
    school: &School,
    register: &[RegisterOf],
    class: Ix<Class>,
    today: Date,
) -> Vec<PupilLetters> {
    let pupils = school.classes[class].pupils.iter().copied();
    let here = pupils.filter(|pupil| class_with_page(school, *pupil) == Some(class));
    here.map(|pupil| PupilLetters {
        pupil,
        class,
        letters: letters(school, &register[pupil.get()], pupil, today),
        reserved: keeps(&school.pupils[pupil], today),
    })
    .collect()
}

/// The letters for a pupil's page, as the register and the pupil's record tell.
pub fn letters(school: &School, register: &RegisterOf, ix: Ix<Pupil>, today: Date) -> Vec<Letter> {
    let pupil = &school.pupils[ix];
    let handed = handed(school, register, pupil);
    let letter = |reader: Reader| {
        let state = match reader.access {
            Access::Refused(day) => LetterState::Refused(day),
            Access::RefusedByGuardians(day) => LetterState::RefusedByGuardians(day),
            Access::Reserved(day) => LetterState::Reserved(day),
            Access::Open => open(&reader, &handed),
        };
        Letter { reader, state }
    };
    readers(pupil, today).into_iter().map(letter).collect()
}

/// Where a letter is that opens the page: what was handed over before the last one was cancelled was
/// another letter.
fn open(reader: &Reader, handed: &[(Addressee, Handing)]) -> LetterState {
    let cancelled = reader.cancelled.iter().max().copied();
    let who = match reader.who {
        ReaderRole::Guardian(place) => Addressee::Guardian(place),
        ReaderRole::Pupil => Addressee::Pupil,
    };
    let own = handed.iter().filter(|(to, _)| *to == who).map(|(_, handing)| handing);
    let counts = |one: &&Handing| cancelled.is_none_or(|day| day <= one.on);
    let last = own.filter(counts).max_by_key(|one| (one.on, one.signed));
    match (last, cancelled) {
        (Some(one), _) => {
            LetterState::Handed { on: one.on, delivery: one.delivery, signed: one.signed }
        }
        (None, Some(day)) => LetterState::Replaced(day),
        (None, None) => LetterState::ToHand,
    }
}

/// A letter that was handed over.
struct Handing {
    on: Date,
    delivery: Ix<Delivery>,
    signed: bool,
}

/// What the register tells of this year's letters for a pupil's page.
fn handed(school: &School, register: &RegisterOf, pupil: &Pupil) -> Vec<(Addressee, Handing)> {
    let year = school.current_year();
    let mut found = Vec::new();
    for (delivery, place) in &register.deliveries {
        let record = &school.deliveries[*delivery].record;
        let copy = &record.remises[*place];
        let on = copy.le.unwrap_or(record.date);
        if record.document != KeptDocument::Access || !year.contains(on) {
            continue;
        }
        for to in pupil.addressees(copy.destinataire.as_deref()) {
            found.push((to, Handing { on, delivery: *delivery, signed: copy.emargement }));
        }
    }
    found
}

/// Since when a pupil, of age, keeps the page.
fn keeps(pupil: &Pupil, today: Date) -> Option<Date> {
    pupil.record.lecture_reservee.filter(|_| pupil.is_of_age(today))
}

impl LetterFigures {
    /// Counts the letters of some pupils.
    pub fn of<'a>(pupils: impl IntoIterator<Item = &'a PupilLetters>) -> Self {
        let mut all = Self::default();
        for one in pupils {
            all.pupils += 1;
            all.letters += one.letters.len();
            all.keepers += usize::from(one.reserved.is_some());
            for letter in &one.letters {
                match letter.state {
                    LetterState::ToHand => all.to_hand += 1,
                    LetterState::Handed { signed, .. } => {
                        all.handed += 1;
                        all.unsigned += usize::from(!signed);
                    }
                    LetterState::Replaced(_) => all.replaced += 1,
                    LetterState::Refused(_) | LetterState::RefusedByGuardians(_) => {
                        all.refused += 1;
                    }
                    LetterState::Reserved(_) => all.reserved += 1,
                }
            }
        }
        all
    }
}
