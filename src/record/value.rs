//! The values that records are made of: texts, numbers, dates, levels, lists, maps.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::decode::{Context, Decode, choice, quote};
use super::shape::Shape;
use crate::text::{Date, SchoolYear, is_slug, nearest, or_list, quoted, slug};

choice! {
    /// How far a competence or a criterion is acquired (CPRO's scale).
    pub enum Level {
        NotAssessed = "NE" => "non évaluée",
        NotAcquired = "--" => "non acquise",
        InProgress = "-" => "en cours d’acquisition, non stabilisée",
        Partly = "+" => "partiellement acquise",
        Fully = "++" => "totalement acquise et transférable",
    }
}

impl Level {
    /// 1 to 4; nothing for "not assessed", which is never a zero.
    pub fn rank(self) -> Option<u8> {
        match self {
            Self::NotAssessed => None,
            Self::NotAcquired => Some(1),
            Self::InProgress => Some(2),
            Self::Partly => Some(3),
            Self::Fully => Some(4),
        }
    }

    /// The level of a rank from 1 to 4.
    pub fn of_rank(rank: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|level| level.rank() == Some(rank))
    }
}

choice! {
    /// One entry of a row of results: a level, or why there is none.
    pub enum Outcome {
        NotAssessed = "NE" => "non évaluée",
        NotAcquired = "--" => "non acquise",
        InProgress = "-" => "en cours d’acquisition, non stabilisée",
        Partly = "+" => "partiellement acquise",
        Fully = "++" => "totalement acquise et transférable",
        Absent = "abs" => "absent le jour de l’évaluation",
        Exempt = "disp" => "dispensé de l’évaluation",
    }
}

impl Outcome {
    /// The level, unless the pupil was absent or exempt.
    pub fn level(self) -> Option<Level> {
        match self {
            Self::NotAssessed => Some(Level::NotAssessed),
            Self::NotAcquired => Some(Level::NotAcquired),
            Self::InProgress => Some(Level::InProgress),
            Self::Partly => Some(Level::Partly),
            Self::Fully => Some(Level::Fully),
            Self::Absent | Self::Exempt => None,
        }
    }

    /// Whether one such entry stands for a whole row (absent, exempt).
    pub fn is_neutral(self) -> bool {
        matches!(self, Self::Absent | Self::Exempt)
    }
}

choice! {
    /// A year of study.
    pub enum StudyLevel {
        Seconde = "seconde" => "Seconde",
        Premiere = "premiere" => "Première",
        Terminale = "terminale" => "Terminale",
        Cap1 = "cap1" => "CAP 1re année",
        Cap2 = "cap2" => "CAP 2e année",
        Bts1 = "bts1" => "BTS 1re année",
        Bts2 = "bts2" => "BTS 2e année",
    }
}

pub(super) fn refuse_choice(
    text: &str,
    span: Range<usize>,
    options: &'static [(&'static str, &'static str)],
    cx: &mut Context<'_>,
) {
    let plain: String = text
        .chars()
        .map(|c| if matches!(c, '\u{2010}' | '\u{2011}' | '\u{2212}') { '-' } else { c })
        .collect();
    let folded = slug(text);
    // Word processors make one long dash of one hyphen or of two: which one was typed is not known.
    let long_dash = matches!(text.trim(), "–" | "—");
    let dashes: Vec<(&str, &str)> =
        options.iter().filter(|(name, _)| matches!(*name, "-" | "--")).copied().collect();
    if let ([double, single], true) = (dashes.as_slice(), long_dash) {
        let message = format!("le tiret long {} n’est pas un signe de niveau", quoted(text));
        let help = format!(
            "écrivez avec le tiret du clavier {} ({}) ou {} ({})",
            quote(single.0),
            single.1,
            quote(double.0),
            double.1
        );
        cx.wrong_value(span, message, help, None);
        return;
    }
    let meant = options
        .iter()
        .find(|(name, meaning)| {
            *name == plain
                || slug(name) == folded && !folded.is_empty()
                || slug(meaning) == folded && !folded.is_empty()
        })
        .map(|(name, _)| *name)
        .or_else(|| {
            nearest(text, options.iter().map(|(name, _)| *name))
                .filter(|_| text.chars().count() > 2)
        });
    let names: Vec<String> = options.iter().map(|(name, _)| quote(name)).collect();
    let message = format!("{} ne fait pas partie des valeurs possibles", quoted(text));
    cx.wrong_value(span, message, format!("écrivez {}", or_list(&names)), meant.map(quote));
}

impl Decode for String {
    fn shape() -> Shape {
        Shape::Text
    }

    fn decode(value: &Spanned<DeValue<'_>>, cx: &mut Context<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                let help = "écrivez le texte entre les guillemets, ou supprimez la ligne si elle n’est pas obligatoire";
                cx.wrong_value(value.span(), "ce texte est vide".into(), help.into(), None);
                None
            }
            DeValue::String(text) => Some(text.trim().to_owned()),
            _ => {
                cx.wrong_type(value, &Self::shape());
                None
            }
        }
    }
}

/// A text that names something else, or itself: lower case, no accent, hyphens.
impl Decode for Id {
    fn shape() -> Shape {
        Shape::Id
    }

    fn decode(value: &Spanned<DeValue<'_>>, cx: &mut Context<'_>) -> Option<Self> {
        let DeValue::String(text) = value.get_ref() else {
            cx.wrong_type(value, &Self::shape());
            return None;
        };
        if text.split('/').all(is_slug) {
            return Some(Self(text.as_ref().to_owned()));
        }
        let mended: Vec<String> = text.split('/').map(slug).collect();
        let mended = mended.join("/");
        let message = format!(
            "{} n’est pas un identifiant (minuscules sans accent, chiffres et tirets)",
            quoted(text)
        );
        let replacement = mended.split('/').all(is_slug).then(|| quote(&mended));
        cx.wrong_value(value.span(), message, format!("écrivez {}", quote(&mended)), replacement);
        None
    }
}

/// An identifier, or a path of identifiers (`mcv-a/premiere/accueil-client`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub String);

impl std::ops::Deref for Id {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text of one or more paragraphs, in Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose(pub String);

impl Decode for Prose {
    fn shape() -> Shape {
        Shape::Prose
    }

    fn decode(value: &Spanned<DeValue<'_>>, cx: &mut Context<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::String(text) => Some(Self(text.trim().to_owned())),
            _ => {
                cx.wrong_type(value, &Self::shape());
                None
            }
        }
    }
}

impl Decode for bool {
    fn shape() -> Shape {
        Shape::Boolean
    }

    fn decode(value: &Spanned<DeValue<'_>>, cx: &mut Context<'_>) -> Option<Self> {
        let read = value.get_ref().as_bool();
        if read.is_none() {
            cx.wrong_type(value, &Self::shape());
        }
        read
    }
}

/// A whole number of a record, between `LOW` and `HIGH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whole<const LOW: i64, const HIGH: i64>(pub i64);

impl<const LOW: i64, const HIGH: i64> Decode for Whole<LOW, HIGH> {
    fn shape() -> Shape {
        Shape::Integer(LOW, HIGH)
    }

    fn decode(value: &Spanned<DeValue<'_>>, cx: &mut Context<'_>) -> Option<Self> {
        let DeValue::Integer(integer) = value.get_ref() else {
            cx.wrong_type(value, &Self::shape());
            return None;
        };
        let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok();
        match number.filter(|number| (LOW..=HIGH).contains(number)) {
            Some(number) => Some(Self(number)),
            None => {
                out_of_bounds(&integer.to_string(), value.span(), &Self::shape(), cx);
                None
            }
        }
    }
}

/// A number of a record, between `LOW` and `HIGH`, with decimals if need be.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Number<const LOW: i64, const HIGH: i64>(pub f64);

impl<const LOW: i64, const HIGH: i64> Decode for Number<LOW, HIGH> {
    #[expect(clippy::cast_precision_loss, reason = "bounds are small")]
    fn shape() -> Shape {
        Shape::Number(LOW as f64, HIGH as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "bounds are small")]
    fn decode(value: &Spanned<DeValue<'_>>, cx: &mut Context<'_>) -> Option<Self> {
        let (text, number) = match value.get_ref() {
            DeValue::Integer(integer) => {
                let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok();
                (integer.to_string(), number.map(|number| number as f64))
            }
            DeValue::Float(float) => (float.as_str().to_owned(), float.as_str().parse().ok()),
            _ => {
                cx.wrong_type(value, &Self::shape());
                return None;
            }
        };
        match number.filter(|number: &f64| (LOW as f64..=HIGH as f64).contains(number)) {
            Some(number) => Some(Self(number)),
            None => {
                out_of_bounds(&text, value.span(), &Self::shape(), cx);
                None
            }
        }
    }
}

fn out_of_bounds(text: &str, span: Range<usize>, shape: &Shape, cx: &mut Context<'_>) {
    let message = format!("{} est hors des bornes", quoted(text));
    cx.wrong_value(span, message, format!("écrivez {}", shape.expectation()), None);
}

impl Decode for Date {
    fn shape() -> Shape {
        Shape::Date
    }

    fn decode(value: &Spanned<DeValue<'_>>, cx: &mut Context<'_>) -> Option<Self> {
        let parsed = match value.get_ref() {
            DeValue::Datetime(datetime) if datetime.time.is_none() => {
                datetime.date.and_then(|date| {
                    Self::new(
                        i16::try_from(date.year).ok()?,
                        date.month.cast_signed(),
                        date.day.cast_signed(),
                    )
                })
            }
            DeValue::Datetime(datetime) => {
                let day = datetime.date.map(|date| date.to_string());
                let help = "écrivez la date seule, sans l’heure, par exemple 2026-11-06".to_owned();
                cx.wrong_value(value.span(), "cette date porte une heure".into(), help, day);
                return None;
            }
            _ => {
                cx.wrong_type(value, &Self::shape());
                return None;
            }
        };
        if parsed.is_none() {
            let help =
                "vérifiez le jour et le mois : année-mois-jour, par exemple 2026-11-06".to_owned();
            cx.wrong_value(
                value.span(),
                "ce jour n’existe pas dans le calendrier".into(),
                help,
                None,
            );
        }
        parsed
    }
}

impl Decode for SchoolYear {
    fn shape() -> Shape {
        Shape::SchoolYear
    }

    fn decode(value: &Spanned<DeValue<'_>>, cx: &mut Context<'_>) -> Option<Self> {
        let DeValue::String(text) = value.get_ref() else {
            cx.wrong_type(value, &Self::shape());
            return None;
        };
        let year = text.parse().ok();
        if year.is_none() {
            let message = format!("{} n’est pas une année scolaire", quoted(text));
            cx.wrong_value(
                value.span(),
                message,
                format!("écrivez {}", Shape::SchoolYear.expectation()),
                None,
            );
        }
        year
    }
}

impl<T: Decode> Decode for Option<T> {
    const OPTIONAL: bool = true;

    fn shape() -> Shape {
        T::shape()
    }

    fn decode(value: &Spanned<DeValue<'_>>, cx: &mut Context<'_>) -> Option<Self> {
        T::decode(value, cx).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }

    fn decode(value: &Spanned<DeValue<'_>>, cx: &mut Context<'_>) -> Option<Self> {
        let DeValue::Array(array) = value.get_ref() else {
            cx.wrong_type(value, &Self::shape());
            return None;
        };
        let items: Vec<Option<T>> = array.iter().map(|item| T::decode(item, cx)).collect();
        items.into_iter().collect()
    }
}

/// One pair of a table whose keys are free.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    /// The key.
    pub key: String,
    /// The value.
    pub value: T,
}

/// A table whose keys are free, in the order of the file. A faulty entry is left out and told.
#[derive(Clone, Debug)]
pub struct Map<T>(pub Vec<Entry<T>>);

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Map<T> {
    /// The pairs in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|entry| (entry.key.as_str(), &entry.value))
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// Whether there is no pair.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl<T: Decode> Decode for Map<T> {
    fn shape() -> Shape {
        Shape::Map(Box::new(T::shape()))
    }

    fn decode(value: &Spanned<DeValue<'_>>, cx: &mut Context<'_>) -> Option<Self> {
        let DeValue::Table(table) = value.get_ref() else {
            cx.wrong_type(value, &Self::shape());
            return None;
        };
        let mut rows: Vec<_> = table.iter().collect();
        rows.sort_by_key(|(key, _)| key.span().start);
        let mut map = Self::default();
        for (key, value) in rows {
            if let Some((dotted, text)) = dotted_code(key.get_ref(), value.get_ref()) {
                let help = format!("mettez le code entre guillemets : {} = {text}", quote(&dotted));
                let message =
                    format!("le code {dotted} contient un point : il s’écrit entre guillemets");
                cx.wrong_value(key.span(), message, help, None);
                cx.partial = true;
                continue;
            }
            let before = cx.findings.len();
            if let Some(value) = T::decode(value, cx) {
                map.0.push(Entry { key: key.get_ref().as_ref().to_owned(), value });
            } else {
                cx.partial = true;
                cx.suggest_another_place(before);
            }
        }
        Some(map)
    }
}

/// `C1.0 = "+"` without quotes makes a table `C1` with a key `0`: what was meant, and its value.
fn dotted_code(key: &str, value: &DeValue<'_>) -> Option<(String, String)> {
    if !key.starts_with(|c: char| c.is_ascii_alphanumeric())
        || is_slug(key) && !key.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let DeValue::Table(table) = value else { return None };
    let (next, inner) = table.iter().next()?;
    let next = next.get_ref();
    match inner.get_ref() {
        DeValue::String(text) => Some((format!("{key}.{next}"), quote(text))),
        DeValue::Table(_) => {
            let (rest, text) = dotted_code(&format!("{key}.{next}"), inner.get_ref())?;
            Some((rest, text))
        }
        _ => None,
    }
}
