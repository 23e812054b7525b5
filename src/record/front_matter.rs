//! The header of a text that is not all TOML: between two lines `+++`, at the top of a page.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Severity, Site};

/// The rules of this file.
pub static CODES: &[&Code] = &[&HEADER];

static HEADER: Code = Code {
    name: "FICHIER-ENTETE",
    severity: Severity::Error,
    summary: "Une page de texte commence par son en-tête",
    explanation: "Une page du book commence par une ligne qui ne contient que `+++`, puis les clés \
        (titre, date, lieu…), puis une seconde ligne `+++`. Le texte vient ensuite, aussi long que voulu.",
    wrong: "titre = \"La vitrine de Noël\"\nNous avons préparé…",
    right: "+++\ntitre = \"La vitrine de Noël\"\n+++\nNous avons préparé…",
};

/// The line that opens and closes a header.
const FENCE: &str = "+++";

/// Whether a file has a header above its text.
pub(super) fn is_expected(file: &str) -> bool {
    file.ends_with(".md")
}

/// The bytes of the TOML of a file, and the text below it.
pub(super) fn read<'t>(
    file: &Arc<str>,
    text: &'t str,
) -> Result<(Range<usize>, &'t str), Box<Finding>> {
    if !is_expected(file) {
        return Ok((0..text.len(), ""));
    }
    split(text).map(|(toml, body)| (toml, &text[body])).ok_or_else(|| {
        let end = text.find('\n').unwrap_or(text.len());
        let message = "l’en-tête de cette page manque, ou n’est pas fermé";
        let help =
            "écrivez l’en-tête en haut de la page, entre deux lignes qui ne contiennent que +++";
        Box::new(Finding::new(&HEADER, Site::bytes(file, 0..end), message).help(help))
    })
}

/// The bytes of the header and of the text below it.
pub(super) fn split(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| is_fence(line.trim_start_matches('\u{feff}')))?;
    let mut at = first.len();
    for line in lines {
        if is_fence(line) {
            return Some((first.len()..at, at + line.len()..text.len()));
        }
        at += line.len();
    }
    None
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == FENCE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_stands_between_two_fences() {
        let text = "+++\ntitre = \"É\"\n+++\nLe texte.\n";
        let (toml, body) = split(text).unwrap();
        assert_eq!((&text[toml], &text[body]), ("titre = \"É\"\n", "Le texte.\n"));
        assert!(split("titre = 1\n").is_none() && split("+++\ntitre = 1\n").is_none());
    }

    #[test]
    fn other_files_are_all_toml() {
        let file = Arc::from("school.toml");
        assert_eq!(read(&file, "a = 1\n").unwrap(), (0..6, ""));
    }
}
