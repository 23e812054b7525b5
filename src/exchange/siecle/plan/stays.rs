//! The stay of a pupil in a class: opened, completed, closed when another begins.

use super::draft::{Draft, ids};
use crate::diagnostic::{KeyPath, key_path};
use crate::record::{Elective, Enrolment, Id, NewValue, Status};
use crate::text::Date;

/// A stay as SIECLE has it.
#[derive(Debug)]
pub(super) struct Wanted {
    /// The class.
    pub(super) class: String,
    /// Pupil or apprentice.
    pub(super) statut: Status,
    /// The formation, when it is not that of the class.
    pub(super) mef: Option<String>,
    /// The groups.
    pub(super) groupes: Vec<Id>,
    /// The subjects of choice.
    pub(super) options: Vec<Elective>,
    /// The first day, when the year had begun.
    pub(super) debut: Option<Date>,
}

/// Brings the stays of a pupil to what SIECLE says of the year. A change of class or of status closes a
/// stay and opens another on the day of the export: SIECLE does not say when it happened.
pub(super) fn stay(draft: &mut Draft<'_>, path: &str, stays: &[Enrolment], wanted: &Wanted) {
    let year = draft.year;
    let of_year = stays.iter().enumerate().filter(|(_, stay)| stay.annee == year);
    let Some((place, last)) = of_year.max_by_key(|(place, stay)| (stay.from(), *place)) else {
        open(draft, path, wanted, wanted.debut);
        return;
    };
    let at = |key: &str| -> KeyPath { key_path!["scolarite", place, key] };
    let same = *last.classe == *wanted.class && last.statut == wanted.statut;
    let day = draft.day.clamp(year.first_day(), year.last_day());
    if same && last.fin.is_none_or(|end| end >= day) {
        complete(draft, path, &at(""), (last, wanted));
        return;
    }
    if let Some(end) = last.fin.filter(|end| *end < day) {
        // A stay that is over already: the next one begins now, whatever it is.
        let begins = wanted.debut.filter(|debut| *debut > end).unwrap_or(day);
        open(draft, path, wanted, Some(begins));
        return;
    }
    if last.from() >= day {
        // Nothing happened in it yet: it is corrected where it stands.
        draft.set(path, &at("classe"), wanted.class.as_str());
        draft.set(path, &at("statut"), wanted.statut.as_str());
        complete(draft, path, &at(""), (last, wanted));
        return;
    }
    draft.set(path, &at("fin"), day.plus(-1));
    open(draft, path, wanted, Some(day));
}

/// Adds what a stay lacks, or has otherwise.
fn complete(
    draft: &mut Draft<'_>,
    path: &str,
    place: &KeyPath,
    (now, wanted): (&Enrolment, &Wanted),
) {
    let Some((_, above)) = place.0.split_last() else { return };
    let at = |key: &str| KeyPath(above.to_vec()).child(key);
    match &wanted.mef {
        Some(mef) if now.mef.as_ref() != Some(mef) => draft.set(path, &at("mef"), mef.as_str()),
        None if now.mef.is_some() => draft.remove(path, &at("mef")),
        _ => {}
    }
    if now.groupes != wanted.groupes {
        if wanted.groupes.is_empty() {
            draft.remove(path, &at("groupes"));
        } else {
            draft.set(path, &at("groupes"), ids(&texts(&wanted.groupes)));
        }
    }
    let same =
        now.options.len() == wanted.options.len()
            && now.options.iter().zip(&wanted.options).all(|(now, wanted)| {
                now.matiere == wanted.matiere && now.modalite == wanted.modalite
            });
    if !same {
        if wanted.options.is_empty() {
            draft.remove(path, &at("options"));
        } else {
            draft.set(path, &at("options"), options(&wanted.options));
        }
    }
}

fn open(draft: &mut Draft<'_>, path: &str, wanted: &Wanted, debut: Option<Date>) {
    let mut entries: Vec<(&str, NewValue)> = vec![
        ("annee", draft.year.to_string().into()),
        ("classe", wanted.class.as_str().into()),
        ("statut", wanted.statut.as_str().into()),
    ];
    entries.extend(debut.map(|debut| ("debut", debut.into())));
    entries.extend(wanted.mef.as_deref().map(|mef| ("mef", mef.into())));
    if !wanted.groupes.is_empty() {
        entries.push(("groupes", ids(&texts(&wanted.groupes))));
    }
    if !wanted.options.is_empty() {
        entries.push(("options", options(&wanted.options)));
    }
    draft.push(path, &key_path!["scolarite"], entries);
}

fn texts(ids: &[Id]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

fn options(options: &[Elective]) -> NewValue {
    let one = |option: &Elective| {
        let mut pairs = vec![("matiere".to_owned(), option.matiere.as_str().into())];
        if let Some(modality) = &option.modalite {
            pairs.push(("modalite".to_owned(), modality.as_str().into()));
        }
        NewValue::Table(pairs)
    };
    NewValue::List(options.iter().map(one).collect())
}
