//! What a value of a record may be: the one description behind reading, schema and reference page.

/// The form of a value.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A text in quotes.
    Text,
    /// A text that is an identifier (`dupont-lea`).
    Id,
    /// A text that may run over several lines (Markdown).
    Prose,
    /// A whole number between two bounds.
    Integer(i64, i64),
    /// A number, with or without decimals, between two bounds.
    Number(f64, f64),
    /// `true` or `false`.
    Boolean,
    /// A date without quotes (`2026-11-06`).
    Date,
    /// A school year in quotes (`"2026-2027"`).
    SchoolYear,
    /// One of some texts, each with its meaning.
    Choice(&'static [(&'static str, &'static str)]),
    /// A list of values of one form.
    List(Box<Shape>),
    /// A table whose keys are free (identifiers or codes), with values of one form.
    Map(Box<Shape>),
    /// A table with known keys.
    Table(&'static TableShape),
}

/// A table with known keys.
#[derive(Debug)]
pub struct TableShape {
    /// What the table describes, in French ("une évaluation").
    pub name: &'static str,
    /// Its keys, in the order in which they are best written.
    pub fields: &'static [Field],
}

/// One key of a table.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What it means, in French.
    pub meaning: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What its absence says, for a yes or no.
    pub default: Option<bool>,
    /// The form of its value.
    pub shape: fn() -> Shape,
}

impl Shape {
    /// What to type, in French: "une date sans guillemets, par exemple 2026-11-06".
    pub fn expectation(&self) -> String {
        match self {
            Self::Text => "un texte entre guillemets".into(),
            Self::Id => "un identifiant entre guillemets, par exemple \"dupont-lea\"".into(),
            Self::Prose => {
                "un texte entre guillemets (trois guillemets s’il a plusieurs lignes)".into()
            }
            Self::Integer(low, high) => format!("un nombre entier de {low} à {high}"),
            Self::Number(low, high) => {
                format!("un nombre de {low} à {high}, avec un point pour les décimales")
            }
            Self::Boolean => "true (oui) ou false (non), sans guillemets".into(),
            Self::Date => "une date sans guillemets, par exemple 2026-11-06".into(),
            Self::SchoolYear => {
                "une année scolaire entre guillemets, par exemple \"2026-2027\"".into()
            }
            Self::Choice(options) => {
                let names: Vec<String> =
                    options.iter().map(|(name, _)| format!("\"{name}\"")).collect();
                crate::text::or_list(&names)
            }
            Self::List(_) => "une liste entre crochets, par exemple [\"…\", \"…\"]".into(),
            Self::Map(_) | Self::Table(_) => "un tableau de clés".into(),
        }
    }
}
