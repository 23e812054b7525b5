//! A pupil's folder from one school to another: packed, signed, checked, put into the pupil's own (TRF, NAT-19–21).
//!
//! The package is a copy of what concerns this pupil and nobody else. What came is kept as it came, in a folder
//! of its own below the pupil's: the school that receives it reads it and does not write in it.

mod arrival;
mod departure;
mod names;
mod quoted_codes;
mod reduce;
mod seal;
mod state;

pub use arrival::{Arriving, Newcomer, plan};
pub use departure::{Leaving, Made, PastChange, concerns, pack};
pub use seal::{KeyRefused, SchoolKey, Signature};
pub use state::{Noted, note, open_transfer};

use super::archive::Limits;

/// The format, as `paquet.toml` names it.
pub const FORMAT: &str = "jalon-transfert";
/// The newest version that is written and read.
pub const VERSION: u32 = 1;
/// The signature of `paquet.toml`: it cannot be in the list of files.
pub const SIGNATURE: &str = "paquet.toml.sig";
/// What the signature says it is for: one made for something else does not pass.
pub const NAMESPACE: &str = "jalon-transfert";
/// The file that tells who wrote what when.
pub const HISTORY: &str = "historique.toml";
/// Former versions of texts, by digest.
const VERSIONS: &str = "versions/";
/// What came from schools before: it goes on as it is.
const RECEIVED: &str = "received/";

/// How much a package may hold.
const LIMITS: Limits = Limits { files: 20_000, bytes: 500_000_000 };

fn sha256(bytes: &[u8]) -> String {
    use ring::digest::{SHA256, digest};
    data_encoding::HEXLOWER.encode(digest(&SHA256, bytes).as_ref())
}
