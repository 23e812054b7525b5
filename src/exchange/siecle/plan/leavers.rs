//! Those who left: deactivated, never erased (IMP-09).

use super::draft::Draft;
use super::matching::Matching;
use crate::diagnostic::key_path;
use crate::school;
use crate::text::{Date, SchoolYear, count};

/// Deactivates the pupils whom SIECLE knew and does not name any more.
pub(super) fn leave(draft: &mut Draft<'_>, matching: &Matching) {
    let (mut left, mut here, mut by_hand) = (0, 0, Vec::new());
    for (ix, pupil) in draft.school.pupils.iter() {
        if pupil.record.inactif_depuis.is_some() {
            continue;
        }
        here += 1;
        if matching.seen.contains(&ix) {
            continue;
        }
        if pupil.record.eleve_id.is_none() {
            by_hand.push(pupil.full_name());
            continue;
        }
        let last = pupil.record.scolarite.iter().map(|stay| (stay.annee, stay.to())).max();
        let before = SchoolYear(draft.year.0 - 1);
        // Somebody who finished long ago did not leave on the day of this export.
        let day = match last {
            Some((year, end)) if year < before => end,
            _ => draft.day,
        };
        close(draft, pupil, day);
        left += 1;
    }
    if !by_hand.is_empty() {
        let said =
            format!("sans ELEVE_ID et absents de SIECLE : {}", super::draft::some_names(&by_hand));
        draft.must_do(said, "faites-les saisir dans SIECLE, puis refaites l’import ; s’ils sont partis, écrivez inactif_depuis dans leur fiche");
    }
    if left > 20 && left * 2 > here && !draft.files.is_next {
        let pupils = count(left, "élève sur", "élèves sur");
        let said = format!(
            "{pupils} {here} ne sont plus dans SIECLE et deviennent inactifs : c’est beaucoup pour un cours d’année"
        );
        draft.must_do(
            said,
            "vérifiez que l’export porte sur tout l’établissement avant d’enregistrer",
        );
    }
}

/// Notes that a pupil is gone since a day; the stay of the year ends then.
pub(super) fn close(draft: &mut Draft<'_>, pupil: &school::Pupil, day: Date) {
    let path = pupil.file.to_string();
    if pupil.record.inactif_depuis.is_none() {
        draft.set(&path, &key_path!["inactif_depuis"], day);
    }
    let year = SchoolYear::of(day);
    let stays = pupil.record.scolarite.iter().enumerate();
    let last = stays.filter(|(_, stay)| stay.annee == year).max_by_key(|(_, stay)| stay.from());
    if let Some((place, stay)) = last
        && stay.fin.is_none()
        && stay.from() <= day
    {
        draft.set(&path, &key_path!["scolarite", place, "fin"], day);
    }
}
