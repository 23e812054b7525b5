//! A value of a file without its layout: what two versions of a record are compared by.

use serde::{Deserialize, Serialize};
use toml::de::{DeTable, DeValue};

use super::difference::BODY;
use super::shape::{Shape, TableShape};

/// Characters of a text that a brief keeps.
const LONGEST: usize = 90;

/// A value as TOML means it: comments, order of keys and ways of writing are gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Plain {
    /// A text, without the blanks around it.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Truth(bool),
    /// A date.
    Date(String),
    /// A list.
    List(Vec<Plain>),
    /// A table, its keys in order.
    Table(Vec<(String, Plain)>),
}

impl Plain {
    /// The value of a key of a table.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Self::Table(pairs) = self else { return None };
        pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The same, each text cut after some words.
    #[must_use]
    pub fn brief(&self) -> Self {
        match self {
            Self::Text(text) if text.chars().count() > LONGEST => {
                let cut: String = text.chars().take(LONGEST).collect();
                let words = cut.rsplit_once(char::is_whitespace).map_or(&*cut, |(words, _)| words);
                Self::Text(format!("{} …", words.trim_end()))
            }
            Self::List(items) => Self::List(items.iter().map(Self::brief).collect()),
            Self::Table(pairs) => {
                Self::Table(pairs.iter().map(|(key, value)| (key.clone(), value.brief())).collect())
            }
            other => other.clone(),
        }
    }

    /// The keys of a table.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let pairs = match self {
            Self::Table(pairs) => pairs.as_slice(),
            _ => &[],
        };
        pairs.iter().map(|(key, _)| key.as_str())
    }

    /// The words of a text or a date.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Date(text) => Some(text),
            _ => None,
        }
    }

    /// The values of a file, the text below its header among them.
    pub(super) fn of_file(table: &DeTable<'_>, shape: &TableShape, body: &str) -> Self {
        let mut plain = Self::of_table(table, Some(shape));
        if let Self::Table(pairs) = &mut plain
            && !body.trim().is_empty()
        {
            pairs.push((BODY.to_owned(), Self::Text(body.trim().to_owned())));
        }
        plain
    }

    fn of_table(table: &DeTable<'_>, shape: Option<&TableShape>) -> Self {
        let mut pairs: Vec<(String, Self)> = table
            .iter()
            .filter_map(|(key, value)| {
                let key = key.get_ref().as_ref();
                let field =
                    shape.and_then(|shape| shape.fields.iter().find(|field| field.key == key));
                let value = Self::of(value.get_ref(), field.map(|field| (field.shape)()).as_ref());
                // A key that says what its absence says is as good as absent.
                let silent = match &value {
                    Self::List(items) => items.is_empty(),
                    Self::Table(pairs) => pairs.is_empty(),
                    Self::Text(text) => text.is_empty(),
                    Self::Truth(truth) => {
                        field.is_some_and(|field| !field.required && field.default == Some(*truth))
                    }
                    _ => false,
                };
                (!silent).then(|| (key.to_owned(), value))
            })
            .collect();
        pairs.sort_by(|(a, _), (b, _)| a.cmp(b));
        Self::Table(pairs)
    }

    fn of(value: &DeValue<'_>, shape: Option<&Shape>) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text.trim().to_owned()),
            DeValue::Integer(number) => {
                let read = i64::from_str_radix(number.as_str(), number.radix());
                #[expect(clippy::cast_precision_loss, reason = "numbers of records are small")]
                read.map_or_else(|_| Self::Text(number.to_string()), |n| Self::Number(n as f64))
            }
            DeValue::Float(number) => match number.as_str().parse::<f64>() {
                Ok(number) if number.is_finite() => Self::Number(number),
                _ => Self::Text(number.as_str().to_owned()),
            },
            DeValue::Boolean(truth) => Self::Truth(*truth),
            DeValue::Datetime(date) => Self::Date(date.to_string()),
            DeValue::Array(items) => {
                let inner = match shape {
                    Some(Shape::List(inner)) => Some(&**inner),
                    _ => None,
                };
                Self::List(items.iter().map(|item| Self::of(item.get_ref(), inner)).collect())
            }
            DeValue::Table(table) => match shape {
                Some(Shape::Table(shape)) => Self::of_table(table, Some(shape)),
                // An entry of a table with free keys means something even when it is empty.
                Some(Shape::Map(inner)) => {
                    let mut pairs: Vec<_> = table
                        .iter()
                        .map(|(key, value)| {
                            let value = Self::of(value.get_ref(), Some(inner));
                            (key.get_ref().as_ref().to_owned(), value)
                        })
                        .collect();
                    pairs.sort_by(|(a, _), (b, _)| a.cmp(b));
                    Self::Table(pairs)
                }
                _ => Self::of_table(table, None),
            },
        }
    }
}
