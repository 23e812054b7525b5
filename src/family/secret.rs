//! The secret of the school, from which all keys of its families' site follow.

use data_encoding::BASE64;
use ring::hkdf;
use ring::rand::{SecureRandom as _, SystemRandom};
use zeroize::Zeroizing;

/// Fewest bytes of a secret.
const SHORTEST: usize = 32;

/// What separates these keys from any other use of the same secret.
const SCHEME: &[u8] = b"jalon/familles/1";

/// The secret of the school. Never shown, never written but by who creates it.
pub struct Secret(Zeroizing<Vec<u8>>);

/// A secret that cannot serve. The message never holds what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// It is not base64.
    #[error("le secret des familles n’est pas écrit en base64")]
    Form,
    /// It has fewer than 32 bytes, or always the same one.
    #[error(
        "le secret des familles est trop court ou trop simple : il faut au moins 32 octets tirés au hasard"
    )]
    Weak,
    /// The system gives no random bytes.
    #[error("le système ne donne pas de nombres au hasard")]
    NoRandomness,
}

impl Secret {
    /// Reads a secret written in base64, with or without spaces around it.
    ///
    /// # Errors
    /// When it is not base64, or too weak to protect anything.
    pub fn from_base64(text: &str) -> Result<Self, SecretError> {
        let bytes = BASE64.decode(text.trim().as_bytes()).map_err(|_| SecretError::Form)?;
        let bytes = Zeroizing::new(bytes);
        if bytes.len() < SHORTEST || bytes.iter().all(|byte| *byte == bytes[0]) {
            return Err(SecretError::Weak);
        }
        Ok(Self(bytes))
    }

    /// A new secret, as it is to be kept: 32 random bytes in base64.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn new_base64() -> Result<Zeroizing<String>, SecretError> {
        let mut bytes = Zeroizing::new([0; SHORTEST]);
        let filled = SystemRandom::new().fill(&mut *bytes);
        filled.map_err(|_| SecretError::NoRandomness)?;
        Ok(Zeroizing::new(BASE64.encode(&*bytes)))
    }

    /// The bytes for one purpose. Different purposes or parts give unrelated bytes; parts may hold
    /// anything, since the length of each counts.
    pub(super) fn derive<const N: usize>(
        &self,
        purpose: &str,
        parts: &[&str],
    ) -> Zeroizing<[u8; N]> {
        expand(&self.0, purpose, parts)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// HKDF-SHA-256 of a key, for a purpose and its parts.
pub(super) fn expand<const N: usize>(
    key: &[u8],
    purpose: &str,
    parts: &[&str],
) -> Zeroizing<[u8; N]> {
    let mut info = Vec::new();
    for part in std::iter::once(&purpose).chain(parts) {
        info.extend((part.len() as u64).to_be_bytes());
        info.extend(part.as_bytes());
    }
    let mut out = Zeroizing::new([0; N]);
    let key = hkdf::Salt::new(hkdf::HKDF_SHA256, SCHEME).extract(key);
    let info = [info.as_slice()];
    // It refuses more than 8 160 bytes only, and no purpose asks for a hundred.
    let expanded = key.expand(&info, Bytes::<N>).and_then(|bytes| bytes.fill(&mut *out));
    debug_assert!(expanded.is_ok());
    out
}

/// How many bytes are asked for.
struct Bytes<const N: usize>;

impl<const N: usize> hkdf::KeyType for Bytes<N> {
    fn len(&self) -> usize {
        N
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A secret for tests.
    pub(in crate::family) fn secret() -> Secret {
        Secret(Zeroizing::new((0..32).collect()))
    }

    #[test]
    fn a_secret_is_long_and_varied() {
        let good = BASE64.encode(&(0..32).collect::<Vec<u8>>());
        assert!(Secret::from_base64(&format!(" {good}\n")).is_ok());
        let short = BASE64.encode(&(0..31).collect::<Vec<u8>>());
        assert_eq!(Secret::from_base64(&short).unwrap_err(), SecretError::Weak);
        assert_eq!(Secret::from_base64(&BASE64.encode(&[7; 40])).unwrap_err(), SecretError::Weak);
        assert_eq!(Secret::from_base64("").unwrap_err(), SecretError::Weak);
        assert_eq!(Secret::from_base64("pas du base64 !").unwrap_err(), SecretError::Form);
    }

    #[test]
    fn a_new_secret_serves_and_differs() {
        let (one, two) = (Secret::new_base64().unwrap(), Secret::new_base64().unwrap());
        assert!(Secret::from_base64(&one).is_ok());
        assert_ne!(*one, *two);
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        let secret = secret();
        let all: std::collections::BTreeSet<[u8; 16]> = [
            *secret.derive("a", &["b", "c"]),
            *secret.derive("a", &["bc"]),
            *secret.derive("a", &["b", "c", ""]),
            *secret.derive("ab", &["c"]),
        ]
        .into();
        assert_eq!(all.len(), 4);
        assert_eq!(secret.derive::<16>("a", &["b"]), secret.derive::<16>("a", &["b"]));
    }

    #[test]
    fn nothing_of_a_secret_is_shown() {
        let text = BASE64.encode(&(0..32).collect::<Vec<u8>>());
        assert_eq!(format!("{:?}", Secret::from_base64(&text).unwrap()), "Secret");
        let error = Secret::from_base64("motdepasse!").unwrap_err();
        assert!(!error.to_string().contains("motdepasse"));
    }
}
