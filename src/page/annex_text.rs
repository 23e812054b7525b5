//! Texts made from an annex: a new period with its own copy of it (PFM-05, PFM-07, PFM-11), and a
//! copy of the annex for the same level (ANX-09). A question mark stands for what is to be decided.

use super::D;
use super::evaluation_text::{list, prose};
use super::period_line::Planned;
use crate::record::{Status, quote};
use crate::school::{Annex, Ix, Pupil, School};
use crate::text::Collation;

/// The text of a period made from an annex, at the dates of the calendar if they are known.
pub(super) fn period_text(
    school: &School,
    annex: &Annex,
    dates: Option<Planned>,
    learners: &[Ix<Pupil>],
) -> String {
    let record = &annex.record;
    let mut text = format!("titre = {}\n", quote(&record.titre));
    text.push_str(&format!("diplome = {}\n", quote(&school.referentials[annex.diploma].code)));
    text.push_str(&format!("niveau = {}\n", quote(annex.level.as_str())));
    text.push_str(&format!("annexe = {}\n", quote(&annex.id)));
    if record.apprentis {
        text.push_str("apprentis = true\n");
    }
    match dates {
        Some(pfmp) => {
            let Planned { number, from, to, .. } = pfmp;
            text.push_str(&format!("numero = {number}\ndebut = {from}\nfin = {to}\n"));
        }
        None if record.apprentis => text.push_str("debut = ?\nfin = ?\n"),
        None => text.push_str("numero = ?\ndebut = ?\nfin = ?\n"),
    }
    content(&mut text, annex);
    if !learners.is_empty() {
        text.push_str("\n[referents]\n");
        let ids: Vec<&str> = learners.iter().map(|ix| school.pupils[*ix].id.as_str()).collect();
        let width = ids.iter().map(|id| id.len()).max().unwrap_or(0);
        for id in ids {
            text.push_str(&format!("{id:width$} = \"?\"\n"));
        }
    }
    text
}

/// The text of a copy of an annex.
pub(super) fn copy_text(annex: &Annex) -> String {
    let mut text =
        format!("titre = \"?\"\nauteur = \"?\"\napprentis = {}\n", annex.record.apprentis);
    content(&mut text, annex);
    text.push_str(&format!("copie_de = {}\n", quote(&annex.id)));
    text
}

/// Objectives and tasks.
fn content(text: &mut String, annex: &Annex) {
    match &annex.record.objectifs {
        Some(goals) => prose(text, "objectifs", &goals.0),
        None => text.push_str("objectifs = \"?\"\n"),
    }
    if annex.record.taches.is_empty() {
        text.push_str("taches = [\"?\"]\n");
    } else {
        list(text, "taches", &annex.record.taches);
    }
}

/// The file of a new period: all diplomas share the folder of a year, so that its name tells which.
pub(super) fn period_file(school: &School, annex: &Annex, dates: Option<Planned>) -> String {
    let code = &school.referentials[annex.diploma].code;
    let level = annex.level.as_str();
    let stem = match dates {
        Some(pfmp) => format!("pfmp-{}-{code}", pfmp.number),
        None if annex.record.apprentis => format!("employeur-{code}-{level}"),
        None => format!("pfmp-{code}-{level}"),
    };
    let year = school.current_year();
    let mut name = stem.clone();
    let mut number = 2;
    while school.period(&format!("{year}/{name}")).is_some() {
        name = format!("{stem}-{number}");
        number += 1;
    }
    format!("{name}.toml")
}

/// The file of a copy.
pub(super) fn copy_file(school: &School, annex: &Annex) -> String {
    let taken = |slug: &str| {
        let mut all = school.annexes.values().iter();
        all.any(|other| {
            (other.diploma, other.level) == (annex.diploma, annex.level) && other.slug == slug
        })
    };
    let mut number = 2;
    let mut name = format!("{}-{number}", annex.slug);
    while taken(&name) {
        number += 1;
        name = format!("{}-{number}", annex.slug);
    }
    format!("{name}.toml")
}

/// The learners of the current year whom a period made from an annex would concern (PFM-08).
pub(super) fn learners(
    school: &School,
    collation: &Collation,
    annex: &Annex,
    dates: Option<Planned>,
) -> Vec<Ix<Pupil>> {
    let d: D = annex.diploma;
    let year = school.current_year();
    let status = if annex.record.apprentis { Status::Apprentice } else { Status::School };
    let (from, to) = match dates {
        Some(pfmp) => (pfmp.from, pfmp.to),
        None => (year.last_day(), year.last_day()),
    };
    let mut pupils: Vec<Ix<Pupil>> = school
        .pupils
        .iter()
        .filter(|(_, pupil)| pupil.record.inactif_depuis.is_none_or(|day| day > from))
        .filter(|(_, pupil)| {
            pupil.stays.iter().any(|stay| {
                let class = &school.classes[stay.class];
                class.year == year
                    && class.diploma == d
                    && class.record.niveau == annex.level
                    && stay.status == status
                    && stay.from <= to
                    && stay.to >= from
            })
        })
        .map(|(ix, _)| ix)
        .collect();
    pupils.sort_by(|a, b| {
        let (a, b) = (&school.pupils[*a], &school.pupils[*b]);
        collation.compare_names(a.sort_name(), b.sort_name()).then_with(|| a.id.cmp(&b.id))
    });
    pupils
}
