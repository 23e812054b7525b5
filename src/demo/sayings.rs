//! A corpus of sentences by path ("appreciations.bon"), and single words of it.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::corpus::strings;
use super::grammar::{Sex, print};
use super::rng::Dice;

/// Sentences by path.
#[derive(Default)]
pub(crate) struct Sayings {
    lists: BTreeMap<String, Vec<String>>,
}

impl Sayings {
    pub(crate) fn parse(source: &str) -> Self {
        let mut found = Self::default();
        found.walk("", &source.parse().unwrap_or_default());
        found
    }

    fn walk(&mut self, path: &str, table: &Table) {
        for (key, value) in table {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            match value {
                Value::Table(inner) => self.walk(&path, inner),
                Value::String(one) => drop(self.lists.insert(path, vec![one.clone()])),
                _ => drop(self.lists.insert(path, strings(table, key))),
            }
        }
    }

    /// Gives the sentences of a path.
    pub(crate) fn list(&self, path: &str) -> &[String] {
        self.lists.get(path).map_or(&[], Vec::as_slice)
    }

    /// Picks a sentence and fills it.
    pub(crate) fn say(
        &self,
        path: &str,
        sex: Sex,
        values: &[(&str, &str)],
        dice: &mut Dice,
    ) -> String {
        print(dice.text(self.list(path)), sex, values)
    }

    /// Picks a person: first name, surname.
    pub(crate) fn person(&self, path: &str, dice: &mut Dice) -> (String, String) {
        let one = dice.text(self.list(path));
        let (first, surname) = one.split_once('|').unwrap_or((one, one));
        (first.to_owned(), surname.to_owned())
    }
}
