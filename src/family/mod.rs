//! The families' site as cryptography sees it: one secret of the school, the codes of letters, the
//! doors that they open, the sealed blocks behind them. It knows no school and writes no file.
//!
//! The scheme, for who audits it (`docs/familles.md` tells it to the head of school):
//!
//! - All keys follow from one [`Secret`] by HKDF-SHA-256, so that the same records under the same
//!   secret give the same bytes.
//! - A pupil has one [`ContentKey`] a school year. It depends on who may read: when a reader goes, or
//!   a letter is replaced, the key and all that it seals change, for that pupil alone.
//! - Blocks (the page, documents) are sealed with AES-256-GCM under that key, padded to sizes that
//!   many share ([`padded_size`]), under names of 128 bits.
//! - Each letter has a [`Code`]: 128 bits in a link, and seven words. Either leads to a [`Door`],
//!   a small file that holds the content key, sealed under a key that only the code gives.
//! - What is sealed is bound to its kind, its name, the school year and the version of this scheme.
//! - [`decoys`] round the numbers of files up.

mod code;
mod decoys;
mod door;
mod kept;
mod key;
mod name;
mod pad;
mod seal;
mod secret;
#[cfg(test)]
mod vectors;
mod words;

pub use code::{Bearer, Code, LinkSecret};
pub use decoys::{decoys, rounded_up};
pub use door::{Door, Opening, Salt};
pub use kept::KeptDoors;
pub use key::{ContentKey, content_key};
pub use name::Name;
pub use pad::{BLOCK, padded_size};
pub use seal::{SealedFile, block, open_block};
pub use secret::{Secret, SecretError};
pub use words::{ROUNDS, Words, is_word, word_list};
