//! Public keys as a school lists them: SSH on one line, or OpenPGP with its armour.

use pgp::composed::{Deserializable as _, SignedPublicKey, SignedPublicSubKey};
use pgp::packet::{PublicKey as PgpKey, PublicSubkey, Signature};
use pgp::types::KeyDetails;
use ssh_key::public::KeyData;
use ssh_key::{Algorithm, HashAlg};

/// RSA keys longer than this cannot be checked, in bits.
const LONGEST_RSA: usize = 4096;

/// Why a key cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// It is the secret half, which nobody else may see.
    Private,
    /// It is no key, or a part of one.
    Unreadable,
    /// It is a key of a kind that is not checked here: DSA, certificates, RSA above 4096 bits.
    Unsupported,
}

/// A key that checks signatures.
#[derive(Clone, Debug)]
pub(super) enum PublicKey {
    /// SSH.
    Ssh(KeyData),
    /// OpenPGP: the main key, and those below it that may sign.
    Pgp(Box<PgpKey>, Vec<PublicSubkey>),
}

/// The name of a key: `SHA256:…` as SSH writes it, or the fingerprint of an OpenPGP key.
///
/// # Errors
/// When the text is no key that signs.
pub fn key_name(text: &str) -> Result<String, KeyFault> {
    PublicKey::read(text).map(|key| key.name())
}

impl PublicKey {
    /// Reads a key as written in a record.
    pub(super) fn read(text: &str) -> Result<Self, KeyFault> {
        let text = text.trim();
        if text.contains("PRIVATE KEY") {
            return Err(KeyFault::Private);
        }
        if text.starts_with("-----BEGIN PGP") {
            let (whole, _) =
                SignedPublicKey::from_string(text).map_err(|_| KeyFault::Unreadable)?;
            let SignedPublicKey { primary_key, public_subkeys, .. } = whole;
            let signs = |one: &SignedPublicSubKey| may_sign(one, &primary_key);
            let subkeys = public_subkeys.into_iter().filter(signs).map(|one| one.key).collect();
            return Ok(Self::Pgp(Box::new(primary_key), subkeys));
        }
        let key = ssh_key::PublicKey::from_openssh(text).map_err(|_| KeyFault::Unreadable)?;
        let key = key.key_data().clone();
        if is_checked(&key) { Ok(Self::Ssh(key)) } else { Err(KeyFault::Unsupported) }
    }

    /// What people call it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Ssh(key) => ssh_name(key),
            Self::Pgp(key, _) => hexadecimal(key.fingerprint().as_bytes()),
        }
    }

    /// Whether an OpenPGP signature was made by this key over these bytes; nothing when it names
    /// another key. What the key says itself of its end does not count: the school says it.
    pub(super) fn made(&self, signature: &Signature, content: &[u8]) -> Option<bool> {
        let Self::Pgp(main, below) = self else { return None };
        let main = &**main;
        let mut named = false;
        if names(signature, main) {
            named = true;
            if signature.verify(main, content).is_ok() {
                return Some(true);
            }
        }
        for key in below.iter().filter(|key| names(signature, *key)) {
            named = true;
            if signature.verify(key, content).is_ok() {
                return Some(true);
            }
        }
        named.then_some(false)
    }
}

/// Whether signatures by this SSH key can be checked.
pub(super) fn is_checked(key: &KeyData) -> bool {
    match key {
        KeyData::Rsa(rsa) => {
            let bytes = rsa.n.as_positive_bytes().map_or(usize::MAX / 8, <[u8]>::len);
            bytes * 8 <= LONGEST_RSA
        }
        other => {
            matches!(
                other.algorithm(),
                Algorithm::Ed25519
                    | Algorithm::Ecdsa { .. }
                    | Algorithm::SkEd25519
                    | Algorithm::SkEcdsaSha2NistP256
            )
        }
    }
}

pub(super) fn ssh_name(key: &KeyData) -> String {
    key.fingerprint(HashAlg::Sha256).to_string()
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// Whether a signature says that it is by this key.
fn names(signature: &Signature, key: &impl KeyDetails) -> bool {
    let (ids, fingerprints) = (signature.issuer_key_id(), signature.issuer_fingerprint());
    ids.contains(&&key.legacy_key_id()) || fingerprints.contains(&&key.fingerprint())
}

/// Whether the main key says that the other may sign, and the other says that it is below it.
fn may_sign(subkey: &SignedPublicSubKey, main: &PgpKey) -> bool {
    subkey.signatures.iter().any(|binding| {
        binding.key_flags().sign()
            && binding.verify_subkey_binding(main, &subkey.key).is_ok()
            && binding
                .embedded_signature()
                .is_some_and(|back| back.verify_primary_key_binding(&subkey.key, main).is_ok())
    })
}
