//! A page of a learner's book, linked.

use std::sync::Arc;

use super::{CompetenceIx, Ix, Pupil, Referential};
use crate::record;

/// A success told by the learner, with the competences it shows (BOOK).
#[derive(Debug)]
pub struct BookPage {
    /// The learner.
    pub pupil: Ix<Pupil>,
    /// Name within the book.
    pub slug: String,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::BookPage,
    /// The référentiel followed on that day; none before the first stay in a class.
    pub diploma: Option<Ix<Referential>>,
    /// The competences shown.
    pub competences: Vec<CompetenceIx>,
}

impl BookPage {
    /// The folder of its photographs: that of the page's own name.
    pub fn folder(&self) -> &str {
        self.file.strip_suffix(".md").unwrap_or(&self.file)
    }

    /// The path of a photograph that the page names.
    pub fn photo_path(&self, photo: &record::Photo) -> String {
        format!("{}/{}", self.folder(), photo.fichier)
    }
}
