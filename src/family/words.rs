//! The seven words of a letter: a passphrase that a person can type, in French words without accents.

use std::num::NonZeroU32;
use std::sync::LazyLock;

use ring::pbkdf2::{PBKDF2_HMAC_SHA256, derive};
use zeroize::Zeroizing;

use super::secret::Secret;

/// Rounds of PBKDF2-SHA-256 between the words and their key: what OWASP asks at least (2023).
pub const ROUNDS: NonZeroU32 = NonZeroU32::new(600_000).unwrap();

/// How many words a passphrase has. With 3,000 words in the list they are worth 80 bits, what the
/// CNIL asks of a password that stands alone (2022); the rounds add 19.
const COUNT: usize = 7;

static LIST: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("../../assets/famille/mots.txt").lines().collect());

/// Seven words.
#[derive(Clone, PartialEq, Eq)]
pub struct Words([&'static str; COUNT]);

impl Words {
    pub(super) fn draw(secret: &Secret, parts: &[&str]) -> Self {
        let bytes: Zeroizing<[u8; 8 * COUNT]> = secret.derive("mots", parts);
        let mut eights = bytes.chunks_exact(8);
        // 64 bits for one word of some thousands: no word is favoured by more than one in 10^15.
        Self(std::array::from_fn(|_| {
            let mut number = [0; 8];
            number.copy_from_slice(eights.next().unwrap_or(&[0; 8]));
            let place = u64::from_be_bytes(number) % LIST.len() as u64;
            usize::try_from(place).map_or("", |place| LIST[place])
        }))
    }

    /// The words, in their order.
    pub fn as_slice(&self) -> &[&'static str] {
        &self.0
    }

    /// What PBKDF2 makes of the words. It takes about a tenth of a second: that is its purpose.
    pub(super) fn stretch(&self, salt: &[u8]) -> Zeroizing<[u8; 32]> {
        let phrase = Zeroizing::new(self.0.join(" "));
        let mut out = Zeroizing::new([0; 32]);
        derive(PBKDF2_HMAC_SHA256, ROUNDS, salt, phrase.as_bytes(), &mut *out);
        out
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Words")
    }
}

/// All words that a passphrase may have, in order: the page offers them to who types.
pub fn word_list() -> &'static str {
    include_str!("../../assets/famille/mots.txt")
}

/// Whether a word is in the list.
pub fn is_word(word: &str) -> bool {
    LIST.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::family::secret::tests::secret;

    #[test]
    fn seven_words_are_worth_80_bits() {
        #[expect(clippy::cast_precision_loss, reason = "some thousands of words")]
        let bits = (LIST.len() as f64).log2() * 7.0;
        assert!(bits >= 80.0, "{} words: {bits}", LIST.len());
    }

    #[test]
    fn words_are_short_bare_and_in_order() {
        for word in LIST.iter() {
            assert!((4..=9).contains(&word.len()), "{word}");
            assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
        }
        assert!(LIST.is_sorted_by(|a, b| a < b));
        assert!(word_list().ends_with('\n'));
    }

    #[test]
    fn one_slip_never_gives_another_word() {
        // Two words that one slip parts become alike when each loses at most one letter.
        let mut met: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for word in LIST.iter().copied() {
            let without = |at: usize| format!("{}{}", &word[..at], &word[at + 1..]);
            let shortened = (0..word.len()).map(without).chain([word.to_owned()]);
            for short in shortened.collect::<BTreeSet<_>>() {
                let others = met.entry(short).or_default();
                let near = |other: &&&str| strsim::damerau_levenshtein(word, other) < 2;
                assert_eq!(others.iter().find(near), None, "{word}");
                others.push(word);
            }
        }
    }

    #[test]
    fn words_follow_from_the_secret_and_whose_they_are() {
        let draw = |parts: &[&str]| Words::draw(&secret(), parts);
        assert_eq!(draw(&["a"]), draw(&["a"]));
        assert_ne!(draw(&["a"]), draw(&["b"]));
        assert!(draw(&["a"]).as_slice().iter().all(|word| is_word(word)));
        assert_eq!(format!("{:?}", draw(&["a"])), "Words");
    }
}
