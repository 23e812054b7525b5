//! What changed in a record, in plain words: "note de 12 à 13,5".

use super::labels::label;
use crate::diagnostic::Step;
use crate::history::{Change, Touch};
use crate::record::{Difference, Level, Outcome, Plain};
use crate::school::School;
use crate::text::{Date, and_list, long_date, quoted};

/// Keys whose values are the ids of people.
const PEOPLE: &[&str] = &[
    "auteur",
    "par",
    "valide_par",
    "enseignant",
    "enseignants",
    "equipe",
    "professeur_principal",
    "personne",
    "temoin",
    "referents",
];

/// Keys whose values are the ids of pupils.
const PUPILS: &[&str] = &["apprenants", "sauf", "eleve", "eleves", "candidats"];

/// Tables whose keys are the ids of pupils.
const BY_PUPIL: &[&str] = &["resultats", "referents"];

/// What a change did, a sentence each; `within` keeps what is below some keys only.
pub fn words(school: &School, touch: &Touch, within: &[String]) -> Vec<String> {
    let mut said = Vec::new();
    match touch.change {
        Change::Added => said.push("création".to_owned()),
        Change::Removed => said.push("suppression".to_owned()),
        Change::Moved => {
            let from = touch.from.as_deref().unwrap_or_default();
            said.push(format!("changement de place, auparavant {}", quoted(from)));
        }
        Change::Changed => {}
    }
    if !within.is_empty() {
        said.clear();
    }
    let concerned = |one: &&Difference| {
        within.iter().enumerate().all(|(n, key)| one.step(n) == Some(key.as_str()))
    };
    let differences = touch.differences.iter().filter(concerned);
    said.extend(differences.map(|one| sentence(school, one, within.len())));
    if said.is_empty() && within.is_empty() {
        said.push("remise en forme, sans changement de contenu".to_owned());
    }
    said
}

/// "résultats, Léa Dupont : de + à ++".
fn sentence(school: &School, one: &Difference, skip: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut last = "";
    for (n, step) in one.path.0.iter().enumerate() {
        match step {
            Step::Key(key) => {
                let named = n > 0 && one.step(n - 1).is_some_and(|table| BY_PUPIL.contains(&table));
                let said = if named {
                    pupil(school, key)
                } else if n > 0 && one.step(n - 1) == Some("personnes") {
                    person(school, key)
                } else {
                    label(key)
                };
                last = if named { last } else { key };
                if n >= skip {
                    parts.push(said);
                }
            }
            Step::Index(at) => parts.push(format!("n° {}", at + 1)),
        }
    }
    let place = parts.join(", ");
    let say = |value: &Plain| said(school, last, value);
    match (&one.before, &one.after) {
        (Some(Plain::List(before)), Some(Plain::List(after))) => {
            format!("{place}\u{a0}: {}", lists(school, last, before, after))
        }
        (None, Some(after)) => format!("{place}\u{a0}: ajout de {}", say(after)),
        (Some(before), None) => format!("{place}\u{a0}: retrait de {}", say(before)),
        (Some(before), Some(after)) => {
            format!("{place}\u{a0}: de {} à {}", say(before), say(after))
        }
        (None, None) => place,
    }
}

/// Rows of results are told sign by sign; other lists by what came and what went.
fn lists(school: &School, key: &str, before: &[Plain], after: &[Plain]) -> String {
    let all =
        |items: &[Plain]| items.iter().map(|item| said(school, key, item)).collect::<Vec<_>>();
    let (before, after) = (all(before), all(after));
    if key == "resultats" {
        if before.len() != after.len() {
            return format!("de {} à {}", before.join(" "), after.join(" "));
        }
        let changed = before.iter().zip(&after).enumerate().filter(|(_, (was, is))| was != is);
        let told: Vec<String> =
            changed.map(|(at, (was, is))| format!("colonne {}, de {was} à {is}", at + 1)).collect();
        return told.join(" ; ");
    }
    let lost: Vec<&String> = before.iter().filter(|one| !after.contains(one)).collect();
    let won: Vec<&String> = after.iter().filter(|one| !before.contains(one)).collect();
    match (lost.is_empty(), won.is_empty()) {
        (true, true) => "autre ordre".to_owned(),
        (true, false) => format!("ajout de {}", and_list(&won)),
        (false, true) => format!("retrait de {}", and_list(&lost)),
        (false, false) => format!("{} remplacé par {}", and_list(&lost), and_list(&won)),
    }
}

/// A value as a reader says it.
fn said(school: &School, key: &str, value: &Plain) -> String {
    match value {
        Plain::Text(text) if PEOPLE.contains(&key) => person(school, text),
        Plain::Text(text) if PUPILS.contains(&key) => pupil(school, text),
        Plain::Text(text) if Level::parse(text).is_some() || Outcome::parse(text).is_some() => {
            text.clone()
        }
        Plain::Text(text) => quoted(text),
        Plain::Number(number) => number.to_string().replace('.', ","),
        Plain::Truth(true) => "oui".to_owned(),
        Plain::Truth(false) => "non".to_owned(),
        Plain::Date(date) => date.parse::<Date>().map_or_else(|_| date.clone(), long_date),
        Plain::List(items) if key == "resultats" => {
            items.iter().map(|item| said(school, key, item)).collect::<Vec<_>>().join(" ")
        }
        Plain::List(items) => {
            and_list(&items.iter().map(|item| said(school, key, item)).collect::<Vec<_>>())
        }
        Plain::Table(pairs) => {
            let pair = |(key, value): &(String, Plain)| {
                format!("{} {}", label(key), said(school, key, value))
            };
            format!("({})", pairs.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
    }
}

fn person(school: &School, id: &str) -> String {
    school.person(id).map_or_else(|| id.to_owned(), |ix| school.people[ix].full_name())
}

fn pupil(school: &School, id: &str) -> String {
    school.pupil(id).map_or_else(|| id.to_owned(), |ix| school.pupils[ix].full_name())
}
