//! Documents made from templates that a school edits in LibreOffice or Word.
//!
//! A template is a document like any other, with names between double braces: `{{ titre }}`. The row of a table, or
//! else the paragraph, in which a thing of a list is named is repeated for each; a paragraph, row or table that
//! would say nothing is left out; `{{ si … }}`, `{{ sinon }}` and `{{ fin }}`, each alone in its paragraph, frame
//! what depends on something. The same data give the same bytes.

mod data;
mod docx;
mod fill;
mod odt;
mod prose;
mod tree;

use std::collections::BTreeMap;

use super::archive::{self, ArchiveError, Limits};
use fill::{Filling, in_braces};
use tree::Element;

pub use data::{Data, Names};

/// A family of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// OpenDocument, of LibreOffice.
    Odt,
    /// WordprocessingML, of Word.
    Docx,
}

impl Format {
    /// Both families.
    pub const ALL: [Self; 2] = [Self::Odt, Self::Docx];

    /// The end of the names of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Odt => "odt",
            Self::Docx => "docx",
        }
    }
}

/// How much a template may hold: one with a logo weighs some tens of kilobytes.
const LIMITS: Limits = Limits { files: 300, bytes: 30_000_000 };

/// A template that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// No archive, or one that is too large.
    #[error("le modèle ne peut pas être ouvert : {0}")]
    Archive(#[from] ArchiveError),
    /// An archive, but of something else.
    #[error(
        "ce n’est pas un document {0} entier : enregistrez-le à nouveau depuis LibreOffice ou Word"
    )]
    NotADocument(&'static str),
    /// Something that a template may not hold.
    #[error("le modèle contient {0}, qu’un modèle ne peut pas contenir : enlevez-le")]
    Forbidden(&'static str),
    /// A name that means nothing.
    #[error("le modèle cite {}, qui n’existe pas{near}", in_braces(name))]
    Unknown {
        /// What stands between the braces.
        name: String,
        /// " ; vouliez-vous écrire …", or nothing.
        near: String,
    },
    /// Braces that are not closed in the same paragraph.
    #[error("dans le modèle, les accolades de « {0} » ne se referment pas dans le même paragraphe")]
    Open(String),
    /// A direction or a text in Markdown beside other words.
    #[error("dans le modèle, {} doit être seul dans son paragraphe", in_braces(.0))]
    Alone(String),
    /// "fin" or "sinon" without "si", or "si" without "fin".
    #[error(
        "dans le modèle, un {} n’a pas son pendant : « si », « sinon » et « fin » vont ensemble, au même \
         niveau (tous dans le texte, ou tous dans la même case d’un tableau)",
        in_braces(.0)
    )]
    Unbalanced(&'static str),
    /// The name of a list where a text is needed.
    #[error("dans le modèle, {} ne se met pas seul : citez ce qu’il faut en montrer, comme {}", in_braces(.0), in_braces(&format!("{}.intitule", .0)))]
    NotAText(String),
    /// Two lists that have nothing to do with each other in one paragraph.
    #[error(
        "dans le modèle, un même paragraphe cite {0} et {1} : il ne peut être répété que pour l’un des deux"
    )]
    Mixed(&'static str, &'static str),
    /// What would come out is too large.
    #[error("le document serait trop gros")]
    TooLarge,
}

/// What becomes of a file of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It has text to fill.
    Fill,
    /// It is XML that must be looked at.
    Look,
    /// It is taken over as it is.
    Keep,
    /// It is of no use in what is made.
    Drop,
    /// A template may not hold it, whatever it is.
    Refuse(&'static str),
}

/// A template, read and found harmless.
#[derive(Debug)]
pub struct Template {
    format: Format,
    /// Files that are taken over as they are.
    files: BTreeMap<String, Vec<u8>>,
    /// Parts that are filled or added to.
    parts: BTreeMap<String, Element>,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// When it is no document of this family, or holds macros, objects, or links that lead to other files.
    pub fn read(bytes: &[u8], format: Format) -> Result<Self, TemplateError> {
        let all = archive::read(bytes, LIMITS)?;
        let broken = || TemplateError::NotADocument(format.extension());
        let fate = |name: &str| match format {
            Format::Odt => odt::fate(name),
            Format::Docx => docx::fate(name),
        };
        let is_whole = match format {
            Format::Odt => {
                all.get(odt::MIMETYPE).is_some_and(|mimetype| odt::is_text(mimetype))
                    && ["content.xml", "styles.xml", "META-INF/manifest.xml"]
                        .iter()
                        .all(|name| all.contains_key(*name))
            }
            Format::Docx => {
                [docx::TYPES, docx::BODY, "_rels/.rels"].iter().all(|name| all.contains_key(*name))
            }
        };
        if !is_whole {
            return Err(broken());
        }
        let names: Vec<String> = all.keys().cloned().collect();
        let kept = |path: &str| {
            names.iter().any(|name| name == path) && !matches!(fate(path), Fate::Drop)
                // Folders of OpenDocument are listed, and are no files.
                || path.ends_with('/') && !matches!(fate(path), Fate::Drop | Fate::Refuse(_))
        };
        let (mut files, mut parts) = (BTreeMap::new(), BTreeMap::new());
        for (name, bytes) in all {
            match fate(&name) {
                Fate::Refuse(what) => return Err(TemplateError::Forbidden(what)),
                Fate::Drop => {}
                Fate::Keep => drop(files.insert(name, bytes)),
                Fate::Fill | Fate::Look => {
                    let mut part = tree::read(&bytes).ok_or_else(broken)?;
                    match format {
                        Format::Odt => odt::tame(&mut part, &name, &kept)?,
                        Format::Docx => docx::tame(&mut part, &name, &kept)?,
                    }
                    parts.insert(name, part);
                }
            }
        }
        match format {
            Format::Odt => {
                files.insert(odt::MIMETYPE.into(), odt::mimetype());
                let content = parts.get_mut("content.xml").ok_or_else(broken)?;
                if content.name != "office:document-content" {
                    return Err(broken());
                }
                odt::add_styles(content);
            }
            Format::Docx => {
                if parts.get(docx::BODY).is_none_or(|body| body.name != "w:document") {
                    return Err(broken());
                }
            }
        }
        Ok(Self { format, files, parts })
    }

    /// The document: this template, filled.
    ///
    /// # Errors
    /// When it names what does not exist, or says something that cannot be done.
    pub fn fill(&self, names: &'static Names, data: &Data) -> Result<Vec<u8>, TemplateError> {
        let dialect = match self.format {
            Format::Odt => &odt::DIALECT,
            Format::Docx => &docx::DIALECT,
        };
        let mut parts = self.parts.clone();
        let mut filling = Filling { dialect, names, data, lists: Vec::new(), made: 0 };
        for (name, part) in &mut parts {
            let fate = match self.format {
                Format::Odt => odt::fate(name),
                Format::Docx => docx::fate(name),
            };
            match (fate, name.as_str()) {
                (Fate::Fill, "meta.xml" | "docProps/core.xml") => filling.facts(part)?,
                (Fate::Fill, _) => filling.fill(part)?,
                _ => {}
            }
        }
        if self.format == Format::Docx && !filling.lists.is_empty() {
            docx::add_numbering(&mut parts, &filling.lists);
        }
        let mut files: BTreeMap<&str, Vec<u8>> =
            parts.iter().map(|(name, part)| (name.as_str(), tree::written(part))).collect();
        files.extend(self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())));
        let first = files.remove_entry(odt::MIMETYPE);
        let ordered = first.iter().map(|(name, bytes)| (*name, bytes.as_slice()));
        let others = files.iter().map(|(name, bytes)| (*name, bytes.as_slice()));
        archive::write(ordered.chain(others), &[odt::MIMETYPE]).map_err(|_| TemplateError::TooLarge)
    }
}
