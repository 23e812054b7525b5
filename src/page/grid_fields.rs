//! The fields of a grid around its lines: members of the commission, head of the national form.

use serde::Serialize;

use crate::insight::exam_of;
use crate::record::{Grid, MemberQuality};
use crate::school::{FilledGrid, Pupil};
use crate::text::long_date;

use super::certification::{exam_words, mark};
use super::home::full_name;
use super::{D, Site};

/// A member of the commission.
#[derive(Debug, Serialize)]
pub struct MemberLine {
    /// "Claire PERRIN".
    pub name: String,
    /// "PERRIN Claire", as national grids and slips list people.
    pub list_name: String,
    /// In which quality.
    pub quality: Option<&'static str>,
    /// Whether from outside (CCF-12).
    pub outside: bool,
}

/// A field that the national grid asks for.
#[derive(Debug, Serialize)]
pub struct CheckLine {
    /// The field, in the words of the national grid.
    pub label: String,
    /// What goes there, once it is known.
    pub value: Option<String>,
    /// Where to type it.
    pub place: &'static str,
}

/// The members of a commission, in the order of the file.
pub(super) fn members(site: &Site<'_>, filled: &FilledGrid) -> Vec<MemberLine> {
    let people = &site.school.people;
    (filled.record.commission.iter().zip(&filled.members))
        .map(|(member, person)| {
            let (first, last) = match (person, &member.personne) {
                (Some(person), _) => {
                    let record = &people[*person].record;
                    (record.prenom.as_str(), record.nom.to_uppercase())
                }
                (None, Some(id)) => ("", id.0.clone()),
                (None, None) => (
                    member.prenom.as_deref().unwrap_or("?"),
                    member.nom.as_deref().unwrap_or("?").to_uppercase(),
                ),
            };
            MemberLine {
                name: format!("{first} {last}").trim().to_owned(),
                list_name: format!("{last} {first}").trim().to_owned(),
                quality: member.qualite.map(MemberQuality::label),
                outside: member.personne.is_none(),
            }
        })
        .collect()
}

/// The fields of the head of the national grid, with what goes there.
pub(super) fn checks(
    site: &Site<'_>,
    d: D,
    pupil: &Pupil,
    session: i16,
    form: &Grid,
    filled: Option<&FilledGrid>,
) -> Vec<CheckLine> {
    fields(site, d, pupil, session, form, filled, &form.entete)
}

/// Some fields of the head of a grid, with what goes there.
pub(super) fn fields(
    site: &Site<'_>,
    d: D,
    pupil: &Pupil,
    session: i16,
    form: &Grid,
    filled: Option<&FilledGrid>,
    labels: &[String],
) -> Vec<CheckLine> {
    let school = site.school;
    let (here, referential) = (&school.establishment, &school.referentials[d]);
    let record = filled.map(|filled| &filled.record);
    let check = |label: &String| {
        let words = crate::text::slug(label);
        let (value, place) = if words.contains("date") {
            (record.and_then(|record| record.date).map(long_date), "date = … dans la grille")
        } else if words.contains("academie") {
            (here.academie.clone(), "academie = \"…\" dans school.toml")
        } else if words.contains("inscription") || words.contains("numero") {
            let place = "numero_candidat = \"…\" dans la fiche de l’élève";
            (pupil.record.numero_candidat.clone(), place)
        } else if words.contains("intitule") {
            (Some(full_name(referential)), "")
        } else if words.contains("epreuve") {
            let known = exam_of(referential, session, &form.epreuve).is_some();
            let words = exam_words(referential, session, &form.epreuve);
            (known.then_some(words), "table [[epreuves]] du référentiel")
        } else if words.contains("session") {
            (Some(session.to_string()), "")
        } else if words.contains("etablissement") {
            let town = here.ville.as_ref().map_or_else(String::new, |town| format!(", {town}"));
            (Some(format!("{}{town}", here.nom)), "")
        } else if words.contains("nom") {
            (Some(pupil.list_name()), "")
        } else if words.contains("note") {
            let note = record.and_then(|record| record.note_proposee);
            let absent = record.is_some_and(|record| record.absent);
            let value = note.map(|note| format!("{} / 20", mark(note.0)));
            (value.or(absent.then(|| "absent".to_owned())), "note_proposee = … dans la grille")
        } else {
            (None, "à porter à la main sur le document")
        };
        CheckLine { label: label.clone(), value, place }
    };
    labels.iter().map(check).collect()
}
