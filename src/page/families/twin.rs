//! The JSON twin of the page of the families' site: figures, and where each letter is.

use serde::Serialize;

use super::class::{reader_name, state};
use super::letters_of_year;
use crate::insight::{Letter, LetterFigures, LetterState, PupilLetters};
use crate::page::Site;
use crate::text::Date;

/// The twin of the page of the families' site.
#[derive(Debug, Serialize)]
pub struct FamiliesTwin<'a> {
    annee: String,
    adresse: Option<&'a str>,
    etapes: [(&'static str, Option<Date>); 4],
    eleves: usize,
    lettres: usize,
    a_remettre: usize,
    remises: usize,
    sans_signature: usize,
    refusees: usize,
    annulees: usize,
    reservees: usize,
    majeurs_seuls: usize,
    classes: Vec<ClassTwin<'a>>,
}

#[derive(Debug, Serialize)]
struct ClassTwin<'a> {
    classe: &'a str,
    eleves: Vec<PupilTwin<'a>>,
    papier: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct PupilTwin<'a> {
    eleve: &'a str,
    lettres: Vec<LetterTwin>,
}

#[derive(Debug, Serialize)]
struct LetterTwin {
    lecteur: String,
    etat: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    le: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signee: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    annulees: Vec<Date>,
}

/// Computes the twin; without letters while the service is not open.
pub fn families_twin<'a>(site: &Site<'a>) -> FamiliesTwin<'a> {
    let school = site.school;
    let open = school.establishment.familles.as_ref();
    let letters = open.map(|_| letters_of_year(site)).unwrap_or_default();
    let all = LetterFigures::of(letters.iter().flat_map(|(_, all)| all));
    FamiliesTwin {
        annee: school.current_year().to_string(),
        adresse: open.map(|one| one.adresse.as_str()),
        etapes: [
            ("activation", open.and_then(|one| one.activation)),
            ("ouverture", open.and_then(|one| one.ouverture)),
            ("notification", open.and_then(|one| one.notification)),
            ("refus_avant", open.and_then(|one| one.refus_avant)),
        ],
        eleves: all.pupils,
        lettres: all.letters,
        a_remettre: all.to_hand,
        remises: all.handed,
        sans_signature: all.unsigned,
        refusees: all.refused,
        annulees: all.replaced,
        reservees: all.reserved,
        majeurs_seuls: all.keepers,
        classes: letters
            .iter()
            .map(|(class, all)| ClassTwin {
                classe: &school.classes[*class].key,
                eleves: all.iter().map(|one| pupil_twin(site, one)).collect(),
                papier: site
                    .on_paper(*class)
                    .into_iter()
                    .map(|(pupil, _)| school.pupils[pupil].id.as_str())
                    .collect(),
            })
            .collect(),
    }
}

fn pupil_twin<'a>(site: &Site<'a>, one: &PupilLetters) -> PupilTwin<'a> {
    let pupil = &site.school.pupils[one.pupil];
    let letter = |letter: &Letter| {
        let (le, signee) = match letter.state {
            LetterState::ToHand => (None, None),
            LetterState::Handed { on, signed, .. } => (Some(on), Some(signed)),
            LetterState::Replaced(on)
            | LetterState::Refused(on)
            | LetterState::RefusedByGuardians(on)
            | LetterState::Reserved(on) => (Some(on), None),
        };
        LetterTwin {
            lecteur: reader_name(pupil, letter.reader.who),
            etat: state(letter.state).0,
            le,
            signee,
            annulees: letter.reader.cancelled.clone(),
        }
    };
    PupilTwin { eleve: &pupil.id, lettres: one.letters.iter().map(letter).collect() }
}
