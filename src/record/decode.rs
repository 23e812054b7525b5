//! Reading a value into a typed record, collecting every fault on the way.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::shape::{Shape, TableShape};
use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::text::{and_list, nearest, quoted};

/// The rules of this file.
pub static CODES: &[&Code] = &[&UNKNOWN_KEY, &MISSING_KEY, &WRONG_TYPE, &WRONG_VALUE];

static UNKNOWN_KEY: Code = Code {
    name: "CLE-INCONNUE",
    severity: Severity::Error,
    summary: "Chaque clé est une clé connue de ce genre de fichier",
    explanation: "Une clé mal orthographiée serait ignorée en silence, et ce que vous avez écrit \
        perdu sans que personne le voie. C’est pourquoi toute clé inconnue est refusée. Une clé \
        placée sous le mauvais titre entre crochets est aussi une clé inconnue : les clés simples \
        se placent avant le premier titre.",
    wrong: "titer = \"Accueillir un client\"",
    right: "titre = \"Accueillir un client\"",
};

static MISSING_KEY: Code = Code {
    name: "CLE-MANQUANTE",
    severity: Severity::Error,
    summary: "Les clés obligatoires sont présentes",
    explanation: "Sans cette information, le fichier ne peut pas servir. Ajoutez la ligne \
        manquante ; la documentation des fichiers donne, pour chaque genre, les clés obligatoires.",
    wrong: "titre = \"Accueillir un client\"\nauteur = \"mercier-paul\"",
    right: "titre = \"Accueillir un client\"\ndate = 2026-11-06\nauteur = \"mercier-paul\"",
};

static WRONG_TYPE: Code = Code {
    name: "VALEUR-FORME",
    severity: Severity::Error,
    summary: "Une valeur a la forme attendue",
    explanation: "Un texte s’écrit entre guillemets, une date et un nombre sans guillemets, une \
        liste entre crochets, oui et non s’écrivent true et false.",
    wrong: "date = \"2026-11-06\"",
    right: "date = 2026-11-06",
};

static WRONG_VALUE: Code = Code {
    name: "VALEUR-INCONNUE",
    severity: Severity::Error,
    summary: "Une valeur fait partie des valeurs admises",
    explanation: "Pour les niveaux, les statuts, les codes de complexité et d’autres, seules \
        certaines valeurs ont un sens ; les nombres et les dates ont des bornes. Les signes des niveaux \
        sont des tirets et des plus simples : NE, --, -, +, ++. Un tiret long posé par un traitement de \
        texte n’est pas un signe.",
    wrong: "complexite = \"Intermédiaire\"",
    right: "complexite = \"Int\"",
};

/// A value that can be read from a record.
pub trait Decode: Sized {
    /// Whether a key with such a value may be left out.
    const OPTIONAL: bool = false;

    /// The form of the value.
    fn shape() -> Shape;

    /// Reads the value; says why to the context and returns nothing when it cannot.
    fn decode(value: &Spanned<DeValue<'_>>, cx: &mut Context<'_>) -> Option<Self>;

    /// The value of a key that is not there, when that is allowed.
    fn absent() -> Option<Self> {
        None
    }
}

/// Where a reading notes the faults it meets.
#[derive(Debug)]
pub struct Context<'a> {
    /// The file being read.
    pub file: &'a Arc<str>,
    /// The faults met so far.
    pub findings: &'a mut Vec<Finding>,
    /// Whether something is lacking from a record that is otherwise read: an entry of a table left
    /// out, a key under a mistyped name.
    pub partial: bool,
}

impl<'a> Context<'a> {
    /// Nothing noted yet.
    pub fn new(file: &'a Arc<str>, findings: &'a mut Vec<Finding>) -> Self {
        Self { file, findings, partial: false }
    }

    fn add(&mut self, code: &'static Code, span: Range<usize>, message: String) -> &mut Finding {
        self.findings.push(Finding::new(code, Site::bytes(self.file, span), message));
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    /// Notes that a value does not have the form it should have.
    pub fn wrong_type(&mut self, value: &Spanned<DeValue<'_>>, shape: &Shape) {
        let found = describe(value.get_ref());
        let finding = self.add(
            &WRONG_TYPE,
            value.span(),
            format!("{found} se trouve là où il faut {}", shape.expectation()),
        );
        let mended = mend(value.get_ref(), shape);
        finding.help = Some(match &mended {
            Some(text) => format!("écrivez {text}"),
            None => format!("écrivez {}", shape.expectation()),
        });
        finding.replacement = mended;
    }

    /// A line of another form among those of a table is often a line below the wrong header.
    pub(super) fn suggest_another_place(&mut self, before: usize) {
        if let [finding] = &mut self.findings[before..]
            && finding.code == &WRONG_TYPE
            && finding.replacement.is_none()
            && let Some(help) = &mut finding.help
        {
            help.push_str(
                " ; si cette ligne n’est pas sous le bon titre, mettez-la avant le premier titre entre crochets",
            );
        }
    }

    /// Notes that a value has the right form but is none of those allowed.
    pub fn wrong_value(
        &mut self,
        span: Range<usize>,
        message: String,
        help: String,
        replacement: Option<String>,
    ) {
        let finding = self.add(&WRONG_VALUE, span, message);
        finding.help = Some(help);
        finding.replacement = replacement;
    }
}

fn describe(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "un texte",
        DeValue::Integer(_) => "un nombre entier",
        DeValue::Float(_) => "un nombre à décimales",
        DeValue::Boolean(_) => "un oui ou non (true, false)",
        DeValue::Datetime(_) => "une date",
        DeValue::Array(_) => "une liste",
        DeValue::Table(_) => "un tableau de clés",
    }
}

/// What to type instead, when the intention is plain.
fn mend(value: &DeValue<'_>, shape: &Shape) -> Option<String> {
    match (value, shape) {
        (DeValue::String(text), Shape::Date) => {
            text.parse::<crate::text::Date>().ok().map(|date| date.to_string())
        }
        (DeValue::String(text), Shape::Integer(..) | Shape::Number(..)) => {
            let text = text.trim().replace(',', ".");
            text.parse::<f64>().ok().filter(|number| number.is_finite()).map(|_| text)
        }
        (DeValue::String(text), Shape::Boolean) => match text.to_lowercase().as_str() {
            "oui" | "vrai" | "true" => Some("true".into()),
            "non" | "faux" | "false" => Some("false".into()),
            _ => None,
        },
        (DeValue::String(text), Shape::List(inner))
            if matches!(**inner, Shape::Text | Shape::Id | Shape::Choice(_)) =>
        {
            Some(format!("[{}]", quote(text)))
        }
        (DeValue::Integer(number), Shape::Text | Shape::Id) => Some(quote(&number.to_string())),
        (DeValue::Float(number), Shape::Text | Shape::Id) => Some(quote(number.as_str())),
        (DeValue::Datetime(date), Shape::Text | Shape::Id) => Some(quote(&date.to_string())),
        _ => None,
    }
}

/// A text as TOML writes it, in quotes.
pub(crate) fn quote(text: &str) -> String {
    toml_edit::Value::from(text).to_string().trim().to_owned()
}

/// The keys of a table, taken one after another; what is left over at the end is unknown.
pub(crate) struct Keys<'t, 'c, 'f> {
    table: &'t DeTable<'t>,
    header: Range<usize>,
    shape: &'static TableShape,
    cx: &'c mut Context<'f>,
    /// Keys that are there under a mistyped name: not missing as well.
    mistyped: Vec<&'static str>,
}

impl<'t, 'c, 'f> Keys<'t, 'c, 'f> {
    /// Begins to read a table.
    pub(crate) fn of(
        value: &'t Spanned<DeValue<'t>>,
        shape: &'static TableShape,
        cx: &'c mut Context<'f>,
    ) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(table) => Some(Self::of_table(table, value.span(), shape, cx)),
            _ => {
                cx.wrong_type(value, &Shape::Table(shape));
                None
            }
        }
    }

    pub(crate) fn of_table(
        table: &'t DeTable<'t>,
        header: Range<usize>,
        shape: &'static TableShape,
        cx: &'c mut Context<'f>,
    ) -> Self {
        let mut keys = Self { table, header, shape, cx, mistyped: Vec::new() };
        keys.refuse_unknown();
        keys
    }

    fn refuse_unknown(&mut self) {
        let shape = self.shape;
        let known = || shape.fields.iter().map(|field| field.key);
        let absent = || known().filter(|key| !self.table.contains_key(*key));
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if known().any(|field| field == name) {
                continue;
            }
            let message = format!("la clé {} n’existe pas pour {}", quoted(name), self.shape.name);
            let finding = self.cx.add(&UNKNOWN_KEY, key.span(), message);
            if let Some(near) = nearest(name, absent()) {
                finding.help = Some(format!("écrivez {}", quoted(near)));
                finding.replacement = Some(near.to_owned());
                self.mistyped.push(near);
                self.cx.partial = true;
            } else {
                let all: Vec<&str> = known().collect();
                finding.help = Some(format!("les clés possibles ici sont {}", and_list(&all)));
            }
        }
    }

    /// Reads one key: its value, what stands for its absence, or a fault.
    pub(crate) fn take<T: Decode>(&mut self, key: &'static str) -> Option<T> {
        if let Some(value) = self.table.get(key) {
            return T::decode(value, self.cx);
        }
        let absent = T::absent();
        if absent.is_none() && !self.mistyped.contains(&key) {
            let message =
                format!("il manque la clé {}, obligatoire pour {}", quoted(key), self.shape.name);
            let meaning = self
                .shape
                .fields
                .iter()
                .find(|field| field.key == key)
                .map_or("", |field| field.meaning);
            let help = format!(
                "ajoutez une ligne « {key} = … » ({meaning} : {})",
                T::shape().expectation()
            );
            self.cx.add(&MISSING_KEY, self.header.clone(), message).help = Some(help);
        }
        absent
    }

    /// Reads one key that has a default value.
    pub(crate) fn take_or<T: Decode>(&mut self, key: &'static str, default: T) -> Option<T> {
        match self.table.get(key) {
            Some(value) => T::decode(value, self.cx),
            None => Some(default),
        }
    }
}

/// The yes or no that a default value, as it is written here, stands for.
pub(crate) const fn truth(default: &str) -> Option<bool> {
    match default.as_bytes() {
        b"true" => Some(true),
        b"false" => Some(false),
        _ => None,
    }
}

/// Declares a record: a struct whose fields are the keys of a file, with what each means.
///
/// `key: Type` is required unless the type allows absence (`Option`); `key: Type = default` is not.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident = $title:literal {
            $($key:ident : $type:ty $(= $default:expr)? => $meaning:literal),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $(#[doc = $meaning] pub $key: $type,)*
        }

        impl $name {
            /// The keys of this record.
            pub const SHAPE: &'static $crate::record::TableShape = &$crate::record::TableShape {
                name: $title,
                fields: &[$($crate::record::Field {
                    key: stringify!($key),
                    meaning: $meaning,
                    required: $crate::record::decode::record!(@required $type $(, $default)?),
                    default: $crate::record::decode::truth(concat!($(stringify!($default))?)),
                    shape: <$type as $crate::record::Decode>::shape,
                }),*],
            };

            pub(crate) fn from_keys(mut keys: $crate::record::decode::Keys<'_, '_, '_>) -> Option<Self> {
                $(let $key = $crate::record::decode::record!(@take keys, $key, $type $(, $default)?);)*
                Some(Self { $($key: $key?,)* })
            }
        }

        impl $crate::record::Decode for $name {
            fn shape() -> $crate::record::Shape {
                $crate::record::Shape::Table(Self::SHAPE)
            }

            fn decode(
                value: &toml::Spanned<toml::de::DeValue<'_>>,
                cx: &mut $crate::record::decode::Context<'_>,
            ) -> Option<Self> {
                Self::from_keys($crate::record::decode::Keys::of(value, Self::SHAPE, cx)?)
            }
        }
    };
    (@required $type:ty) => { !<$type as $crate::record::Decode>::OPTIONAL };
    (@required $type:ty, $default:expr) => { false };
    (@take $keys:ident, $key:ident, $type:ty) => { $keys.take::<$type>(stringify!($key)) };
    (@take $keys:ident, $key:ident, $type:ty, $default:expr) => {
        $keys.take_or::<$type>(stringify!($key), $default)
    };
}

/// Declares an enum whose values are texts of a file, with what each means.
macro_rules! choice {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $($variant:ident = $text:literal => $meaning:literal),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(#[doc = $meaning] $variant),* }

        impl $name {
            /// All values, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            const OPTIONS: &'static [(&'static str, &'static str)] = &[$(($text, $meaning)),*];

            /// The text that stands for this value in a file.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// What this value means, in French.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $meaning),* }
            }

            /// The value that a text stands for.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)* _ => None }
            }
        }

        impl $crate::record::Decode for $name {
            fn shape() -> $crate::record::Shape {
                $crate::record::Shape::Choice(Self::OPTIONS)
            }

            fn decode(
                value: &toml::Spanned<toml::de::DeValue<'_>>,
                cx: &mut $crate::record::decode::Context<'_>,
            ) -> Option<Self> {
                let toml::de::DeValue::String(text) = value.get_ref() else {
                    cx.wrong_type(value, &Self::shape());
                    return None;
                };
                let parsed = Self::parse(text);
                if parsed.is_none() {
                    $crate::record::value::refuse_choice(text, value.span(), Self::OPTIONS, cx);
                }
                parsed
            }
        }
    };
}

pub(super) use {choice, record};

/// Whether a finding only says that a key is not there.
pub(super) fn is_about_absence(finding: &Finding) -> bool {
    finding.code == &MISSING_KEY
}
