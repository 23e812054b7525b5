//! Chance that can be repeated: one stream of numbers per seed and label, the same on every machine.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of chance. Each thing to invent takes its own stream, named by a label, so that a change in
/// one place of the generator does not reshuffle the rest of the school.
pub(crate) struct Dice {
    inner: ChaCha8Rng,
}

impl Dice {
    /// Opens the stream named `label` under `seed`.
    pub(crate) fn new(seed: u64, label: &str) -> Self {
        Self { inner: ChaCha8Rng::seed_from_u64(seed ^ fingerprint(label)) }
    }

    /// Draws a number below `bound` (0 when there is nothing to choose).
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let draw = self.inner.next_u64();
        // The high half of a wide product: no modulo bias worth naming, no floating point.
        ((u128::from(draw) * bound as u128) >> 64) as usize
    }

    /// Draws a number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        low + self.below(usize::try_from(high - low + 1).unwrap_or(1)) as i32
    }

    /// Says yes `percent` times out of a hundred.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Says yes `per_mille` times out of a thousand.
    pub(crate) fn per_mille(&mut self, per_mille: usize) -> bool {
        self.below(1000) < per_mille
    }

    /// Draws a real number in `[0, 1)`.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.inner.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Draws around zero, roughly normal with the given spread (a sum of four: only exact operations).
    pub(crate) fn around(&mut self, spread: f64) -> f64 {
        let sum = self.unit() + self.unit() + self.unit() + self.unit();
        (sum - 2.0) * 1.732 * spread
    }

    /// Picks one of the items.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// Picks one of the texts, the empty one when there is none.
    pub(crate) fn text<'a>(&mut self, items: &'a [String]) -> &'a str {
        self.pick(items).map_or("", String::as_str)
    }

    /// Picks an index by weight.
    pub(crate) fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut draw = self.below(weights.iter().sum());
        for (index, weight) in weights.iter().enumerate() {
            if draw < *weight {
                return index;
            }
            draw -= weight;
        }
        0
    }

    /// Shuffles in place.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// Turns a label into 64 bits (FNV-1a), fixed for ever: the standard hasher promises nothing.
pub(crate) fn fingerprint(label: &str) -> u64 {
    label.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_label_same_numbers() {
        let draw = |label| {
            let mut dice = Dice::new(7, label);
            [dice.below(1000), dice.below(1000), dice.below(1000)]
        };
        assert_eq!(draw("a"), draw("a"));
        assert_ne!(draw("a"), draw("b"));
    }

    #[test]
    fn bounds_hold() {
        let mut dice = Dice::new(1, "bounds");
        for _ in 0..1000 {
            assert!(dice.below(3) < 3);
            assert!((-2..=2).contains(&dice.between(-2, 2)));
            assert!((0.0..1.0).contains(&dice.unit()));
        }
        assert_eq!(dice.below(0), 0);
    }
}
