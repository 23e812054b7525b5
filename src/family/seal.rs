//! Sealing: AES-256-GCM, bound to kind, name, school year and version; padded; the same bytes for the
//! same content.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::hmac;
use zeroize::Zeroizing;

use super::key::ContentKey;
use super::name::Name;
use super::pad::padded_size;
use super::secret::expand;

/// Version of the scheme: what a page of another one seals does not open here.
const SCHEME: &str = "jalon-familles/1";

/// Bytes of the number that each sealing has of its own, at the head of a file.
const NONCE: usize = 12;
/// Bytes of the tag at its end.
const TAG: usize = 16;
/// Bytes that tell the length of what is inside.
const LENGTH: usize = 4;

/// A file of the families' site before it is sealed: sealing can be spared when the file is there.
pub struct SealedFile {
    /// Where it stands in the site.
    pub address: String,
    /// Its size, in bytes.
    pub size: usize,
    key: Zeroizing<[u8; 32]>,
    nonce: [u8; NONCE],
    bound: String,
    content: Vec<u8>,
}

impl SealedFile {
    pub(super) fn new(
        key: &[u8; 32],
        (kind, year, name): (&str, &str, Name),
        folder: &str,
        content: Vec<u8>,
    ) -> Self {
        let bound = bound(kind, year, name);
        let key = Zeroizing::new(*key);
        let size = content.len() + NONCE + TAG;
        let nonce = nonce(&key, &bound, &content);
        Self { address: name.address(folder), size, key, nonce, bound, content }
    }

    /// Whether a file of that size which begins like this is this one: the number at its head
    /// depends on all that it holds.
    pub fn is(&self, size: u64, head: &[u8]) -> bool {
        usize::try_from(size).is_ok_and(|size| size == self.size) && head == self.nonce
    }

    /// How many bytes of the head of a file [`SealedFile::is`] looks at.
    pub const HEAD: usize = NONCE;

    /// Seals it.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.size);
        bytes.extend(self.nonce);
        bytes.extend(&self.content);
        let (nonce, aad) = (Nonce::assume_unique_for_key(self.nonce), Aad::from(&self.bound));
        let sealed = cipher(&self.key).and_then(|cipher| {
            cipher.seal_in_place_separate_tag(nonce, aad, &mut bytes[NONCE..]).ok()
        });
        match sealed {
            Some(tag) => bytes.extend(tag.as_ref()),
            // It refuses more than 64 GiB only; nothing bare leaves all the same.
            None => bytes.clear(),
        }
        bytes
    }
}

fn cipher(key: &[u8; 32]) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, key).ok().map(LessSafeKey::new)
}

/// What a sealing is bound to.
fn bound(kind: &str, year: &str, name: Name) -> String {
    format!("{SCHEME}\n{kind}\n{year}\n{}", name.text())
}

/// The number of a sealing: a keyed digest of all that goes in, so that two contents under one key do
/// not share a number, and one content always has the same.
fn nonce(key: &[u8; 32], bound: &str, content: &[u8]) -> [u8; NONCE] {
    let own: Zeroizing<[u8; 32]> = expand(key, "nonce", &[]);
    let mut digest = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, &*own));
    digest.update(&(bound.len() as u64).to_be_bytes());
    digest.update(bound.as_bytes());
    digest.update(content);
    let mut nonce = [0; NONCE];
    nonce.copy_from_slice(&digest.sign().as_ref()[..NONCE]);
    nonce
}

/// What is inside a file sealed by [`SealedFile`]; nothing when it was sealed otherwise, under another
/// key, for another place, or changed since.
pub(super) fn open(
    key: &[u8; 32],
    (kind, year, name): (&str, &str, Name),
    bytes: &[u8],
) -> Option<Vec<u8>> {
    let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
    let bound = bound(kind, year, name);
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    let mut bytes = sealed.to_vec();
    let (nonce, aad) = (Nonce::assume_unique_for_key(nonce), Aad::from(&bound));
    let length = cipher(key)?.open_in_place(nonce, aad, &mut bytes).ok()?.len();
    bytes.truncate(length);
    Some(bytes)
}

/// A block of a pupil: the page, or a document.
pub fn block(key: &ContentKey, year: &str, name: Name, content: &[u8]) -> SealedFile {
    let inside = padded_size(content.len() + LENGTH + NONCE + TAG) - NONCE - TAG;
    let mut padded = Vec::with_capacity(inside);
    // A document of more than 4 GiB would not open; none is made.
    padded.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
    padded.extend(content);
    padded.resize(inside, 0);
    SealedFile::new(&key.0, ("bloc", year, name), "blocs", padded)
}

/// What a block holds, opened as the families' page opens it.
pub fn open_block(key: &ContentKey, year: &str, name: Name, bytes: &[u8]) -> Option<Vec<u8>> {
    let inside = open(&key.0, ("bloc", year, name), bytes)?;
    let (length, content) = inside.split_at_checked(LENGTH)?;
    let length = u32::from_be_bytes(length.try_into().ok()?);
    content.get(..usize::try_from(length).ok()?).map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(byte: u8) -> ContentKey {
        ContentKey(Zeroizing::new([byte; 32]))
    }

    const YEAR: &str = "2026-2027";

    #[test]
    fn a_block_opens_at_its_place_and_nowhere_else() {
        let (here, there) = (key(1).page(), key(1).document("a"));
        let bytes = block(&key(1), YEAR, here, b"texte").bytes();
        let open = |key: &ContentKey, year, name, bytes: &[u8]| open_block(key, year, name, bytes);
        assert_eq!(open(&key(1), YEAR, here, &bytes).unwrap(), b"texte");
        assert_eq!(open(&key(2), YEAR, here, &bytes), None);
        assert_eq!(open(&key(1), "2027-2028", here, &bytes), None);
        assert_eq!(open(&key(1), YEAR, there, &bytes), None);
        assert_eq!(open(&key(1), YEAR, here, &bytes[..bytes.len() - 1]), None);
        for wrong in [&[][..], &[0; 5], &[0; 40]] {
            assert_eq!(open(&key(1), YEAR, here, wrong), None);
        }
    }

    #[test]
    fn a_file_is_known_by_its_size_and_head() {
        let name = key(1).page();
        let file = block(&key(1), YEAR, name, b"texte");
        let bytes = file.bytes();
        assert_eq!(bytes.len(), file.size);
        assert!(file.is(bytes.len() as u64, &bytes[..SealedFile::HEAD]));
        let other = block(&key(1), YEAR, name, b"texta");
        assert!(!other.is(bytes.len() as u64, &bytes[..SealedFile::HEAD]));
        assert!(!file.is(bytes.len() as u64 + 1, &bytes[..SealedFile::HEAD]));
    }

    #[test]
    fn a_block_is_a_file_of_a_common_size() {
        let name = Name([0xff; 16]);
        for length in [0, 1, 65_536 - 32, 65_536 - 31, 100_000, 1 << 20] {
            let file = block(&key(1), YEAR, name, &vec![7; length]);
            assert_eq!(file.size, padded_size(file.size), "{length}");
            assert_eq!(file.bytes().len(), file.size);
        }
    }

    proptest! {
        #[test]
        fn any_content_comes_back_and_gives_the_same_bytes(content: Vec<u8>, byte: u8) {
            let name = key(byte).page();
            let bytes = block(&key(byte), YEAR, name, &content).bytes();
            prop_assert_eq!(&block(&key(byte), YEAR, name, &content).bytes(), &bytes);
            prop_assert_eq!(open_block(&key(byte), YEAR, name, &bytes), Some(content));
        }

        #[test]
        fn a_bit_changed_anywhere_is_refused(at in 0..BLOCK_SIZE, bit in 0..8u8) {
            let name = key(3).page();
            let mut bytes = block(&key(3), YEAR, name, b"texte").bytes();
            bytes[at] ^= 1 << bit;
            prop_assert_eq!(open_block(&key(3), YEAR, name, &bytes), None);
        }
    }

    const BLOCK_SIZE: usize = crate::family::BLOCK;
}
