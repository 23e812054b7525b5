//! The names of the files of printed grids, as the establishment wants them (CCF-15).

use std::collections::BTreeMap;

use crate::school::{FilledGrid, School};
use crate::text::slug;

/// The name where `school.toml` gives none.
const USUAL: &str = "{session}-{epreuve}-{nom}-{prenom}";

/// The name of the file of each grid, in the order of the table: letters of ASCII, digits and hyphens,
/// each only once in a diploma and session. Two candidates of the same name are told apart by their
/// place: `-2` for the second in the order of identifiers.
pub fn grid_names(school: &School) -> Vec<String> {
    let settings = school.establishment.documents.as_ref();
    let pattern = settings.and_then(|chosen| chosen.nom_grille.as_deref()).unwrap_or(USUAL);
    let mut taken: BTreeMap<(usize, i16, String), Vec<(String, usize)>> = BTreeMap::new();
    for (ix, grid) in school.grids.iter() {
        let name = slug(&expand(school, grid, pattern));
        let key = (grid.diploma.get(), grid.session, name);
        let pupil = school.pupils[grid.pupil].id.clone();
        taken.entry(key).or_default().push((pupil, ix.get()));
    }
    let mut names = vec![String::new(); school.grids.iter().count()];
    for ((_, _, name), mut owners) in taken {
        owners.sort();
        let several = owners.len() > 1;
        for (place, (pupil, at)) in owners.into_iter().enumerate() {
            // An identifier is unique where a number could meet a name that ends with it.
            names[at] = if several && place > 0 { format!("{name}-{pupil}") } else { name.clone() };
        }
    }
    names
}

/// The pattern with what it asks for.
fn expand(school: &School, grid: &FilledGrid, pattern: &str) -> String {
    let pupil = &school.pupils[grid.pupil].record;
    let referential = &school.referentials[grid.diploma];
    let parts = [
        ("{session}", grid.session.to_string()),
        ("{diplome}", referential.record.sigle.clone()),
        ("{epreuve}", referential.grid_name(grid.grid)),
        ("{nom}", pupil.nom.clone()),
        ("{prenom}", pupil.prenom.clone()),
        ("{candidat}", pupil.numero_candidat.clone().unwrap_or_default()),
        ("{uai}", school.establishment.uai.clone()),
    ];
    parts.into_iter().fold(pattern.to_owned(), |text, (key, value)| text.replace(key, &value))
}
