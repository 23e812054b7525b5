//! The tables beside the file: what lacks, and the same values as the file for a spreadsheet (NAT-18).

use std::collections::BTreeSet;

use super::dossier::{Dossier, DossierYear, Name, Opinion, SubjectMarks};
use super::prepare::{Leaving, Prepared};
use crate::exchange::sheet::{Cell, Sheet};
use crate::record::Periodicity;
use crate::school::School;
use crate::text::natural_key;

/// What lacks, one row a thing: class, pupil, what, who must fill it.
pub fn lacks_table(school: &School, prepared: &Prepared<'_>) -> Sheet {
    let mut sheet = Sheet::new("Ce qui manque", ["Classe", "Élève", "Il manque", "À remplir par"]);
    sheet.rows = (prepared.lacks.iter())
        .map(|lack| {
            let pupil = lack.pupil.map(|ix| school.pupils[ix].list_name());
            vec![
                Cell::from(school.classes[lack.class].record.nom.as_str()),
                Cell::from(pupil.unwrap_or_else(|| "toute la classe".to_owned())),
                Cell::from(lack.what.as_str()),
                Cell::from(lack.who.as_str()),
            ]
        })
        .collect();
    sheet
}

/// The values of the complete livrets: a row a pupil, year and subject. Competences have a column each, under
/// their national codes, or those of the school where there are none.
pub fn values_table(school: &School, prepared: &Prepared<'_>) -> Sheet {
    let complete = || prepared.pupils.iter().filter(|one| one.complete);
    let codes: BTreeSet<_> = complete()
        .flat_map(|one| lines(one).flat_map(|(_, subject)| competences(one, subject)))
        .map(|(code, _)| (natural_key(&code), code))
        .collect();
    let codes: Vec<String> = codes.into_iter().map(|(_, code)| code).collect();
    let mut sheet = Sheet::new("Livrets", headings(&codes));
    for one in complete() {
        for (year, subject) in lines(one) {
            let mut row = before(school, one, year, subject);
            let known = competences(one, subject);
            row.extend(codes.iter().map(|code| {
                let level = known.iter().find(|(other, _)| other == code).map(|(_, level)| *level);
                match level {
                    None => Cell::Empty,
                    Some(None) => Cell::from("NE"),
                    Some(Some(level)) => Cell::Whole(i64::from(level)),
                }
            }));
            row.extend(after(&one.dossier, year, subject));
            row.push(one.leaves.into());
            sheet.rows.push(row);
        }
    }
    sheet
}

/// The pupil, the year, the subject, marks and group.
fn before(
    school: &School,
    one: &Leaving<'_>,
    year: &DossierYear,
    subject: &SubjectMarks,
) -> Vec<Cell> {
    let pupil = &school.pupils[one.sheet.pupil].record;
    let id = one.dossier.eleve_id;
    let rhythm = match year.periodicity {
        Periodicity::Trimester => "T",
        Periodicity::Semester => "S",
    };
    let known = subject.marks.iter().any(Option::is_some);
    let mark = |place: usize| match subject.marks.get(place).filter(|_| known) {
        Some(Some(mark)) => Cell::hundredths(*mark),
        // What the file says of a period without mark.
        Some(None) => Cell::Whole(-1),
        None => Cell::Empty,
    };
    let group = subject.counted > 0;
    let figure = |value: Option<u32>| value.filter(|_| group).map_or(Cell::Empty, Cell::hundredths);
    let share = |place: usize| figure(subject.shares.map(|shares| shares[place]));
    vec![
        if id == 0 { Cell::Empty } else { Cell::from(id.to_string()) },
        Cell::from(pupil.nom.as_str()),
        Cell::from(pupil.prenom.as_str()),
        Cell::from(school.classes[one.sheet.class].record.nom.as_str()),
        Cell::Whole(i64::from(year.year)),
        Cell::from(rhythm),
        Cell::maybe(year.mef.as_deref()),
        Cell::from(subject.code.as_str()),
        Cell::from(subject.title.as_str()),
        Cell::from(subject.modality.as_str()),
        mark(0),
        mark(1),
        mark(2),
        if group { Cell::count(subject.counted) } else { Cell::Empty },
        figure(subject.group_mean),
        share(0),
        share(1),
        share(2),
    ]
}

/// The texts, and the parts besides the subject.
fn after(dossier: &Dossier, year: &DossierYear, subject: &SubjectMarks) -> Vec<Cell> {
    let opinion =
        |one: &Option<Opinion>| one.as_ref().map_or(Cell::Empty, |one| signed(one).into());
    let placement = year.placement.as_ref();
    let project = year.project.as_ref();
    let engagements: Vec<&str> =
        dossier.engagements.iter().map(|(code, _)| code.as_str()).collect();
    vec![
        Cell::maybe(subject.annual.as_deref()),
        Cell::from(names(&subject.teachers)),
        Cell::maybe(placement.map(|part| part.0.as_str())),
        placement.map_or(Cell::Empty, |part| name(&part.1).into()),
        placement.map_or(Cell::Empty, |part| part.2.into()),
        placement.and_then(|part| part.3).map_or(Cell::Empty, |weeks| Cell::Whole(weeks.into())),
        project.and_then(|part| part.0).map_or(Cell::Empty, Cell::hundredths),
        Cell::maybe(project.map(|part| part.1.as_str())),
        project.map_or(Cell::Empty, |part| names(&part.2).into()),
        opinion(&year.path),
        Cell::from(engagements.join(" ")),
        Cell::maybe(dossier.other_engagement.as_deref()),
        opinion(&year.observation),
        opinion(&year.investment),
        opinion(&year.visa),
        Cell::maybe(dossier.exam_opinion.as_deref()),
        Cell::maybe(dossier.mobility.as_ref().map(|stay| stay.0.as_str())),
    ]
}

fn headings(codes: &[String]) -> Vec<String> {
    let before = [
        "ELEVE_ID",
        "Nom",
        "Prénom",
        "Classe",
        "Année",
        "Rythme",
        "MEF",
        "Code matière",
        "Matière",
        "Modalité",
        "Période 1",
        "Période 2",
        "Période 3",
        "Effectif",
        "Moyenne du groupe",
        "< 8",
        "≥ 8 et < 12",
        "≥ 12",
    ];
    let after = [
        "Appréciation",
        "Enseignants",
        "PFMP : synthèse",
        "PFMP : enseignant",
        "PFMP : à l’étranger",
        "PFMP : semaines",
        "Projet : note",
        "Projet : appréciation",
        "Projet : enseignants",
        "Parcours",
        "Engagements",
        "Autre engagement",
        "Observation du CPE",
        "Avis sur l’investissement",
        "Visa du chef d’établissement",
        "Avis pour l’examen",
        "Mobilité",
        "Dans le fichier XML",
    ];
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    [words(&before), codes.iter().map(|code| format!("Compétence {code}")).collect(), words(&after)]
        .concat()
}

/// The years and subjects of a pupil.
fn lines<'p>(one: &'p Leaving<'_>) -> impl Iterator<Item = (&'p DossierYear, &'p SubjectMarks)> {
    one.dossier.years.iter().flat_map(|year| year.evaluations.iter().map(move |s| (year, s)))
}

/// The levels of a subject: those that the file has, else under the codes of the school.
fn competences(one: &Leaving<'_>, subject: &SubjectMarks) -> Vec<(String, Option<u8>)> {
    if one.leaves {
        return subject.competences.clone();
    }
    let levels = one.sheet.subjects.iter().flat_map(|subject| &subject.levels);
    levels.map(|level| (level.code.to_owned(), level.level)).collect()
}

fn signed(opinion: &Opinion) -> String {
    let by = opinion.by.as_ref().map(|by| format!(" ({})", name(by))).unwrap_or_default();
    format!("{}{by}", opinion.text)
}

fn name(name: &Name) -> String {
    format!("{} {}", name.family, name.first)
}

fn names(all: &[Name]) -> String {
    all.iter().map(name).collect::<Vec<_>>().join(", ")
}
