//! How long a text is for a limit written in characters.

use icu_normalizer::ComposingNormalizerBorrowed;

/// The number of characters of a text: Unicode scalar values after composition (NFC), the same
/// whether an accent was typed apart or not (LSL-33).
pub fn characters(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    ComposingNormalizerBorrowed::new_nfc().normalize_iter(text.chars()).count()
}

/// A text with its accents on their letters (NFC), so that other programs count as [`characters`] does, and
/// without the control characters that XML has no place for.
pub fn composed(text: &str) -> String {
    let kept = text.chars().filter(|c| {
        matches!(c, '\n' | '\t') || !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
    });
    ComposingNormalizerBorrowed::new_nfc().normalize_iter(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_typed_apart_counts_with_its_letter() {
        assert_eq!(characters("Eleve"), 5);
        assert_eq!(characters("Élève"), 5);
        assert_eq!(characters("E\u{301}le\u{300}ve"), 5);
    }

    #[test]
    fn an_emoji_counts_for_its_scalar_values() {
        assert_eq!(characters("🎉"), 1);
        // A family: three people and two joiners.
        assert_eq!(characters("👩\u{200d}👩\u{200d}👧"), 5);
        // No composed form exists for this letter and accent.
        assert_eq!(characters("q\u{301}"), 2);
    }
}
