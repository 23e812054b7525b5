//! BOOK-FERME: pages of books are read once the book is open.

use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::{count, plural};

pub(super) static CODE: Code = Code {
    name: "BOOK-FERME",
    severity: Severity::Warning,
    summary: "Des pages de book attendent que le book soit ouvert",
    explanation: "Le book des apprenants est fermé tant que le DDFPT ne l’a pas ouvert pour tout l’établissement \
        (BOOK-01) : ni menu, ni page. Les pages déjà écrites sont gardées, et paraîtront à l’ouverture.",
    wrong: "# school.toml\nbook = false",
    right: "# school.toml\nbook = true",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let number = school.book_pages.values().len();
    let file: Arc<str> = Arc::from("school.toml");
    // Without a readable school.toml nobody knows whether the book is open.
    if school.establishment.book || number == 0 || school.is_broken(&file) {
        return Vec::new();
    }
    let message = format!(
        "le book est fermé : {} {} pas",
        count(number, "page écrite", "pages écrites"),
        plural(number, "ne paraît", "ne paraissent")
    );
    vec![
        Finding::new(&CODE, Site::value(&file, key_path!["book"]), message)
            .help("le DDFPT l’ouvre en écrivant book = true dans school.toml"),
    ]
}
