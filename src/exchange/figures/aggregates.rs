//! Figures of a school year in which nobody can be found (NAT-33).
//!
//! A group of fewer than [`SMALLEST_GROUP`] pupils is left out. A count under [`SMALLEST_COUNT`], zero among them, is
//! not told, and every other is rounded to the nearest multiple of it, totals too: what is hidden cannot be worked
//! out from what is shown, and one pupil more or less does not show.

use super::super::sheet::{Cell, Sheet};
use crate::insight::{
    Candidates, Hundredths, LastPosition, SessionKey, class_view, livret_candidates, livret_mean,
    recap_of,
};
use crate::record::{Level, StudyLevel};
use crate::school::{Class, Ix, Referential, School};
use crate::text::SchoolYear;
use std::collections::BTreeMap;

/// The smallest group that is told.
const SMALLEST_GROUP: usize = 10;
/// The smallest count that is told, and what counts are rounded to.
const SMALLEST_COUNT: usize = 5;

/// The bounds of marks, in hundredths, and what stands between them.
const BOUNDS: [Hundredths; 2] = [800, 1200];
const MARKS: [&str; 3] = ["moins de 8", "de 8 à moins de 12", "12 et plus"];

/// The anonymous tables of a school year: how to read them, positions by competence, marks of the livret, marks of
/// exams, and marks of the livret by share of competences acquired.
pub fn aggregates(
    school: &School,
    year: SchoolYear,
    sessions: &BTreeMap<SessionKey, Candidates>,
) -> Vec<Sheet> {
    let groups = groups(school, year);
    vec![
        how_to_read(school, year),
        positions(school, &groups),
        livrets(school, &groups),
        exams(school, year, sessions),
        crossed(school, &groups),
    ]
}

/// The classes of a year by diploma and level.
type Groups = BTreeMap<(Ix<Referential>, StudyLevel), Vec<Ix<Class>>>;

fn groups(school: &School, year: SchoolYear) -> Groups {
    let mut groups = Groups::new();
    for (ix, class) in school.classes.iter().filter(|(_, class)| class.year == year) {
        groups.entry((class.diploma, class.record.niveau)).or_default().push(ix);
    }
    groups
}

fn how_to_read(school: &School, year: SchoolYear) -> Sheet {
    let mut sheet = Sheet::new("Mode d’emploi", ["Mode d’emploi"]);
    let told = [
        format!("{}, année scolaire {year}.", school.establishment.nom),
        "Ces chiffres ne nomment personne et ne permettent de retrouver personne.".to_owned(),
        format!("Un groupe de moins de {SMALLEST_GROUP} élèves n’est pas montré."),
        format!(
            "Un nombre inférieur à {SMALLEST_COUNT}, zéro compris, est écrit « moins de {SMALLEST_COUNT} » ; les \
             autres sont arrondis au multiple de {SMALLEST_COUNT} le plus proche, les totaux aussi : les lignes ne \
             tombent donc pas toujours juste."
        ),
        "La position d’un élève est la dernière qu’un bilan validé lui donne.".to_owned(),
    ];
    sheet.rows.extend(told.map(|sentence| vec![sentence.into()]));
    sheet
}

fn positions(school: &School, groups: &Groups) -> Sheet {
    let heads = ["Diplôme", "Niveau", "Compétence", "Intitulé", "Élèves positionnés"];
    let levels = Level::ALL[1..].iter().map(|level| level.label());
    let mut sheet = Sheet::new("Positions", heads.into_iter().chain(levels));
    for ((diploma, level), classes) in groups {
        let referential = &school.referentials[*diploma];
        let mut tallies = vec![[0; 4]; referential.competences.len()];
        for view in classes.iter().map(|class| class_view(school, *class)) {
            let year = school.classes[view.class].year;
            let last = |pupil| school.last_stay_of(pupil, year).map(|stay| stay.class);
            // Who changed classes is counted once, in the last one.
            for (_, line) in view.lines.iter().filter(|(pupil, _)| last(*pupil) == Some(view.class))
            {
                for (tally, last) in tallies.iter_mut().zip(line) {
                    if let LastPosition::Position(level, _) = last
                        && let Some(rank) = level.rank()
                    {
                        tally[usize::from(rank) - 1] += 1;
                    }
                }
            }
        }
        for (competence, tally) in referential.competence_ixs().zip(&tallies) {
            let record = referential.competence_record(competence);
            let start = [
                referential.record.sigle.as_str().into(),
                level.label().into(),
                record.code.as_str().into(),
                record.intitule.as_str().into(),
            ];
            sheet.rows.extend(row(start, tally));
        }
    }
    sheet
}

fn livrets(school: &School, groups: &Groups) -> Sheet {
    let heads = ["Diplôme", "Niveau", "Élèves ayant une moyenne annuelle"];
    let mut sheet = Sheet::new("Livret", heads.into_iter().chain(MARKS));
    for ((diploma, level), classes) in groups {
        let mut tally = [0; 3];
        for class in classes {
            means(school, *class).for_each(|(_, mean)| tally[bucket(mean)] += 1);
        }
        let sigle = &school.referentials[*diploma].record.sigle;
        sheet.rows.extend(row([sigle.as_str().into(), level.label().into()], &tally));
    }
    sheet
}

fn exams(school: &School, year: SchoolYear, sessions: &BTreeMap<SessionKey, Candidates>) -> Sheet {
    let heads = ["Diplôme", "Session", "Grille", "Candidats notés"];
    let mut sheet = Sheet::new("Certification", heads.into_iter().chain(MARKS));
    for ((diploma, session), candidates) in sessions {
        if *session != year.0 + 1 {
            continue;
        }
        let table = recap_of(school, *diploma, *session, candidates);
        let referential = &school.referentials[*diploma];
        for (place, grid) in referential.record.grilles.iter().enumerate() {
            let mut tally = [0; 3];
            let graded = table.lines.iter().filter_map(|line| line.cells.get(place)?.last_mark());
            graded.for_each(|mark| tally[bucket_of_mark(mark)] += 1);
            let start = [
                referential.record.sigle.as_str().into(),
                Cell::Whole(i64::from(*session)),
                grid.code.as_str().into(),
            ];
            sheet.rows.extend(row(start, &tally));
        }
    }
    sheet
}

/// Marks beside competences: do they tell the same story?
fn crossed(school: &School, groups: &Groups) -> Sheet {
    const SHARES: [&str; 3] = ["moins d’un tiers", "d’un tiers à deux tiers", "plus de deux tiers"];
    let heads = ["Diplôme", "Niveau", "Compétences acquises, même partiellement", "Élèves"];
    let mut sheet = Sheet::new("Notes et compétences", heads.into_iter().chain(MARKS));
    for ((diploma, level), classes) in groups {
        let mut table = [[0; 3]; 3];
        for class in classes {
            let view = class_view(school, *class);
            for (pupil, mean) in means(school, *class) {
                let line = view.lines.iter().find(|(other, _)| *other == pupil);
                let Some(share) = line.and_then(|(_, line)| share(line)) else { continue };
                table[share][bucket(mean)] += 1;
            }
        }
        let sigle = &school.referentials[*diploma].record.sigle;
        for (share, tally) in SHARES.iter().zip(&table) {
            let start = [sigle.as_str().into(), level.label().into(), Cell::from(*share)];
            sheet.rows.extend(row(start, tally));
        }
    }
    sheet
}

/// Which third of the positioned competences is acquired, at least partly; nothing without position.
fn share(line: &[LastPosition]) -> Option<usize> {
    let ranks: Vec<u8> = line
        .iter()
        .filter_map(|last| match last {
            LastPosition::Position(level, _) => level.rank(),
            LastPosition::Suggested(_) | LastPosition::Nothing => None,
        })
        .collect();
    let good = ranks.iter().filter(|rank| **rank >= 3).count();
    match ranks.len() {
        0 => None,
        all if good * 3 < all => Some(0),
        all if good * 3 <= 2 * all => Some(1),
        _ => Some(2),
    }
}

/// The annual means of the livrets of a class.
fn means(
    school: &School,
    class: Ix<Class>,
) -> impl Iterator<Item = (Ix<crate::school::Pupil>, Hundredths)> {
    let year = school.classes[class].year;
    livret_candidates(school, class).into_iter().filter_map(move |pupil| {
        let livret = &school.livrets[school.livret_of(pupil, year)?];
        Some((pupil, livret_mean(school, livret)?))
    })
}

fn bucket(mean: Hundredths) -> usize {
    BOUNDS.iter().filter(|bound| mean >= **bound).count()
}

fn bucket_of_mark(mark: f64) -> usize {
    BOUNDS.iter().filter(|bound| mark * 100.0 >= f64::from(**bound)).count()
}

/// A row of counts of which the total comes first; nothing for a group that is too small.
fn row<const N: usize>(start: [Cell; N], counts: &[usize]) -> Option<Vec<Cell>> {
    let total: usize = counts.iter().sum();
    (total >= SMALLEST_GROUP).then(|| {
        let counts = std::iter::once(&total).chain(counts).map(|count| told(*count));
        start.into_iter().chain(counts).collect()
    })
}

/// A count, if it may be told.
fn told(count: usize) -> Cell {
    if count < SMALLEST_COUNT {
        return format!("moins de {SMALLEST_COUNT}").into();
    }
    Cell::count((count + SMALLEST_COUNT / 2) / SMALLEST_COUNT * SMALLEST_COUNT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_and_groups_are_not_told() {
        assert_eq!(row([Cell::from("A")], &[9, 0]), None);
        let told = row([Cell::from("A")], &[3, 12, 0]).unwrap();
        let hidden = || Cell::from("moins de 5");
        assert_eq!(told, ["A".into(), Cell::Whole(15), hidden(), Cell::Whole(10), hidden()]);
    }

    #[test]
    fn thirds_of_competences() {
        let line = |ranks: &[u8]| -> Vec<LastPosition> {
            let day = crate::text::Date::new(2026, 12, 1).unwrap();
            let level = |rank: &u8| Level::of_rank(*rank).unwrap();
            ranks.iter().map(|rank| LastPosition::Position(level(rank), day)).collect()
        };
        assert_eq!(share(&[LastPosition::Nothing]), None);
        assert_eq!(share(&line(&[1, 2, 2, 3])), Some(0));
        assert_eq!(share(&line(&[1, 2, 3])), Some(1));
        assert_eq!(share(&line(&[1, 3, 4])), Some(1));
        assert_eq!(share(&line(&[3, 3, 4])), Some(2));
    }
}
