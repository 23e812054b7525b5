//! Editing a file in place: comments, the order of keys and what nobody asked to change stay as they are.

use std::sync::Arc;

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::front_matter;
use super::kind::Kind;
use super::layout::{LayoutError, is_laid_out, lay_out};
use super::shape::{Shape, TableShape};
use crate::diagnostic::{KeyPath, Step};
use crate::text::Date;

/// A file being edited.
///
/// A text that had the canonical layout has it still when the edit ends; another keeps its own, so
/// that the change shows what was meant and nothing else. A key that is new stands where the description
/// of its kind has it.
#[derive(Debug)]
pub struct Edit {
    document: DocumentMut,
    shape: Option<&'static TableShape>,
    canonical: bool,
}

/// A value to write.
#[derive(Clone, Debug, PartialEq)]
pub enum NewValue {
    /// A text; over several lines when it has line breaks.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Truth(bool),
    /// A date, without quotes.
    Date(Date),
    /// A list.
    List(Vec<NewValue>),
    /// A table: its keys and values.
    Table(Vec<(String, NewValue)>),
}

impl Edit {
    /// Begins to edit the record at a path; an empty text is a record that is being created.
    ///
    /// # Errors
    /// When the text does not follow the rules of writing: nothing can be edited then. Pages of books, whose
    /// records are headers, are no texts of this kind.
    pub fn of(file: &Arc<str>, text: &str) -> Result<Self, LayoutError> {
        debug_assert!(!front_matter::is_expected(file), "a page of a book is not edited");
        let shape = Kind::of(file).ok().flatten().map(|kind| kind.shape());
        // What is wrong is told by the reader of records, whose sentences are French.
        lay_out(text)?;
        let document = text.parse().unwrap_or_default();
        Ok(Self { document, shape, canonical: text.is_empty() || is_laid_out(text) })
    }

    /// Gives a key its value; tables on the way are made. What stood there before, a comment at the end
    /// of its line excepted, is gone.
    pub fn set(&mut self, place: &KeyPath, value: impl Into<NewValue>) {
        let Some((Step::Key(key), above)) = place.0.split_last() else { return };
        let Some((parent, shape)) = self.open(above) else { return };
        let Some(table) = parent.as_table_like_mut() else { return };
        put(table, key, item(value.into()), &order(shape.as_ref()));
    }

    /// Removes a key or the entry of a list, and what hangs on it.
    pub fn remove(&mut self, place: &KeyPath) {
        let Some((last, above)) = place.0.split_last() else { return };
        let Some(parent) = find(self.document.as_item_mut(), above) else { return };
        match last {
            Step::Key(key) => {
                if let Some(table) = parent.as_table_like_mut() {
                    table.remove(key);
                }
            }
            Step::Index(n) => match parent {
                Item::ArrayOfTables(tables) if *n < tables.len() => drop(tables.remove(*n)),
                Item::Value(Value::Array(values)) if *n < values.len() => drop(values.remove(*n)),
                _ => {}
            },
        }
    }

    /// Adds a block at the end of a list of blocks (`[[scolarite]]`), made if need be.
    pub fn push(&mut self, place: &KeyPath, entries: Vec<(&str, NewValue)>) {
        let Some((Step::Key(key), above)) = place.0.split_last() else { return };
        let Some((parent, shape)) = self.open(above) else { return };
        let Some(table) = parent.as_table_like_mut() else { return };
        let inner = shape.and_then(|shape| step(&shape, &Step::Key(key.clone())));
        let inner = inner.and_then(|shape| step(&shape, &Step::Index(0)));
        let mut block = Table::new();
        for (key, value) in entries {
            put(&mut block, key, item(value), &order(inner.as_ref()));
        }
        block.decor_mut().set_prefix("\n");
        match table.entry(key).or_insert(Item::None) {
            Item::ArrayOfTables(blocks) => blocks.push(block),
            Item::Value(Value::Array(values)) => {
                values.push(Value::InlineTable(block.into_inline_table()));
            }
            empty => {
                let mut blocks = ArrayOfTables::new();
                blocks.push(block);
                *empty = Item::ArrayOfTables(blocks);
            }
        }
    }

    /// The text as it is now.
    pub fn finish(self) -> String {
        let text = self.document.to_string();
        if self.canonical { lay_out(&text).unwrap_or(text) } else { text }
    }

    /// The table at a path, made if need be, with its description.
    fn open(&mut self, path: &[Step]) -> Option<(&mut Item, Option<Shape>)> {
        let mut shape = self.shape.map(Shape::Table);
        let mut at = self.document.as_item_mut();
        for next in path {
            shape = shape.and_then(|shape| step(&shape, next));
            at = match next {
                Step::Key(key) => {
                    let table = at.as_table_like_mut()?;
                    if table.get(key).is_none_or(Item::is_none) {
                        let mut made = Table::new();
                        made.set_implicit(true);
                        made.decor_mut().set_prefix("\n");
                        table.insert(key, Item::Table(made));
                    }
                    table.get_mut(key)?
                }
                Step::Index(n) => at.get_mut(*n)?,
            };
        }
        if let Item::Table(table) = at {
            table.set_implicit(table.is_implicit() && table.is_empty() && path.is_empty());
        }
        Some((at, shape))
    }
}

/// The item at a path, if it is there.
fn find<'i>(mut at: &'i mut Item, path: &[Step]) -> Option<&'i mut Item> {
    for next in path {
        at = match next {
            Step::Key(key) => at.as_table_like_mut()?.get_mut(key)?,
            Step::Index(n) => at.get_mut(*n)?,
        };
    }
    Some(at)
}

/// The description one step below another.
fn step(shape: &Shape, step: &Step) -> Option<Shape> {
    match (shape, step) {
        (Shape::Table(table), Step::Key(key)) => {
            table.fields.iter().find(|field| field.key == key).map(|field| (field.shape)())
        }
        (Shape::Map(inner), Step::Key(_)) | (Shape::List(inner), Step::Index(_)) => {
            Some((**inner).clone())
        }
        _ => None,
    }
}

/// The keys of a table in the order of its description.
fn order(shape: Option<&Shape>) -> Vec<&'static str> {
    match shape {
        Some(Shape::Table(table)) => table.fields.iter().map(|field| field.key).collect(),
        _ => Vec::new(),
    }
}

/// Gives a key of a table its value: in its place when the key is new.
fn put(table: &mut dyn TableLike, key: &str, mut new: Item, order: &[&str]) {
    if let Some(old) = table.get_mut(key).filter(|old| !old.is_none()) {
        if let (Some(old), Some(new)) = (old.as_value(), new.as_value_mut()) {
            *new.decor_mut() = old.decor().clone();
        }
        *old = new;
        return;
    }
    let rank = |name: &str| order.iter().position(|known| *known == name);
    let values: Vec<String> =
        table.iter().filter(|(_, item)| item.is_value()).map(|(name, _)| name.to_owned()).collect();
    let after = match rank(key) {
        Some(rank_of_key) => values
            .iter()
            .rposition(|name| rank(name).is_some_and(|rank| rank < rank_of_key))
            .map_or(0, |last| last + 1),
        None => values.len(),
    };
    // Values that come after are put back behind the new one, with the comments above them.
    let moved: Vec<(toml_edit::Key, Item)> = values[after..]
        .iter()
        .filter_map(|name| {
            let key = table.key(name)?.clone();
            Some((key, table.remove(name)?))
        })
        .collect();
    table.insert(key, new);
    for (key, value) in moved {
        table.entry_format(&key).or_insert(value);
    }
}

/// A value as the document holds it.
fn item(value: NewValue) -> Item {
    match value {
        NewValue::Table(pairs) => {
            let mut table = Table::new();
            for (key, value) in pairs {
                table.insert(&key, item(value));
            }
            table.decor_mut().set_prefix("\n");
            Item::Table(table)
        }
        other => Item::Value(plain(other)),
    }
}

fn plain(value: NewValue) -> Value {
    match value {
        NewValue::Text(text) => Value::from(text),
        NewValue::Integer(number) => Value::from(number),
        NewValue::Number(number) => Value::from(number),
        NewValue::Truth(truth) => Value::from(truth),
        // A date of ours is a date of TOML.
        NewValue::Date(date) => date
            .to_string()
            .parse::<toml_edit::Datetime>()
            .map_or_else(|_| Value::from(date.to_string()), Value::from),
        NewValue::List(items) => Value::Array(items.into_iter().map(plain).collect::<Array>()),
        NewValue::Table(pairs) => Value::InlineTable(
            pairs.into_iter().map(|(key, value)| (key, plain(value))).collect::<InlineTable>(),
        ),
    }
}

impl From<&str> for NewValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for NewValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Date> for NewValue {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<bool> for NewValue {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl From<i64> for NewValue {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl<T: Into<NewValue>> From<Vec<T>> for NewValue {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::key_path;

    const STUDENT: &str = r#"# Fiche de Léa, vérifiée le 3 septembre.
eleve_id = "900101" # celui de SIECLE
nom = "Dupont"
prenom = "Léa"
# date donnée par la famille
naissance = 2009-04-18

# son année
[[scolarite]]
annee = "2025-2026"
classe = "2mrc1"
statut = "scolaire"

[[responsables]]
lien = "mère"
nom = "Dupont"
prenom = "Anne"
"#;

    fn edited(text: &str, change: impl FnOnce(&mut Edit)) -> String {
        let mut edit = Edit::of(&Arc::from("students/2025/dupont-lea/student.toml"), text).unwrap();
        change(&mut edit);
        edit.finish()
    }

    #[test]
    fn nothing_asked_for_changes_nothing() {
        assert_eq!(edited(STUDENT, |_| {}), STUDENT);
    }

    #[test]
    fn values_change_in_place_and_new_keys_stand_where_the_description_has_them() {
        let text = edited(STUDENT, |edit| {
            edit.set(&key_path!["eleve_id"], "900102");
            edit.set(&key_path!["ine"], "120000001AA");
            edit.set(&key_path!["inactif_depuis"], Date::new(2026, 11, 3).unwrap());
            edit.set(&key_path!["scolarite", 0, "fin"], Date::new(2026, 2, 1).unwrap());
            edit.push(
                &key_path!["scolarite"],
                vec![
                    ("annee", "2026-2027".into()),
                    ("classe", "1mcva".into()),
                    ("statut", "scolaire".into()),
                ],
            );
        });
        assert_eq!(
            text,
            r#"# Fiche de Léa, vérifiée le 3 septembre.
eleve_id = "900102" # celui de SIECLE
ine = "120000001AA"
nom = "Dupont"
prenom = "Léa"
# date donnée par la famille
naissance = 2009-04-18
inactif_depuis = 2026-11-03

# son année
[[scolarite]]
annee = "2025-2026"
classe = "2mrc1"
statut = "scolaire"
fin = 2026-02-01

[[scolarite]]
annee = "2026-2027"
classe = "1mcva"
statut = "scolaire"

[[responsables]]
lien = "mère"
nom = "Dupont"
prenom = "Anne"
"#
        );
    }

    #[test]
    fn removing_takes_only_what_was_named() {
        let text = edited(STUDENT, |edit| {
            edit.remove(&key_path!["responsables", 0]);
            edit.remove(&key_path!["naissance"]);
        });
        assert!(text.contains("# son année") && !text.contains("Anne"), "{text}");
    }

    #[test]
    fn tables_with_free_keys_are_made_and_filled() {
        let mut edit = Edit::of(&Arc::from("staff.toml"), "").unwrap();
        for id in ["roy-anne", "abadie-luc"] {
            edit.set(&key_path!["personnes", id, "roles"], vec!["enseignant"]);
            edit.set(&key_path!["personnes", id, "civilite"], "Mme");
        }
        let text = edit.finish();
        assert_eq!(
            text,
            "[personnes.roy-anne]\ncivilite = \"Mme\"\nroles = [\"enseignant\"]\n\n\
             [personnes.abadie-luc]\ncivilite = \"Mme\"\nroles = [\"enseignant\"]\n"
        );
    }

    #[test]
    fn a_text_with_its_own_layout_keeps_it() {
        let own = "nom=\"Dupont\"\n\n\n\nprenom = 'Léa'\n";
        let text = edited(own, |edit| edit.set(&key_path!["nom"], "Durand"));
        assert_eq!(text, "nom=\"Durand\"\n\n\n\nprenom = 'Léa'\n");
    }
}
