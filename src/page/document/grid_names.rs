//! The names of the files of printed grids, as the establishment wants them (CCF-15).

use std::collections::{BTreeMap, BTreeSet};

use crate::school::{FilledGrid, School};
use crate::text::slug;

/// The name where `school.toml` gives none.
const USUAL: &str = "{session}-{epreuve}-{nom}-{prenom}";
/// Disks take names of 255 bytes; what tells two grids apart and the extension come after.
const LONGEST: usize = 150;

/// The name of the file of each grid, in the order of the table: letters of ASCII, digits and hyphens,
/// each only once in a diploma and session.
///
/// When several grids have one name, the first keeps it, in the order of the candidates' identifiers
/// and of the référentiel; the others add the identifier, then the code of the grid. The rule
/// ECOLE-GRILLES asks for a pattern that needs none of this but for homonyms.
pub fn grid_names(school: &School) -> Vec<String> {
    let settings = school.establishment.documents.as_ref();
    let pattern = settings.and_then(|chosen| chosen.nom_grille.as_deref()).unwrap_or(USUAL);
    let mut sessions: BTreeMap<(usize, i16), Vec<Wanted>> = BTreeMap::new();
    for (ix, grid) in school.grids.iter() {
        sessions.entry((grid.diploma.get(), grid.session)).or_default().push(Wanted {
            at: ix.get(),
            name: usable(&slug(&expand(school, grid, pattern))),
            pupil: school.pupils[grid.pupil].id.clone(),
            grid: slug(&school.referentials[grid.diploma].grid_name(grid.grid)),
            place: grid.grid,
        });
    }
    let mut names = vec![String::new(); school.grids.iter().count()];
    for wanted in sessions.into_values() {
        for (at, name) in apart(wanted) {
            names[at] = name;
        }
    }
    names
}

/// A name that a grid would have, and what tells it apart when another has it.
struct Wanted {
    at: usize,
    name: String,
    pupil: String,
    grid: String,
    place: usize,
}

/// Names that are all different, each with the place of its grid.
fn apart(mut wanted: Vec<Wanted>) -> Vec<(usize, String)> {
    wanted.sort_by(|a, b| (&a.pupil, a.place, a.at).cmp(&(&b.pupil, b.place, b.at)));
    let mut taken = BTreeSet::new();
    // Whoever is the first to want a name has it, whatever others make of theirs.
    let firsts: Vec<bool> = wanted.iter().map(|one| taken.insert(one.name.clone())).collect();
    let mut names = Vec::with_capacity(wanted.len());
    for (one, first) in wanted.iter().zip(firsts) {
        if first {
            names.push((one.at, one.name.clone()));
            continue;
        }
        let own = format!("{}-{}", one.name, one.pupil);
        let with_grid = format!("{own}-{}", one.grid);
        let numbered = (2_usize..).map(|number| format!("{with_grid}-{number}"));
        let mut tries = [own.clone(), with_grid.clone()].into_iter().chain(numbered);
        names.extend(tries.find(|name| taken.insert(name.clone())).map(|name| (one.at, name)));
    }
    names
}

/// A name that every disk takes: not empty, not endless, not one that Windows keeps for itself.
fn usable(name: &str) -> String {
    let name = name.get(..LONGEST).unwrap_or(name).trim_end_matches('-');
    let kept = ["con", "prn", "aux", "nul"].contains(&name)
        || (name.len() == 4 && (name.starts_with("com") || name.starts_with("lpt")));
    match name {
        "" => "grille".to_owned(),
        name if kept => format!("grille-{name}"),
        name => name.to_owned(),
    }
}

/// The pattern with what it asks for. The rule ECOLE-GRILLES knows the same keys.
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
    // One pass: what stands in a name is not read as a pattern.
    let mut name = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        name.push_str(before);
        let found = parts.iter().find(|(key, _)| from.starts_with(key));
        match found {
            Some((key, value)) => {
                name.push_str(value);
                rest = &from[key.len()..];
            }
            None => {
                name.push('-');
                rest = &from[1..];
            }
        }
    }
    name.push_str(rest);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(at: usize, name: &str, pupil: &str, grid: &str, place: usize) -> Wanted {
        Wanted { at, name: usable(name), pupil: pupil.into(), grid: grid.into(), place }
    }

    fn names(wanted: Vec<Wanted>) -> Vec<String> {
        let mut names = apart(wanted);
        names.sort();
        names.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn homonyms_are_told_apart_by_their_identifiers() {
        let all = names(vec![
            wanted(0, "2027-e31-dupont-lea", "dupont-lea-2", "e31", 0),
            wanted(1, "2027-e31-dupont-lea", "dupont-lea", "e31", 0),
            wanted(2, "2027-e31-petit-zoe", "petit-zoe", "e31", 0),
        ]);
        let own = "2027-e31-dupont-lea-dupont-lea-2";
        assert_eq!(all, [own, "2027-e31-dupont-lea", "2027-e31-petit-zoe"]);
    }

    #[test]
    fn no_pattern_makes_two_grids_meet() {
        // Neither name nor exam; a candidate whose own name looks like another's with its suffix.
        let all = names(vec![
            wanted(0, "", "a", "e31", 0),
            wanted(1, "", "a", "e32", 1),
            wanted(2, "", "a", "e33", 2),
            wanted(3, "grille-b", "c", "e31", 0),
            wanted(4, "", "b", "e31", 0),
        ]);
        assert_eq!(all, ["grille", "grille-a", "grille-a-e33", "grille-b", "grille-b-e31"]);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }

    #[test]
    fn every_disk_takes_the_names() {
        assert_eq!(usable(""), "grille");
        assert_eq!(usable("con"), "grille-con");
        assert_eq!(usable("lpt1"), "grille-lpt1");
        assert_eq!(usable("conte"), "conte");
        let long = usable(&"abc-".repeat(60));
        assert!(long.len() <= LONGEST && !long.ends_with('-'));
    }
}
