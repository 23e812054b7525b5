//! What PRONOTE takes of the validated reviews of a period: competences for its livret de compétences, marks and
//! conseils for its bulletin (BIL-13 to BIL-16). It fetches; nothing is sent.

use std::collections::BTreeSet;

use super::sheet::{Cell, Sheet};
use crate::insight::livret_sheets;
use crate::record::{Level, OfficialPeriod};
use crate::school::{Class, Ix, Pupil, Review, School};
use crate::text::Date;

/// The files of a class for a period.
#[derive(Debug)]
pub struct PronoteFiles<'a> {
    /// The class.
    pub class: Ix<Class>,
    /// The period.
    pub period: &'a OfficialPeriod,
    /// A row a pupil and competence: for the livret de compétences.
    pub competences: Sheet,
    /// A row a pupil: mark and conseils, for the bulletin.
    pub bulletin: Sheet,
    /// A row a pupil and expected competence of the livret scolaire (LSL-40); none where the class has no
    /// livret.
    pub livret: Option<Sheet>,
    /// How many pupils have a review in the period.
    pub pupils: usize,
    /// Pupils of the class without a validated review in the period.
    pub without_review: Vec<Ix<Pupil>>,
    /// Pupils in the files who have no INE: PRONOTE can only know them by their names.
    pub without_ine: Vec<Ix<Pupil>>,
    /// The day on which PRONOTE closed the period, when it is past (BIL-14).
    pub closed: Option<Date>,
}

/// The period of a class that a day is in, or the one of that code.
pub fn period_of<'a>(
    school: &'a School,
    class: &Class,
    code: Option<&str>,
    today: Date,
) -> Option<&'a OfficialPeriod> {
    let mut periods = school.periods_of_class(class).into_iter();
    match code {
        Some(code) => periods.find(|period| period.code == code),
        None => periods.find(|period| period.debut <= today && today <= period.fin),
    }
}

/// Who a row is about: by INE, and by name and date of birth where there is none.
const WHO: [&str; 6] = ["INE", "Nom", "Prénom", "Date de naissance", "Classe", "Période"];

/// Makes the files of a class for a period: the last review of each pupil that was validated in it, and is
/// not being corrected (BIL-13).
pub fn pronote_files<'a>(
    school: &School,
    class_ix: Ix<Class>,
    period: &'a OfficialPeriod,
    today: Date,
) -> PronoteFiles<'a> {
    let table = |name: &str, more: &[&str]| Sheet::new(name, WHO.iter().chain(more).copied());
    let mut competences =
        table("Compétences", &["Date du bilan", "Code", "Compétence", "Niveau", "Rang (1 à 4)"]);
    let mut bulletin = table("Bulletin", &["Date du bilan", "Note sur 20", "Conseils"]);
    let (mut without_review, mut without_ine) = (Vec::new(), BTreeSet::new());
    let mut pupils = 0;
    for pupil_ix in present(school, class_ix) {
        let Some(review) = review_in(school, pupil_ix, class_ix, period) else {
            without_review.push(pupil_ix);
            continue;
        };
        pupils += 1;
        if school.pupils[pupil_ix].record.ine.is_none() {
            without_ine.insert(pupil_ix);
        }
        let mut who = identity(school, class_ix, period, pupil_ix);
        who.push(review.key.date.into());
        let referential = &school.referentials[review.diploma];
        for competence in referential.competence_ixs() {
            let record = referential.competence_record(competence);
            let level = review.position(competence);
            let more = [
                Cell::from(record.code.as_str()),
                Cell::from(record.intitule.as_str()),
                Cell::from(level_words(level)),
                level.rank().map_or(Cell::Empty, |rank| Cell::Whole(rank.into())),
            ];
            competences.rows.push(who.iter().cloned().chain(more).collect());
        }
        let mark = review.record.note.map(|note| note.0);
        let advice = review.record.conseils.as_ref().map(|text| text.0.as_str());
        who.extend([Cell::decimal(mark, 2), Cell::maybe(advice)]);
        bulletin.rows.push(who);
    }
    let livret = livret_table(school, class_ix, period, &mut without_ine);
    PronoteFiles {
        class: class_ix,
        period,
        competences,
        bulletin,
        livret,
        pupils,
        without_review,
        without_ine: without_ine.into_iter().collect(),
        closed: period.cloture_pronote.filter(|day| *day < today),
    }
}

/// The levels of the livret scolaire: the blue column, and nothing else.
fn livret_table(
    school: &School,
    class: Ix<Class>,
    period: &OfficialPeriod,
    without_ine: &mut BTreeSet<Ix<Pupil>>,
) -> Option<Sheet> {
    let sheets = livret_sheets(school, class);
    let heads = WHO.iter().chain(&["Matière", "Code", "Compétence", "Niveau LSL (1 à 4)"]).copied();
    let mut table = Sheet::new("Livret", heads);
    for sheet in &sheets {
        let who = identity(school, class, period, sheet.pupil);
        for subject in &sheet.subjects {
            for one in &subject.levels {
                let Some(level) = one.level else { continue };
                if school.pupils[sheet.pupil].record.ine.is_none() {
                    without_ine.insert(sheet.pupil);
                }
                let more = [
                    Cell::from(subject.title.as_str()),
                    Cell::from(one.code),
                    Cell::from(one.title),
                    Cell::Whole(level.into()),
                ];
                table.rows.push(who.iter().cloned().chain(more).collect());
            }
        }
    }
    (!table.rows.is_empty()).then_some(table)
}

fn identity(
    school: &School,
    class: Ix<Class>,
    period: &OfficialPeriod,
    pupil: Ix<Pupil>,
) -> Vec<Cell> {
    let record = &school.pupils[pupil].record;
    vec![
        Cell::maybe(record.ine.as_deref()),
        Cell::from(record.nom.as_str()),
        Cell::from(record.prenom.as_str()),
        Cell::from(record.naissance),
        Cell::from(school.classes[class].record.nom.as_str()),
        Cell::from(period.code.as_str()),
    ]
}

/// A level in words: the signs of the scale would be formulas for a spreadsheet, and PRONOTE's own letters
/// depend on the scale that each school has set there.
pub fn level_words(level: Level) -> &'static str {
    level.label()
}

/// The pupils who are in the class now, or were at the end of its year.
fn present(school: &School, class: Ix<Class>) -> Vec<Ix<Pupil>> {
    let year = school.classes[class].year;
    let pupils = school.classes[class].pupils.iter().copied();
    pupils
        .filter(|pupil| {
            let gone = year == school.current_year()
                && school.pupils[*pupil].record.inactif_depuis.is_some();
            !gone && school.last_stay_of(*pupil, year).is_some_and(|stay| stay.class == class)
        })
        .collect()
}

/// The last review of a pupil that is validated and closed in a period, on the diploma of the class.
fn review_in<'a>(
    school: &'a School,
    pupil: Ix<Pupil>,
    class: Ix<Class>,
    period: &OfficialPeriod,
) -> Option<&'a Review> {
    let reviews = school.pupils[pupil].reviews.iter().rev().map(|ix| &school.reviews[*ix]);
    reviews.into_iter().find(|review| {
        let day = review.key.date;
        review.is_locked()
            && review.diploma == school.classes[class].diploma
            && period.debut <= day
            && day <= period.fin
    })
}
