//! What an import did, counted from the files themselves, and the record that keeps it (IMP-13).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::super::{Plan, Tally, Weight};
use super::Given;
use super::accept::Files;
use crate::diagnostic::key_path;
use crate::record::{AnyRecord, Edit, Guardian, Kind, NewValue, Plain, version};
use crate::school::School;
use crate::source::Texts;
use crate::text::SchoolYear;

/// The kinds that are counted, in the order in which they are told.
const KINDS: [((&str, &str), bool); 5] = [
    (("personne de l’équipe", "personnes de l’équipe"), true),
    (("classe", "classes"), true),
    (("groupe", "groupes"), false),
    (("élève", "élèves"), false),
    (("responsable", "responsables"), false),
];

/// How many of each kind the changed files create, change and deactivate.
pub(super) fn tallies(texts: &Texts, changed: &BTreeMap<Arc<str>, String>) -> Vec<Tally> {
    let tally = |((one, several), feminine)| Tally {
        noun: (one, several),
        feminine,
        created: 0,
        changed: 0,
        deactivated: 0,
    };
    let mut all = KINDS.map(tally);
    let [people, classes, groups, pupils, guardians] = &mut all;
    for (path, text) in changed {
        let after = version(path, text);
        let before = texts.get(path).map(|text| version(path, text));
        let was = before.as_ref().and_then(|before| before.plain.as_ref());
        let Some(is) = &after.plain else { continue };
        match &after.kind {
            Some(Kind::Staff) => entries(was, is, "personnes", people),
            Some(Kind::Classes(_)) => {
                entries(was, is, "classes", classes);
                entries(was, is, "groupes", groups);
            }
            Some(Kind::Student { .. }) => {
                let without = |plain: &Plain| match plain {
                    Plain::Table(pairs) => Plain::Table(
                        pairs.iter().filter(|(key, _)| key != "responsables").cloned().collect(),
                    ),
                    other => other.clone(),
                };
                one(was.map(without).as_ref(), Some(&without(is)), pupils);
                let blocks = |record: Option<&AnyRecord>| match record {
                    Some(AnyRecord::Student(student)) => student.responsables.clone(),
                    _ => Vec::new(),
                };
                let before = before.as_ref().and_then(|before| before.record.as_ref());
                count_guardians(
                    &blocks(before),
                    &blocks(after.record.as_ref()),
                    (was, is),
                    guardians,
                );
            }
            _ => {}
        }
    }
    all.to_vec()
}

/// Counts the entries of a table with free keys.
fn entries(before: Option<&Plain>, after: &Plain, table: &str, tally: &mut Tally) {
    let was = before.and_then(|before| before.get(table));
    let Some(is) = after.get(table) else { return };
    for key in is.keys() {
        one(was.and_then(|was| was.get(key)), is.get(key), tally);
    }
}

fn one(before: Option<&Plain>, after: Option<&Plain>, tally: &mut Tally) {
    let gone =
        |plain: Option<&Plain>| plain.is_some_and(|plain| plain.get("inactif_depuis").is_some());
    match (before, after) {
        (None, Some(_)) => tally.created += 1,
        (Some(_), _) if gone(after) && !gone(before) => tally.deactivated += 1,
        (Some(before), Some(after)) if before != after => tally.changed += 1,
        _ => {}
    }
}

/// Counts the blocks of one pupil: the same person has the same number, else the same letter.
fn count_guardians(
    before: &[Guardian],
    after: &[Guardian],
    (was, is): (Option<&Plain>, &Plain),
    tally: &mut Tally,
) {
    let plain = |file: Option<&Plain>, place: usize| match file?.get("responsables")? {
        Plain::List(blocks) => blocks.get(place).cloned(),
        _ => None,
    };
    let same = |a: &Guardian, b: &Guardian| {
        let numbers = a.personne_id.is_some() && a.personne_id == b.personne_id;
        numbers || a.letter_key() == b.letter_key()
    };
    let mut met = vec![false; before.len()];
    for (place, block) in after.iter().enumerate() {
        let known = (0..before.len()).find(|n| !met[*n] && same(&before[*n], block));
        let Some(known) = known else {
            tally.created += 1;
            continue;
        };
        met[known] = true;
        if before[known].legal.is_some() && block.legal.is_none() {
            tally.deactivated += 1;
        } else if plain(was, known) != plain(Some(is), place) {
            tally.changed += 1;
        }
    }
    tally.deactivated += met.iter().filter(|met| !**met).count();
}

/// The path of a new report: that of today, numbered when there is one already.
pub(super) fn path(school: &School, given: &Given<'_>, year: SchoolYear) -> Option<String> {
    let base = format!("imports/{year}/{}", given.today);
    let names = std::iter::once(base.clone()).chain((2..=9).map(|n| format!("{base}-{n}")));
    let mut free = names.map(|name| format!("{name}.toml"));
    free.find(|name| !school.files.contains(name.as_str()))
}

/// The record of an import.
pub(super) fn record(path: &str, plan: &Plan, given: &Given<'_>, files: &Files) -> Option<String> {
    let mut edit = Edit::of(&Arc::from(path), "").ok()?;
    let list = |texts: Vec<String>| NewValue::List(texts.into_iter().map(NewValue::Text).collect());
    let said = |weight: Weight| -> Vec<String> {
        let of = plan.remarks.iter().filter(|remark| remark.weight == weight);
        of.map(|remark| remark.sentence.clone())
            .filter(|sentence| !files.forced.contains(sentence))
            .collect()
    };
    for (key, texts) in [
        ("forcages", files.forced.clone()),
        ("a_faire", said(Weight::ToDo)),
        ("a_savoir", said(Weight::Note)),
    ] {
        if !texts.is_empty() {
            edit.set(&key_path![key], list(texts));
        }
    }
    for source in files.sources() {
        let mut entries: Vec<(&str, NewValue)> = vec![
            ("genre", source.kind.as_str().into()),
            ("nom", source.name.as_str().into()),
            ("sha256", source.digest.as_str().into()),
        ];
        entries.extend(source.origin.exported.map(|day| ("exporte_le", day.into())));
        entries.extend(source.origin.stamp.as_deref().map(|stamp| ("horodatage", stamp.into())));
        edit.push(&key_path!["fichiers"], entries);
    }
    let number = |number: usize| NewValue::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    for tally in &plan.tallies {
        if tally.created + tally.changed + tally.deactivated == 0 {
            continue;
        }
        let entries = vec![
            ("quoi", tally.noun.1.into()),
            ("crees", number(tally.created)),
            ("modifies", number(tally.changed)),
            ("desactives", number(tally.deactivated)),
        ];
        edit.push(&key_path!["bilan"], entries);
    }
    if plan.tallies.iter().all(|tally| tally.created + tally.changed + tally.deactivated == 0) {
        edit.set(&key_path!["bilan"], NewValue::List(Vec::new()));
    }
    for refusal in given.refused {
        let entries = vec![
            ("eleve_id", refusal.eleve_id.as_str().into()),
            ("motif", refusal.reason.as_str().into()),
        ];
        edit.push(&key_path!["refus"], entries);
    }
    Some(edit.finish())
}
