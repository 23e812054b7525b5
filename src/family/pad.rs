//! Sizes that many files share, so that a size tells nothing of what is inside.

/// The smallest sealed block, in bytes.
pub const BLOCK: usize = 64 * 1024;

/// The size of the file that holds so many bytes: 64 KiB, then one and a half times and twice each
/// power of two above it. A file is never more than half as large again as what it holds, from 64 KiB
/// up.
pub fn padded_size(bytes: usize) -> usize {
    let mut size = BLOCK;
    loop {
        if bytes <= size {
            return size;
        }
        if bytes <= size / 2 * 3 {
            return size / 2 * 3;
        }
        size *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_few() {
        let sizes = [(0, 64), (64, 64), (65, 96), (96, 96), (97, 128), (129, 192), (200, 256)];
        for (held, size) in sizes {
            assert_eq!(padded_size(held * 1024), size * 1024, "{held}");
        }
        for held in (BLOCK + 1..1 << 22).step_by(4097) {
            assert!((held..=held / 2 * 3 + 2).contains(&padded_size(held)));
        }
    }
}
