//! How a change that is not allowed is told: the things it is made of, where each shows, who did it,
//! how to undo it.

use std::sync::Arc;

use crate::diagnostic::{KeyPath, Site, Step};
use crate::history::{Act, Change, Known, Transition};
use crate::record::{Difference, Plain, Role, quote};
use crate::text::{and_list, quoted};

/// The longest value that a sentence shows.
const SHOWN: usize = 60;

/// The differences put together by what they are about: those below the same first steps.
pub(super) fn things<'a>(about: &[&'a Difference], depth: usize) -> Vec<Vec<&'a Difference>> {
    type Thing<'a> = ((Vec<Step>, bool), Vec<&'a Difference>);
    let mut things: Vec<Thing<'_>> = Vec::new();
    for difference in about {
        let steps = difference.path.0.iter().take(depth).cloned().collect();
        // Positions in lists are those of the former version for what is gone.
        let gone = difference.after.is_none() && difference.path.0.len() <= depth;
        match things.iter_mut().find(|(key, _)| *key == (Vec::clone(&steps), gone)) {
            Some((_, thing)) => thing.push(difference),
            None => things.push(((steps, gone), vec![difference])),
        }
    }
    things.into_iter().map(|(_, thing)| thing).collect()
}

/// Where a thing shows; a file as such when there is no value to show.
pub(super) fn site(one: &Transition, thing: &[&Difference]) -> Site {
    match thing.first() {
        Some(first) => shown_at(&one.file, first),
        None => Site::file(&one.file),
    }
}

fn shown_at(file: &Arc<str>, difference: &Difference) -> Site {
    let place = difference.place();
    // An entry that is new shows at its first line rather than as a whole.
    match (&difference.after, place.0.last()) {
        (Some(Plain::Table(_)), _) => Site::key(file, place),
        (Some(Plain::List(items)), _)
            if items.iter().any(|item| matches!(item, Plain::Table(_))) =>
        {
            Site::key(file, place)
        }
        (None, _) if difference.path.0.len() > place.0.len() => Site::key(file, place),
        _ => Site::value(file, place),
    }
}

/// "Paul Mercier a le rôle « enseignant »", "Léa Dupont est élève".
pub(super) fn who(act: &Act<'_>) -> String {
    let name = act.author.called();
    match &act.author.known {
        Known::Learner(_) => format!("{name} est élève"),
        Known::Nobody => format!("{} est inconnu", quoted(act.author.email)),
        Known::Person(person) | Known::Gone(person) => {
            let label = |role: &String| {
                let known = Role::ALL.iter().find(|one| one.as_str() == role);
                quoted(known.map_or(role.as_str(), |known| known.label()))
            };
            let roles: Vec<String> = person.roles.iter().map(label).collect();
            match roles.as_slice() {
                [] => format!("{name} n’a aucun rôle"),
                [one] => format!("{name} a le rôle {one}"),
                _ => format!("{name} a les rôles {}", and_list(&roles)),
            }
        }
    }
}

/// The name of a person of the staff, or the id when nobody has it.
pub(super) fn named<'a>(act: &Act<'a>, id: &'a str) -> &'a str {
    act.moment.person(id).map_or(id, |person| &person.name)
}

/// The name of a pupil, or the id when nobody has it.
pub(super) fn pupil<'a>(act: &Act<'a>, id: &'a str) -> &'a str {
    act.moment.student(id).map_or(id, |student| &student.name)
}

/// What to do to take a change back: an imperative.
pub(super) fn undo(one: &Transition, thing: &[&Difference]) -> String {
    if one.unreadable {
        return "rétablissez le fichier tel qu’il était".to_owned();
    }
    match (one.change, thing) {
        (Change::Added, []) => "supprimez ce fichier".to_owned(),
        (Change::Removed, _) => "rétablissez ce fichier".to_owned(),
        (Change::Moved, []) => {
            let from = one.from.as_deref().unwrap_or(&one.file);
            format!("remettez ce fichier à sa place, {from}")
        }
        (Change::Changed, []) => "rétablissez le fichier tel qu’il était".to_owned(),
        (_, [only]) => match (&only.before, &only.after) {
            (None, _) => "retirez cet ajout".to_owned(),
            (Some(before), None) => match shown(before) {
                Some(text) => format!("rétablissez {} = {text}", last_key(&only.path)),
                None => "rétablissez ce qui a été retiré".to_owned(),
            },
            (Some(before), Some(_)) => match shown(before) {
                Some(text) => format!("remettez la valeur d’avant : {text}"),
                None => "remettez la valeur d’avant".to_owned(),
            },
        },
        _ if thing.iter().all(|one| one.before.is_none()) => "retirez ces ajouts".to_owned(),
        _ => "remettez les valeurs d’avant".to_owned(),
    }
}

fn last_key(path: &KeyPath) -> String {
    let keys = path.0.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.clone()),
        Step::Index(_) => None,
    });
    let key = keys.unwrap_or_default();
    let bare = key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if bare && !key.is_empty() { key } else { quote(&key) }
}

/// A value as it is typed, when it is short.
pub(super) fn shown(value: &Plain) -> Option<String> {
    let text = match value {
        Plain::Text(text) if text.contains('\n') => return None,
        Plain::Text(text) => quote(text),
        Plain::Number(number) => number.to_string(),
        Plain::Truth(truth) => truth.to_string(),
        Plain::Date(date) => date.clone(),
        Plain::List(items) => {
            let items: Option<Vec<String>> = items.iter().map(shown).collect();
            format!("[{}]", items?.join(", "))
        }
        Plain::Table(_) => return None,
    };
    (text.chars().count() <= SHOWN).then_some(text)
}
