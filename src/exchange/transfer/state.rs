//! The steps of a transfer, written one after another; what is written stays (TRF-05).

use std::sync::Arc;

use crate::diagnostic::key_path;
use crate::record::{self, Edit, NewValue, TransferStage, TransferWay};
use crate::school::{School, Transfer};
use crate::source::Texts;
use crate::text::{Date, SchoolYear, slug};

/// What is noted of a transfer.
#[derive(Clone, Debug)]
pub struct Noted<'n> {
    /// Whether the pupil leaves or arrives.
    pub way: TransferWay,
    /// The code of the other school.
    pub school: &'n str,
    /// The pupil's id here, if there is one.
    pub pupil: Option<&'n str>,
    /// The INE.
    pub ine: Option<&'n str>,
    /// Surname.
    pub nom: &'n str,
    /// First name.
    pub prenom: &'n str,
    /// Day of birth.
    pub birth: Date,
    /// Steps: which, when, by whom of this school, with which package.
    pub steps: Vec<(TransferStage, Date, Option<&'n str>, Option<&'n str>)>,
}

/// The transfer under way of a pupil with a school: one that another package has not taken.
pub fn open_transfer<'s>(
    school: &'s School,
    noted: &Noted<'_>,
    year: SchoolYear,
) -> Option<&'s Transfer> {
    let digests: Vec<&str> = noted.steps.iter().filter_map(|(.., digest)| *digest).collect();
    school.transfers.values().iter().rev().find(|one| {
        let record = &one.record;
        let same = record.sens == noted.way
            && record.etablissement.eq_ignore_ascii_case(noted.school)
            && is_same(record, noted);
        let mut packages = TransferStage::ALL.iter().filter_map(|stage| record.step(*stage));
        let other = packages.any(|step| {
            let package = step.paquet.as_deref();
            package.is_some_and(|package| !digests.is_empty() && !digests.contains(&package))
        });
        let done = record.stage() == Some(TransferStage::Merged);
        // A package that was taken before is found again whenever it comes; another one opens a new transfer.
        same && !other && (one.year == year || !done || !digests.is_empty())
    })
}

fn is_same(record: &record::Transfer, noted: &Noted<'_>) -> bool {
    if let (Some(one), Some(other)) = (record.eleve.as_deref(), noted.pupil) {
        return one == other;
    }
    if let (Some(one), Some(other)) = (&record.ine, noted.ine) {
        return one.eq_ignore_ascii_case(other);
    }
    record.naissance == noted.birth
        && slug(&record.nom) == slug(noted.nom)
        && slug(&record.prenom) == slug(noted.prenom)
}

/// The file of a transfer with these steps added: those that were noted before stay as they are. Nothing when
/// there is nothing to add.
pub fn note(
    school: &School,
    texts: &Texts,
    noted: &Noted<'_>,
    year: SchoolYear,
) -> Option<(String, String)> {
    let open = open_transfer(school, noted, year);
    let path = open.map_or_else(|| new_path(texts, noted, year), |one| one.file.to_string());
    let before = texts.get(&path).map(|text| &**text).unwrap_or_default();
    let mut edit = Edit::of(&Arc::from(path.as_str()), before).ok()?;
    let record = open.map(|one| &one.record);
    let mut put = |key: &str, there: bool, value: Option<NewValue>| {
        if let Some(value) = value.filter(|_| !there) {
            edit.set(&key_path![key], value);
        }
    };
    let is_new = record.is_none();
    put("sens", !is_new, Some(noted.way.as_str().into()));
    put("etablissement", !is_new, Some(noted.school.to_uppercase().into()));
    let pupil = noted.pupil.map(NewValue::from);
    put("eleve", record.is_some_and(|record| record.eleve.is_some()), pupil);
    let ine = noted.ine.map(NewValue::from);
    put("ine", record.is_some_and(|record| record.ine.is_some()), ine);
    put("nom", !is_new, Some(noted.nom.into()));
    put("prenom", !is_new, Some(noted.prenom.into()));
    put("naissance", !is_new, Some(noted.birth.into()));
    for (stage, day, by, package) in &noted.steps {
        if record.and_then(|record| record.step(*stage)).is_some() {
            continue;
        }
        let mut step: Vec<(String, NewValue)> = vec![("le".to_owned(), (*day).into())];
        step.extend(by.map(|by| ("par".to_owned(), by.into())));
        step.extend(package.map(|package| ("paquet".to_owned(), package.into())));
        edit.set(&key_path![stage.key()], NewValue::Table(step));
    }
    let after = edit.finish();
    (after != before).then_some((path, after))
}

/// `transfers/2026-2027/dupont-lea-de-0549999a.toml`, numbered when there is one already.
fn new_path(texts: &Texts, noted: &Noted<'_>, year: SchoolYear) -> String {
    let word = match noted.way {
        TransferWay::Leaves => "vers",
        TransferWay::Arrives => "de",
    };
    let who = match noted.pupil {
        Some(id) => id.to_owned(),
        None => slug(&format!("{} {}", noted.nom, noted.prenom)),
    };
    let base = format!("transfers/{year}/{who}-{word}-{}", slug(noted.school));
    let first = format!("{base}.toml");
    let numbered = (2..100).map(|n| format!("{base}-{n}.toml"));
    let mut all = std::iter::once(first.clone()).chain(numbered);
    all.find(|path| texts.get(path).is_none()).unwrap_or(first)
}
