//! What the concerns of a plan share: the school, the files, the edits made so far, what was said.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::super::super::{Plan, Weight};
use super::Given;
use super::accept::Files;
use crate::diagnostic::KeyPath;
use crate::record::{Edit, NewValue};
use crate::school::School;
use crate::source::Texts;
use crate::text::{Date, SchoolYear, and_list};

/// People or things whom a sentence names.
const NAMED: usize = 15;

/// A plan in the making.
pub(super) struct Draft<'s> {
    pub(super) school: &'s School,
    pub(super) texts: &'s Texts,
    pub(super) given: &'s Given<'s>,
    pub(super) files: &'s Files,
    /// The school year of the files.
    pub(super) year: SchoolYear,
    /// The day on which what the files say was true: that of the export, else today.
    pub(super) day: Date,
    pub(super) plan: Plan,
    edits: BTreeMap<Arc<str>, Edit>,
}

impl<'s> Draft<'s> {
    pub(super) fn new(
        (school, texts): (&'s School, &'s Texts),
        given: &'s Given<'s>,
        (files, year): (&'s Files, SchoolYear),
        plan: Plan,
    ) -> Self {
        let day = files.exported().unwrap_or(given.today);
        Self { school, texts, given, files, year, day, plan, edits: BTreeMap::new() }
    }

    /// The file at a path, being edited. A file that cannot be edited is told, and nothing is written.
    fn edit(&mut self, path: &str) -> Option<&mut Edit> {
        if !self.edits.contains_key(path) {
            let file: Arc<str> = Arc::from(path);
            let text = self.texts.get(&file).map_or("", |text| text);
            match Edit::of(&file, text) {
                Ok(edit) => drop(self.edits.insert(file, edit)),
                Err(_) => {
                    let said =
                        format!("le fichier {path} a des erreurs et ne peut pas être complété");
                    self.plan.say(Weight::Fatal, said, Some("« jalon check » montre où"));
                    return None;
                }
            }
        }
        self.edits.get_mut(path)
    }

    /// Gives a key of a file its value.
    pub(super) fn set(&mut self, path: &str, place: &KeyPath, value: impl Into<NewValue>) {
        if let Some(edit) = self.edit(path) {
            edit.set(place, value);
        }
    }

    /// Gives a key its value when there is one to give.
    pub(super) fn set_some(
        &mut self,
        path: &str,
        place: &KeyPath,
        value: Option<impl Into<NewValue>>,
    ) {
        if let Some(value) = value {
            self.set(path, place, value);
        }
    }

    /// Removes a key or an entry of a file.
    pub(super) fn remove(&mut self, path: &str, place: &KeyPath) {
        if let Some(edit) = self.edit(path) {
            edit.remove(place);
        }
    }

    /// Adds a block to a list of a file.
    pub(super) fn push(&mut self, path: &str, place: &KeyPath, entries: Vec<(&str, NewValue)>) {
        if let Some(edit) = self.edit(path) {
            edit.push(place, entries);
        }
    }

    /// Something is left out, or must be completed.
    pub(super) fn must_do(&mut self, sentence: impl Into<String>, help: &str) {
        self.plan.say(Weight::ToDo, sentence, Some(help));
    }

    /// Something is good to know.
    pub(super) fn note(&mut self, sentence: impl Into<String>) {
        self.plan.say(Weight::Note, sentence, None);
    }

    /// Nothing can be imported.
    pub(super) fn fatal(&mut self, sentence: impl Into<String>, help: &str) {
        self.plan.say(Weight::Fatal, sentence, Some(help));
    }

    /// The files as they are to be, those that change; and the plan.
    pub(super) fn finish(self) -> (BTreeMap<Arc<str>, String>, Plan) {
        let Self { texts, edits, plan, .. } = self;
        let after = edits.into_par_iter().map(|(path, edit)| (path, edit.finish()));
        let changed =
            after.filter(|(path, text)| texts.get(path).is_none_or(|old| **old != **text));
        (changed.collect(), plan)
    }
}

/// The names, as one sentence has them: the first ones, and how many more.
pub(super) fn some_names(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    match names.len().saturating_sub(NAMED) {
        0 => and_list(&shown),
        1 => format!("{} et un autre", shown.join(", ")),
        more => format!("{} et {more} autres", shown.join(", ")),
    }
}

/// A value of a list of identifiers.
pub(super) fn ids(list: &[String]) -> NewValue {
    NewValue::List(list.iter().map(|id| NewValue::Text(id.clone())).collect())
}

/// A free identifier made from a name: the name, else the name with a number.
pub(super) fn free_id(wanted: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(wanted) {
        return wanted.to_owned();
    }
    let mut numbered = (2..).map(|number: u32| format!("{wanted}-{number}"));
    numbered.find(|id| !is_taken(id)).unwrap_or_default()
}
