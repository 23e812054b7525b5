//! BOOK-TEXTE: a page of a book tells something.

use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "BOOK-TEXTE",
    severity: Severity::Warning,
    summary: "Une page de book raconte quelque chose",
    explanation: "Le book sert à rendre compte de ce que l’on a fait, et à le dire avec ses mots (BOOK-05) : des \
        photographies sans récit ne prouvent pas une compétence.",
    wrong: "+++\ntitre = \"La vitrine de Noël\"\n…\n+++\n",
    right: "+++\ntitre = \"La vitrine de Noël\"\n…\n+++\n\nJ’ai choisi les couleurs et placé les livres.",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let pages = school.book_pages.values().iter();
    let empty = pages.filter(|page| page.record.body.0.trim().is_empty());
    empty
        .map(|page| {
            Finding::new(&CODE, Site::file(&page.file), "cette page n’a pas de texte")
                .help("sous la seconde ligne +++, l’élève raconte ce qu’il a fait")
        })
        .collect()
}
