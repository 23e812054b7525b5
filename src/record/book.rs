//! `students/…/book/NOM.md`: a page of a learner's book, a header and a text.

use super::decode::{choice, record};
use super::value::Prose;
use crate::text::Date;

record! {
    /// The header of a page of the book (BOOK): what, where, which competences, which photographs.
    pub struct BookHeader = "une page du book" {
        titre: String => "titre de la réussite",
        date: Date => "date de l’activité",
        lieu: LearningPlace => "etablissement, entreprise ou exterieur",
        precision: Option<String> => "nom du lieu",
        competences: Vec<String> = Vec::new() => "compétences montrées, par leur code dans le référentiel",
        choisie: bool = true => "false : page gardée, mais absente du book imprimé",
        photos: Vec<Photo> = Vec::new() => "photographies, rangées dans le dossier de même nom que la page",
    }
}

/// A page of the book: its header and its text.
#[derive(Clone, Debug)]
pub struct BookPage {
    /// The header.
    pub header: BookHeader,
    /// The learner's text, in Markdown.
    pub body: Prose,
}

choice! {
    /// Where something was learnt (BOOK-02).
    pub enum LearningPlace {
        School = "etablissement" => "en établissement",
        Company = "entreprise" => "en entreprise",
        Outside = "exterieur" => "à l’extérieur",
    }
}

record! {
    /// A photograph and what it shows (BOOK-03).
    pub struct Photo = "une photographie" {
        fichier: String => "nom du fichier",
        description: String => "ce que montre la photographie",
    }
}
