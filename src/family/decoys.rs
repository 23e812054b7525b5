//! Files that nobody can open, so that the numbers of files tell little.

use super::door::{Door, Opening};
use super::key::ContentKey;
use super::pad::BLOCK;
use super::seal::{SealedFile, block};
use super::secret::Secret;

/// A number rounded up, to a multiple of 32 at first, then of an eighth of its size.
pub fn rounded_up(number: usize) -> usize {
    if number == 0 {
        return 0;
    }
    let step = (number.next_power_of_two() / 16).max(32);
    number.div_ceil(step) * step
}

/// The files to add to so many doors, and to blocks of these sizes, for their numbers to be round.
///
/// Each decoy is the same from one day to the next: a new door takes the place of the last decoy.
pub fn decoys<'s>(
    secret: &'s Secret,
    year: &'s str,
    doors: usize,
    blocks: &[(usize, usize)],
) -> impl Iterator<Item = SealedFile> + use<'s> {
    // Numbered from the top, so that those which stay are the same.
    let doors = doors..rounded_up(doors);
    let doors = doors.map(|n| Door::of_nobody(secret, year, n).file(year, &Opening::Replaced));
    let blocks: Vec<(usize, usize)> = blocks.to_vec();
    let blocks = blocks.into_iter().flat_map(|(size, number)| {
        let numbers = number..rounded_up(number);
        numbers.map(move |n| (size, n))
    });
    let blocks = blocks.map(move |(size, n)| {
        let parts = [year, "bloc", &size.to_string(), &n.to_string()];
        let key = ContentKey(secret.derive("leurre", &parts));
        // Zeros, but for what a block needs around them.
        block(&key, year, key.page(), &vec![0; size.max(BLOCK) - 32])
    });
    doors.chain(blocks)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::family::secret::tests::secret;

    #[test]
    fn numbers_are_rounded_up() {
        let pairs = [(0, 0), (1, 32), (32, 32), (33, 64), (120, 128), (310, 320), (2200, 2304)];
        for (number, rounded) in pairs {
            assert_eq!(rounded_up(number), rounded, "{number}");
        }
        for number in 1..10_000 {
            assert!((number..=number + number / 8 + 32).contains(&rounded_up(number)));
            assert!(rounded_up(number) <= rounded_up(number + 1));
        }
    }

    #[test]
    fn decoys_fill_up_and_stay_the_same() {
        let secret = secret();
        let made = |doors, blocks: &[(usize, usize)]| -> Vec<(String, usize)> {
            let files = decoys(&secret, "2026-2027", doors, blocks);
            files.map(|file| (file.address.clone(), file.bytes().len())).collect()
        };
        let all = made(30, &[(BLOCK, 31), (BLOCK / 2 * 3, 1)]);
        assert_eq!(all.len(), 2 + 1 + 31);
        let names: BTreeSet<&String> = all.iter().map(|(address, _)| address).collect();
        assert_eq!(names.len(), all.len());
        assert!(
            all[..2].iter().all(|(address, size)| address.starts_with("portes/") && *size == 156)
        );
        assert_eq!(all[2].1, BLOCK);
        assert!(all[3..].iter().all(|(_, size)| *size == BLOCK / 2 * 3));
        // One more door: the others are those that were there.
        assert_eq!(made(31, &[]), all[1..2]);
    }
}
