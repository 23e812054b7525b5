//! Identifiers made from names: "Léa N’Guyen" → "lea-n-guyen".

use deunicode::deunicode;

/// A lower-case ASCII identifier, words apart by one hyphen.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in deunicode(text).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Whether a text is already such an identifier.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_origin_become_identifiers() {
        assert_eq!(slug("Éloïse de La Tour"), "eloise-de-la-tour");
        assert_eq!(slug("N’Diaye  Ngô"), "n-diaye-ngo");
        assert_eq!(slug("Łukasz Œuvrard"), "lukasz-oeuvrard");
        assert!(is_slug("dupont-lea-2") && !is_slug("Dupont") && !is_slug("a--b") && !is_slug(""));
    }
}
