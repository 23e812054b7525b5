//! What changed in a record, in plain words: "note de 12 à 13,5".

use std::borrow::Cow;

use super::labels::{label, list};
use super::values::{
    beginning, by_and_when, entry, instead_of, is_long, person, pupil, said, signs,
};
use crate::diagnostic::Step;
use crate::history::{Change, Touch};
use crate::record::{Difference, Plain};
use crate::school::School;
use crate::text::{and_list, elide_de, quoted};

/// Tables with one value a competence or criterion.
const BY_CODE: &[&str] = &["positions", "niveaux", "professionnalisation", "resultats"];

/// What a change did, a sentence each; `within` keeps what is below some keys only.
pub fn words(school: &School, touch: &Touch, within: &[String]) -> Vec<String> {
    let mut told = Vec::new();
    match touch.change {
        Change::Added => told.push("création".to_owned()),
        Change::Removed => told.push("suppression".to_owned()),
        Change::Moved => {
            let from = touch.from.as_deref().unwrap_or_default();
            told.push(format!("changement de place, auparavant {}", quoted(from)));
        }
        Change::Changed => {}
    }
    if !within.is_empty() {
        told.clear();
    }
    let concerned = |one: &&Difference| {
        within.iter().enumerate().all(|(n, key)| one.step(n) == Some(key.as_str()))
    };
    let each = touch.differences.iter().filter(concerned);
    let each: Vec<Cow<'_, Difference>> = each.flat_map(|one| apart(&touch.file, one)).collect();
    let differences: Vec<&Difference> = each.iter().map(AsRef::as_ref).collect();
    let teller = Teller { school, file: &touch.file, all: &differences, skip: within.len() };
    told.extend(differences.iter().filter_map(|one| teller.sentence(one)));
    if told.is_empty() && within.is_empty() {
        told.push("remise en forme, sans changement de contenu".to_owned());
    }
    told
}

/// A table of people, classes or results that came or went as a whole is told entry by entry.
fn apart<'d>(file: &str, one: &'d Difference) -> Vec<Cow<'d, Difference>> {
    let is_apart = match one.path.0.last().and_then(key_of) {
        Some("personnes" | "classes") => true,
        Some("resultats") => file.starts_with("evaluations/"),
        _ => false,
    };
    let (pairs, new) = match (&one.before, &one.after) {
        (None, Some(Plain::Table(pairs))) if is_apart => (pairs, true),
        (Some(Plain::Table(pairs)), None) if is_apart => (pairs, false),
        _ => return vec![Cow::Borrowed(one)],
    };
    let each = pairs.iter().map(|(key, value)| {
        let (value, path) = (Some(value.clone()), one.path.child(key.as_str()));
        let (before, after) = if new { (None, value) } else { (value, None) };
        Cow::Owned(Difference { path, before, after })
    });
    each.collect()
}

/// What is needed to say a difference.
struct Teller<'t> {
    school: &'t School,
    file: &'t str,
    /// All that changed at once: some values are said together.
    all: &'t [&'t Difference],
    /// How many steps of each path go without saying.
    skip: usize,
}

impl Teller<'_> {
    /// "résultats de Léa Dupont : C1.2 de + à ++"; nothing when another sentence says it.
    fn sentence(&self, one: &Difference) -> Option<String> {
        let (last, parents) = one.path.0.split_last()?;
        let parent = parents.last().and_then(key_of);
        let Step::Key(key) = last else {
            return Some(self.entry(one, parents));
        };
        match (parent, key.as_str()) {
            (_, "etat" | "valide_le" | "valide_par") => return self.state(one, parents, key),
            (None, "verrouillage" | "harmonisation") => return Some(self.stage(one, key)),
            (Some("verrouillage"), "le") => {
                let seal = self.beside(parents, "par");
                let by = seal.and_then(|one| one.after.as_ref());
                let by = by.map(|by| format!(" par {}", said(self.school, "par", by)));
                let day = one.after.as_ref().map(|day| said(self.school, key, day))?;
                return Some(format!(
                    "grille verrouillée de nouveau le {day}{}",
                    by.unwrap_or_default()
                ));
            }
            (Some("verrouillage"), "par") if self.beside(parents, "le").is_some() => return None,
            (Some("resultats"), id) if self.file.starts_with("evaluations/") => {
                return Some(self.results(id, one));
            }
            (Some(table), code) if BY_CODE.contains(&table) => {
                let place = self.place(&parents[..parents.len() - 1], "");
                let what = format!("{place}{} {}", singular(table), elide_de(code));
                return Some(self.value(&what, table, one));
            }
            (Some("referents"), id) => {
                let place = format!("référent {}", elide_de(&pupil(self.school, id)));
                return Some(self.value(&place, "referents", one));
            }
            (Some("personnes" | "classes"), _) => {
                let what = match parent {
                    Some("personnes") => person(self.school, key),
                    _ => format!("la classe {key}"),
                };
                match (&one.before, &one.after) {
                    (None, Some(_)) => return Some(format!("ajout {}", elide_de(&what))),
                    (Some(_), None) => return Some(format!("retrait {}", elide_de(&what))),
                    _ => {}
                }
            }
            _ => {}
        }
        let place = self.place(parents, "");
        if let (Some(Plain::List(_)), _) | (_, Some(Plain::List(_))) = (&one.before, &one.after) {
            return Some(self.list(&place, key, one));
        }
        Some(self.value(&format!("{place}{}", label(key)), key, one))
    }

    /// The steps that lead to a value, each followed by a comma; and then some words.
    fn place(&self, steps: &[Step], then: &str) -> String {
        let mut place = String::new();
        for (n, step) in steps.iter().enumerate().skip(self.skip) {
            let above = n.checked_sub(1).and_then(|n| steps.get(n)).and_then(key_of);
            match (step, above) {
                (Step::Key(key), Some("personnes")) => place += &person(self.school, key),
                (Step::Key(key), Some("classes")) => place += key,
                // The names of these tables say nothing that their keys do not.
                (Step::Key(key), _) if matches!(key.as_str(), "personnes" | "classes") => continue,
                (Step::Key(key), _) => place += &label(key),
                (Step::Index(at), _) => place += &format!("n°\u{a0}{}", at + 1),
            }
            let is_list = matches!(steps.get(n + 1), Some(Step::Index(_)));
            place += if is_list { " " } else { ", " };
        }
        place + then
    }

    /// One value in place of another, of nothing, or the other way round.
    fn value(&self, what: &str, key: &str, one: &Difference) -> String {
        let say = |value: &Plain| said(self.school, key, value);
        match (&one.before, &one.after) {
            (Some(before @ Plain::Number(_)), Some(after @ Plain::Number(_))) => {
                format!("{what} de {} à {}", say(before), say(after))
            }
            (Some(Plain::Text(before)), Some(Plain::Text(after)))
                if is_sign(before) && is_sign(after) =>
            {
                format!("{what} de {before} à {after}")
            }
            (Some(Plain::Text(before)), Some(Plain::Text(after)))
                if is_long(before) || is_long(after) =>
            {
                format!("{what}\u{a0}: texte réécrit, {}", quoted(&beginning(after)))
            }
            // What is not written is said by what it is by default.
            (Some(Plain::Truth(was)), None) => {
                format!("{what}\u{a0}: {}", say(&Plain::Truth(!was)))
            }
            (_, Some(after @ Plain::Truth(_))) => format!("{what}\u{a0}: {}", say(after)),
            (Some(before), Some(after)) => {
                let before = instead_of(self.school, key, before);
                format!("{what}\u{a0}: {} {before}", say(after))
            }
            (None, Some(after)) => format!("{what}\u{a0}: {}", say(after)),
            (Some(Plain::Text(before)), None) if is_long(before) => {
                format!("{what}\u{a0}: texte retiré, {}", quoted(&beginning(before)))
            }
            (Some(before), None) => {
                format!("{what}\u{a0}: rien {}", instead_of(self.school, key, before))
            }
            (None, None) => what.to_owned(),
        }
    }

    /// An entry of a list that came or went.
    fn entry(&self, one: &Difference, parents: &[Step]) -> String {
        let key = parents.last().and_then(key_of).unwrap_or_default();
        let place = self.place(&parents[..parents.len().saturating_sub(1)], "");
        match (&one.before, &one.after) {
            (None, Some(Plain::Table(pairs))) if key == "deverrouillage" => {
                let why = pairs.iter().find(|(name, _)| name == "motif");
                let why =
                    why.map(|(_, why)| format!("\u{a0}: {}", said(self.school, "motif", why)));
                let by = by_and_when(self.school, pairs);
                format!("déverrouillage{by}{}", why.unwrap_or_default())
            }
            (None, Some(Plain::Table(pairs))) if key == "envois" => {
                format!("envoi{}", by_and_when(self.school, pairs))
            }
            (None, Some(value)) => format!("{place}ajout {}", self.to_list(key, value, true)),
            (Some(value), None) => format!("{place}retrait {}", self.to_list(key, value, false)),
            _ => self.value(&format!("{place}{}", label(key)), key, one),
        }
    }

    fn to_list(&self, key: &str, value: &Plain, to: bool) -> String {
        let (added, removed) = list(key);
        let what = match value {
            Plain::Table(pairs) => entry(self.school, pairs),
            other => said(self.school, key, other),
        };
        format!("{}\u{a0}: {what}", if to { added } else { removed })
    }

    /// Items that came and went.
    fn list(&self, place: &str, key: &str, one: &Difference) -> String {
        let items = |value: &Option<Plain>| match value {
            Some(Plain::List(items)) => {
                items.iter().map(|item| said(self.school, key, item)).collect::<Vec<_>>()
            }
            Some(other) => vec![said(self.school, key, other)],
            None => Vec::new(),
        };
        let (before, after) = (items(&one.before), items(&one.after));
        let lost: Vec<&String> = before.iter().filter(|one| !after.contains(one)).collect();
        let won: Vec<&String> = after.iter().filter(|one| !before.contains(one)).collect();
        let (added, removed) = list(key);
        match (lost.is_empty(), won.is_empty()) {
            (true, true) => format!("{place}{}\u{a0}: autre ordre", label(key)),
            (true, false) => format!("{place}ajout {added}\u{a0}: {}", and_list(&won)),
            (false, true) => format!("{place}retrait {removed}\u{a0}: {}", and_list(&lost)),
            (false, false) => {
                let (won, lost) = (and_list(&won), and_list(&lost));
                format!("{place}{}\u{a0}: {won} au lieu de {lost}", label(key))
            }
        }
    }

    /// The row of a pupil, sign by sign, under the codes of the criteria as they are now.
    fn results(&self, id: &str, one: &Difference) -> String {
        let whose = elide_de(&pupil(self.school, id));
        let row = |value: &Option<Plain>| match value {
            Some(Plain::List(items)) => Some(items.clone()),
            _ => None,
        };
        match (row(&one.before), row(&one.after)) {
            (None, Some(after)) if after.is_empty() => format!("ajout {whose}, sans résultat"),
            (None, Some(after)) => format!("ajout {whose}\u{a0}: {}", signs(&after)),
            (Some(before), None) if before.is_empty() => format!("retrait {whose}"),
            (Some(before), None) => format!("retrait {whose}\u{a0}: {}", signs(&before)),
            (Some(before), Some(after)) if before.is_empty() => {
                format!("résultats {whose}\u{a0}: {}", signs(&after))
            }
            (Some(before), Some(after)) if before.len() == after.len() => {
                let codes = self.criteria(after.len());
                let changed =
                    before.iter().zip(&after).enumerate().filter(|(_, (was, is))| was != is);
                let column = |at: usize| match codes.and_then(|codes| codes.get(at)) {
                    Some(code) => code.clone(),
                    None => format!("colonne {}", at + 1),
                };
                let told: Vec<String> = changed
                    .map(|(at, (was, is))| {
                        let sign = |value: &Plain| signs(std::slice::from_ref(value));
                        format!("{} de {} à {}", column(at), sign(was), sign(is))
                    })
                    .collect();
                format!("résultats {whose}\u{a0}: {}", told.join(", "))
            }
            (Some(before), Some(after)) => {
                format!("résultats {whose}\u{a0}: {} au lieu de {}", signs(&after), signs(&before))
            }
            (None, None) => format!("résultats {whose}"),
        }
    }

    /// The criteria of the evaluation as it is now, when it has that many.
    fn criteria(&self, columns: usize) -> Option<&[String]> {
        let id = self.file.strip_prefix("evaluations/")?.strip_suffix(".toml")?;
        let criteria = &self.school.evaluations[self.school.evaluation(id)?].record.criteres;
        (criteria.len() == columns).then_some(criteria)
    }

    /// What was validated, or opened again: state, day and hand in one sentence.
    fn state(&self, one: &Difference, parents: &[Step], key: &str) -> Option<String> {
        let what = if parents.is_empty() {
            "bilan ".to_owned()
        } else {
            self.place(parents, "").replace(", ", " ")
        };
        let state = self.beside(parents, "etat");
        let now = |key: &str| {
            let found = self.beside(parents, key)?.after.as_ref()?;
            Some(said(self.school, key, found))
        };
        let day = now("valide_le").map_or_else(String::new, |day| format!(" le {day}"));
        let by = now("valide_par").map_or_else(String::new, |by| format!(" par {by}"));
        let to = state.and_then(|one| one.after.as_ref()).and_then(Plain::text);
        match (to, key) {
            (Some("valide"), "etat") => Some(format!("{what}validé{day}{by}")),
            (Some(_), "etat") => Some(format!("{what}remis en brouillon")),
            (Some(_), _) => None,
            (None, "valide_le") if one.before.is_some() && one.after.is_some() => {
                Some(format!("{what}validé de nouveau{day}{by}"))
            }
            (None, "valide_par") if self.beside(parents, "valide_le").is_some() => None,
            (None, _) => Some(self.value(&(self.place(parents, "") + &label(key)), key, one)),
        }
    }

    /// A step of the life of a grid.
    fn stage(&self, one: &Difference, key: &str) -> String {
        match (&one.before, &one.after) {
            (None, Some(Plain::Table(pairs))) if key == "verrouillage" => {
                format!("grille verrouillée{}", by_and_when(self.school, pairs))
            }
            (Some(_), None) if key == "verrouillage" => "verrouillage retiré".to_owned(),
            (None, Some(Plain::Table(pairs))) => {
                let text = |key: &str| {
                    let value = pairs.iter().find(|(name, _)| name == key);
                    value.map(|(key, value)| said(self.school, key, value))
                };
                let note =
                    text("note").map_or_else(String::new, |note| format!("\u{a0}: note {note}"));
                let why = text("motif").map_or_else(String::new, |why| format!(", {why}"));
                format!("harmonisation{}{note}{why}", by_and_when(self.school, pairs))
            }
            _ => self.value(&label(key), key, one),
        }
    }

    /// What changed at once under the same keys.
    fn beside(&self, parents: &[Step], key: &str) -> Option<&Difference> {
        let is = |one: &&&Difference| {
            one.path.0.split_last().is_some_and(|(last, above)| {
                above == parents && matches!(last, Step::Key(name) if name == key)
            })
        };
        self.all.iter().find(is).copied()
    }
}

fn key_of(step: &Step) -> Option<&str> {
    match step {
        Step::Key(key) => Some(key),
        Step::Index(_) => None,
    }
}

fn is_sign(text: &str) -> bool {
    use crate::record::{Level, Outcome};
    Level::parse(text).is_some() || Outcome::parse(text).is_some()
}

/// The name of one value of a table.
fn singular(table: &str) -> String {
    match table {
        "positions" => "position".to_owned(),
        "niveaux" | "resultats" => "niveau".to_owned(),
        other => label(other),
    }
}
