//! The families' site: the frame that anybody may read, the same for all, and the page of a pupil, to
//! be sealed.

use std::collections::BTreeMap;

use minijinja::value::Serde;
use minijinja::{Environment, Error, ErrorKind, Value, context};
use serde::Serialize;

use super::frames::{LANGUAGES, french, language_file};
use super::site::RenderError;
use super::templates::{TemplateError, environment};
use super::widget;
use crate::page::{AccessibilityStatement, Day, FamilyDocument, FamilyPage, Site};

/// Makes the pages of families, from any thread.
pub struct FamilyPress {
    environment: Environment<'static>,
}

/// What a family downloads, and the name of the block that holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sealed {
    /// Key of the name of its kind.
    pub kind: &'static str,
    /// What tells it apart.
    pub label: String,
    /// Its day, when it has one.
    pub day: Option<Day>,
    /// Name of its block.
    pub block: String,
    /// Name of the file that is downloaded.
    pub file: String,
    /// Its media type.
    pub media: &'static str,
    /// "68 ko".
    pub weight: String,
}

impl Sealed {
    /// A printed document of so many bytes.
    pub fn document(document: &FamilyDocument, block: String, bytes: usize) -> Self {
        Self {
            kind: document.kind,
            label: document.label.clone(),
            day: document.day.clone(),
            block,
            file: document.file.clone(),
            media: "application/pdf",
            weight: weight(bytes),
        }
    }

    /// The data of the page.
    pub fn data(block: String, bytes: usize) -> Self {
        Self {
            kind: "doc_donnees",
            label: String::new(),
            day: None,
            block,
            file: "donnees.json".to_owned(),
            media: "application/json",
            weight: weight(bytes),
        }
    }
}

/// "68 ko", rounded up.
fn weight(bytes: usize) -> String {
    format!("{}\u{a0}ko", bytes.div_ceil(1000))
}

/// What the frame of the site holds that is not the same in all schools: nothing of the school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameFacts {
    /// "2026-2027".
    pub year: String,
    /// The salt of words.
    pub salt: String,
    /// How many rounds stretch them.
    pub rounds: u32,
    /// The statement of accessibility, without a name.
    pub statement: AccessibilityStatement,
}

static LAYOUTS: &[(&str, &str)] = &[
    ("famille/accessibilite.html", include_str!("../../layouts/famille/accessibilite.html")),
    ("famille/cadre.html", include_str!("../../layouts/famille/cadre.html")),
    ("famille/page.html", include_str!("../../layouts/famille/page.html")),
];

const STYLE: &str = include_str!("../../assets/famille/famille.css");
const SCRIPT: &str = include_str!("../../assets/famille/famille.js");
/// Nothing here is for search engines; the pages say so too, since this file counts only at the root
/// of a host.
const ROBOTS: &str = "User-agent: *\nDisallow: /\n";

impl FamilyPress {
    /// Compiles the templates.
    ///
    /// # Errors
    /// When one of them has a syntax error.
    pub fn new() -> Result<Self, RenderError> {
        let mut environment = environment()?;
        environment.add_function("t", words);
        environment.add_function("dire", bare_words);
        environment.add_filter("niveau", level_key);
        for (name, source) in LAYOUTS {
            environment.add_template(name, source).map_err(TemplateError::from)?;
        }
        Ok(Self { environment })
    }

    /// The files that all may read: the same for every school of a year, but for a salt.
    ///
    /// # Errors
    /// When a template fails: a fault of the program.
    pub fn frame(
        &self,
        facts: &FrameFacts,
        words: &str,
    ) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
        let languages: Vec<_> = LANGUAGES
            .iter()
            .map(|language| context!(code => language.code, name => language.name()))
            .collect();
        let index = self.fill(
            "famille/cadre.html",
            context!(
                languages,
                year => &facts.year,
                salt => &facts.salt,
                rounds => facts.rounds,
                statement => Serde(&facts.statement),
                style => mark(STYLE),
                script => mark(SCRIPT),
            ),
        )?;
        let statement = context!(statement_facts => Serde(&facts.statement));
        let statement = self.fill("famille/accessibilite.html", statement)?;
        let mut files = BTreeMap::from([
            ("accessibilite.html".to_owned(), statement.into_bytes()),
            ("index.html".to_owned(), index.into_bytes()),
            ("famille.css".to_owned(), STYLE.into()),
            ("famille.js".to_owned(), SCRIPT.into()),
            ("mots.txt".to_owned(), words.into()),
            ("robots.txt".to_owned(), ROBOTS.into()),
        ]);
        for language in LANGUAGES {
            files.insert(format!("langues/{}.json", language.code), language_file(language));
        }
        Ok(files)
    }

    /// The page of a pupil, as it stands in the frame once opened.
    ///
    /// # Errors
    /// When its template fails: a fault of the program.
    pub fn page(
        &self,
        site: &Site<'_>,
        page: &FamilyPage,
        documents: &[Sealed],
    ) -> Result<String, RenderError> {
        let radar = page.radar.and_then(|(before, last)| widget::family_radar(site, before, last));
        let radar = radar.map(super::html::Html::into_value);
        self.fill(
            "famille/page.html",
            context!(page => Serde(page), documents => Serde(documents), radar),
        )
    }

    fn fill(&self, template: &str, values: Value) -> Result<String, RenderError> {
        let rendered = self.environment.get_template(template).and_then(|one| one.render(values));
        // The address is that of the frame: it names nobody.
        rendered.map_err(|cause| RenderError::Template {
            address: "famille/index.html".to_owned(),
            cause: cause.into(),
        })
    }
}

/// What tells a file of the frame from its earlier versions, which hosts let browsers keep for weeks: a
/// new frame never meets an old script.
fn mark(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..8].to_owned()
}

fn known(key: &str) -> Result<&'static str, Error> {
    french(key).ok_or_else(|| Error::from(ErrorKind::UndefinedError))
}

/// `t("cle")`: words of the frame, which the script puts into another language.
fn words(key: &str) -> Result<Value, Error> {
    let mut html = super::html::Html::default();
    html.raw("<span data-t=\"").text(key).raw("\">").text(known(key)?).raw("</span>");
    Ok(html.into_value())
}

/// `dire("cle")`: the French words alone, for an attribute that a `data-tl` puts into another language.
fn bare_words(key: &str) -> Result<Value, Error> {
    known(key).map(Value::from)
}

/// The key of the words of a level, which is also its style.
fn level_key(sign: &str) -> &'static str {
    match sign {
        "--" => "n1",
        "-" => "n2",
        "+" => "n3",
        "++" => "n4",
        "abs" => "abs",
        "disp" => "disp",
        _ => "n0",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Level;

    #[test]
    fn levels_are_said_as_everywhere_else() {
        for level in Level::ALL {
            assert_eq!(french(level_key(level.as_str())), Some(level.label()), "{level:?}");
        }
    }

    #[test]
    fn the_frame_knows_no_school() {
        let statement = AccessibilityStatement {
            state: "non conforme",
            audit: None,
            rate: None,
            auditor: None,
            exceptions: Vec::new(),
        };
        let (year, salt) = ("2026-2027".into(), "a".repeat(26));
        let facts = FrameFacts { year, salt, rounds: 600_000, statement };
        let files = FamilyPress::new().unwrap().frame(&facts, "mot\n").unwrap();
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(names[..3], ["accessibilite.html", "famille.css", "famille.js"]);
        let index = String::from_utf8(files["index.html"].clone()).unwrap();
        assert!(index.contains("data-tours=\"600000\""));
        // No third party, no inline script or style, nothing that a policy would have to allow.
        for (name, bytes) in &files {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains("http://") && !text.contains("https://"), "{name}");
        }
        assert!(
            !index.contains("<style") && !index.contains(" style=") && !index.contains(" onclick")
        );
    }
}
