//! How long a text is for the people who wrote it.

use icu_normalizer::ComposingNormalizerBorrowed;

/// The length of a text: Unicode scalar values once letters and accents are composed (NFC), so that
/// an "é" typed on a Mac counts for one as it does elsewhere.
pub fn length(text: &str) -> usize {
    ComposingNormalizerBorrowed::new_nfc().normalize(text).chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_count_once_however_they_are_written() {
        assert_eq!((length("é"), length("e\u{301}"), length("")), (1, 1, 0));
        assert_eq!(length("œuvre à l’arrivée"), 17);
        // An emoji of one scalar value counts for one, a joined family for what it is made of.
        assert_eq!((length("😀"), length("👩‍👧")), (1, 3));
    }
}
