//! Who can leave and who cannot, and why: the table before the export.

use std::collections::{BTreeMap, BTreeSet};

use crate::insight::{
    LivretSheet, LivretState, SendingState, gap_words, livret_sheet, livret_sheets, livret_state,
    one_gap_word, sending_state, who_fills,
};
use crate::record::StudyLevel;
use crate::school::{Class, Ix, Pupil, School};

use super::codes::{Codes, codes};
use super::dossier::{Dossier, pupil_of, year_of};
use super::format::{LslFormat, twice};
use super::nomenclature::Nomenclature;

/// What is exported.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The classes, in order.
    pub classes: &'a [Ix<Class>],
    /// The nomenclature, when there is one.
    pub nomenclature: Option<&'a Nomenclature>,
    /// The version of the file.
    pub format: &'a dyn LslFormat,
    /// Whether the première of pupils in terminale goes with them.
    pub cycle: bool,
}

/// Something that lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// The class.
    pub class: Ix<Class>,
    /// The pupil; nobody when it lacks for the whole class.
    pub pupil: Option<Ix<Pupil>>,
    /// What.
    pub what: String,
    /// Who must fill it.
    pub who: String,
}

/// A pupil with a livret.
#[derive(Debug)]
pub struct Leaving<'a> {
    /// The values, as the school has them.
    pub sheet: LivretSheet<'a>,
    /// Whether the livret itself lacks nothing.
    pub complete: bool,
    /// Where it stands towards the last sending.
    pub state: SendingState,
    /// The values with their national codes, as far as those are known.
    pub dossier: Dossier,
    /// Whether it goes in the file: nothing lacks.
    pub leaves: bool,
}

/// What an export would be.
#[derive(Debug, Default)]
pub struct Prepared<'a> {
    /// All pupils with a livret, in the order of classes and lists.
    pub pupils: Vec<Leaving<'a>>,
    /// All that lacks, in the same order; what lacks for a whole class first.
    pub lacks: Vec<Lack>,
    /// What is good to know.
    pub notes: Vec<String>,
}

impl Prepared<'_> {
    /// What goes in the file.
    pub fn dossiers(&self) -> Vec<Dossier> {
        let leaving = self.pupils.iter().filter(|one| one.leaves);
        leaving.map(|one| one.dossier.clone()).collect()
    }
}

/// Prepares an export.
pub fn prepare<'a>(school: &'a School, scope: &Scope<'_>) -> Prepared<'a> {
    let mut prepared = Prepared::default();
    for class_ix in scope.classes {
        let sheets = livret_sheets(school, *class_ix);
        if sheets.is_empty() {
            continue;
        }
        // A division may mix several MEF.
        let mut known: BTreeMap<Option<&str>, Codes> = BTreeMap::new();
        for sheet in &sheets {
            known.entry(sheet.mef).or_insert_with(|| {
                codes(school, &school.classes[*class_ix], sheet.mef, scope.nomenclature)
            });
        }
        let lacks: BTreeSet<&str> =
            known.values().flat_map(|one| &one.lacks).map(|what| &**what).collect();
        prepared.lacks.extend(lacks.into_iter().map(|what| Lack {
            class: *class_ix,
            pupil: None,
            what: without_class(what).to_owned(),
            who: "le DDFPT (nomenclature ou référentiel)".to_owned(),
        }));
        let notes: BTreeSet<&String> = known.values().flat_map(|one| &one.notes).collect();
        prepared.notes.extend(notes.into_iter().cloned());
        for sheet in sheets {
            let codes = known.get(&sheet.mef).cloned().unwrap_or_default();
            let one = leaving(school, scope, sheet, &codes, &mut prepared.lacks);
            prepared.pupils.push(one);
        }
    }
    refuse_twice(&mut prepared);
    prepared
}

/// "1 MCV A : code MEF" → "code MEF": the class has its own column.
fn without_class(what: &str) -> &str {
    what.split_once(" : ").map_or(what, |(_, what)| what)
}

fn leaving<'a>(
    school: &'a School,
    scope: &Scope<'_>,
    sheet: LivretSheet<'a>,
    codes: &Codes,
    lacks: &mut Vec<Lack>,
) -> Leaving<'a> {
    let (class, pupil) = (sheet.class, sheet.pupil);
    let before = lacks.len();
    let mut lack = |what: String, who: String| {
        lacks.push(Lack { class, pupil: Some(pupil), what, who });
    };
    let state = livret_state(school, pupil, sheet.year);
    let complete = state.as_ref().is_some_and(LivretState::is_complete);
    if let Some(state) = state.filter(|state| !state.is_complete()) {
        // Levels are told together, the rest one by one, each with who fills it.
        let is_level =
            |gap: &crate::insight::LivretGap| matches!(gap, crate::insight::LivretGap::Level(_));
        if let Some(first) = state.gaps.iter().copied().find(is_level) {
            let words = gap_words(school, &state).into_iter().next().unwrap_or_default();
            lack(words, who_fills(school, &state, first));
        }
        for gap in state.gaps.iter().copied().filter(|gap| !is_level(gap)) {
            lack(one_gap_word(school, &state, gap), who_fills(school, &state, gap));
        }
    }
    let eleve_id: Option<u64> = sheet.eleve_id.and_then(|id| id.parse().ok()).filter(|id| *id > 0);
    if eleve_id.is_none() {
        let what = "identifiant ELEVE_ID de SIECLE (l’INE n’en tient pas lieu)";
        lack(what.to_owned(), "le DDFPT (import de SIECLE)".to_owned());
    }
    let mut dossier = pupil_of(&sheet, eleve_id.unwrap_or_default());
    if scope.cycle {
        let earlier = earlier_years(school, scope, &sheet);
        earlier.into_iter().for_each(|year| dossier.add(year));
    }
    if let Some(year) = year_of(school, &sheet, codes) {
        dossier.add(year);
    }
    // What the version itself refuses; what is told already is not told twice.
    let told = before < lacks.len() || !codes.lacks.is_empty();
    if !told {
        for fault in scope.format.faults(&dossier) {
            lacks.push(Lack { class, pupil: Some(pupil), what: fault, who: "le DDFPT".to_owned() });
        }
    }
    let leaves = !told && before == lacks.len();
    Leaving { state: sending_state(school, &sheet), sheet, complete, dossier, leaves }
}

/// The première of a pupil in terminale, when it was done here and is complete.
fn earlier_years(
    school: &School,
    scope: &Scope<'_>,
    sheet: &LivretSheet<'_>,
) -> Vec<super::DossierYear> {
    if school.classes[sheet.class].record.niveau != StudyLevel::Terminale {
        return Vec::new();
    }
    let stays = school.pupils[sheet.pupil].stays.iter();
    let classes: BTreeSet<_> = stays.map(|stay| stay.class).collect();
    let earlier = classes.into_iter().filter(|class| school.classes[*class].year < sheet.year);
    earlier
        .filter(|class| school.classes[*class].diploma == school.classes[sheet.class].diploma)
        .filter_map(|class| {
            let year = school.classes[class].year;
            let last = school.last_stay_of(sheet.pupil, year)?.class;
            let complete = livret_state(school, sheet.pupil, year)?.is_complete();
            let sheet = livret_sheet(school, class, sheet.pupil)?;
            let codes = codes(school, &school.classes[class], sheet.mef, scope.nomenclature);
            if last != class || !complete || !codes.lacks.is_empty() {
                return None;
            }
            year_of(school, &sheet, &codes)
        })
        .collect()
}

/// Two pupils with one number would replace each other: neither leaves.
fn refuse_twice(prepared: &mut Prepared<'_>) {
    let twice = twice(&prepared.dossiers());
    for one in &mut prepared.pupils {
        if one.leaves && twice.contains(&one.dossier.eleve_id) {
            prepared.lacks.push(Lack {
                class: one.sheet.class,
                pupil: Some(one.sheet.pupil),
                what: format!("ELEVE_ID {} porté par deux élèves", one.dossier.eleve_id),
                who: "le DDFPT (import de SIECLE)".to_owned(),
            });
            one.leaves = false;
        }
    }
}
