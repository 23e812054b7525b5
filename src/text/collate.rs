//! The one order of French names and titles, everywhere.

use std::cmp::Ordering;

use icu_collator::options::{AlternateHandling, CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;

/// Compares French texts as a directory does: accents count last, numbers by value ("2" before
/// "10"), spaces, hyphens and apostrophes not at all ("De La Tour" beside "Delatour").
#[derive(Debug)]
pub struct Collation(CollatorBorrowed<'static>);

impl Default for Collation {
    fn default() -> Self {
        Self::new()
    }
}

impl Collation {
    /// Loads the French collation, compiled into the program.
    #[expect(
        clippy::expect_used,
        reason = "the data are compiled in: their absence is a build error"
    )]
    pub fn new() -> Self {
        let mut preferences = CollatorPreferences::from(locale!("fr"));
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Tertiary);
        options.alternate_handling = Some(AlternateHandling::Shifted);
        Self(Collator::try_new(preferences, options).expect("the French collation is compiled in"))
    }

    /// The order of two texts; equal texts for a reader are told apart by their bytes.
    pub fn compare(&self, left: &str, right: &str) -> Ordering {
        self.0.compare(left, right).then_with(|| left.cmp(right))
    }

    /// The order of two people: family name, then first name.
    pub fn compare_names(&self, left: (&str, &str), right: (&str, &str)) -> Ordering {
        self.0
            .compare(left.0, right.0)
            .then_with(|| self.0.compare(left.1, right.1))
            .then_with(|| left.cmp(&right))
    }
}

/// A key that sorts codes such as `C1.2`, `C1.10`, `A1-T2` by their numbers.
pub fn natural_key(code: &str) -> Vec<(u8, u64, String)> {
    let mut key = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (chunk, tail) = rest.split_at(end);
        key.push(if digits {
            (0, chunk.parse().unwrap_or(u64::MAX), String::new())
        } else {
            (1, 0, chunk.to_lowercase())
        });
        rest = tail;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut words: Vec<&str>) -> Vec<&str> {
        let collation = Collation::new();
        words.sort_by(|a, b| collation.compare(a, b));
        words
    }

    #[test]
    fn accents_stay_beside_their_letters() {
        assert_eq!(
            sorted(vec!["Zola", "Éluard", "Œuvre", "Eluard", "Oz", "Émile"]),
            ["Eluard", "Éluard", "Émile", "Œuvre", "Oz", "Zola"]
        );
    }

    #[test]
    fn numbers_sort_by_value_and_particles_by_letters() {
        assert_eq!(sorted(vec!["10 – Stock", "2 – Accueil"]), ["2 – Accueil", "10 – Stock"]);
        assert_eq!(
            sorted(vec!["Delattre", "de La Tour", "Delatour", "Dela"]),
            ["Dela", "de La Tour", "Delatour", "Delattre"]
        );
    }

    #[test]
    fn codes_sort_by_their_numbers() {
        let mut codes = vec!["C1.10", "C1.2", "A1-T9", "A1-T10", "C1.2.a"];
        codes.sort_by_key(|code| natural_key(code));
        assert_eq!(codes, ["A1-T9", "A1-T10", "C1.2", "C1.2.a", "C1.10"]);
    }
}
