//! The signature of a package: SSH, as `ssh-keygen -Y sign` makes it and `ssh-keygen -Y verify` checks it.

use ssh_key::{HashAlg, LineEnding, PrivateKey, PublicKey, SshSig};

use super::NAMESPACE;
use crate::record::StaffKey;
use crate::text::Date;

/// The secret key with which a school signs.
pub struct SchoolKey(PrivateKey);

/// A key that cannot sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRefused {
    /// It is the public half.
    #[error(
        "ce fichier est la clé publique : donnez la clé secrète, celle dont le nom ne finit pas par .pub"
    )]
    Public,
    /// It asks for a password.
    #[error("cette clé est protégée par un mot de passe, qui ne peut pas être demandé ici")]
    Locked,
    /// It is no key.
    #[error("ce fichier n’est pas une clé secrète SSH (ssh-keygen -t ed25519 en fait une)")]
    Unreadable,
}

impl SchoolKey {
    /// Reads a key as `ssh-keygen` writes it.
    ///
    /// # Errors
    /// When it cannot sign.
    pub fn read(text: &str) -> Result<Self, KeyRefused> {
        if PublicKey::from_openssh(text.trim()).is_ok() {
            return Err(KeyRefused::Public);
        }
        let key = PrivateKey::from_openssh(text).map_err(|_| KeyRefused::Unreadable)?;
        if key.is_encrypted() { Err(KeyRefused::Locked) } else { Ok(Self(key)) }
    }

    /// `SHA256:…`, as `ssh-keygen -l` shows it.
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint(HashAlg::Sha256).to_string()
    }

    /// Signs these bytes.
    ///
    /// # Errors
    /// When this sort of key cannot sign.
    pub fn sign(&self, bytes: &[u8]) -> Result<String, ssh_key::Error> {
        self.0.sign(NAMESPACE, HashAlg::Sha512, bytes)?.to_pem(LineEnding::LF)
    }

    /// Whether it is the secret half of one of these, on a day.
    pub fn is_one_of(&self, keys: &[StaffKey], day: Date) -> bool {
        keys.iter()
            .any(|key| named(key).as_deref() == Some(&*self.fingerprint()) && holds(key, day))
    }
}

// The key is a secret: it shows nowhere.
impl std::fmt::Debug for SchoolKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SchoolKey")
    }
}

/// A signature that was read.
#[derive(Debug)]
pub struct Signature(SshSig);

impl Signature {
    /// Reads a signature; nothing when it is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        SshSig::from_pem(text).ok().map(Self)
    }

    /// The fingerprint of the key that it names.
    pub fn fingerprint(&self) -> String {
        self.0.public_key().fingerprint(HashAlg::Sha256).to_string()
    }

    /// Whether the key that it names made it, over these bytes and for this use.
    pub fn fits(&self, bytes: &[u8]) -> bool {
        PublicKey::from(self.0.public_key().clone()).verify(NAMESPACE, bytes, &self.0).is_ok()
    }

    /// The key of this list that it names.
    pub fn key<'k>(&self, keys: &'k [StaffKey]) -> Vec<&'k StaffKey> {
        let own = self.fingerprint();
        keys.iter().filter(|key| named(key).as_deref() == Some(&*own)).collect()
    }
}

fn named(key: &StaffKey) -> Option<String> {
    let key = PublicKey::from_openssh(key.cle.trim()).ok()?;
    Some(key.fingerprint(HashAlg::Sha256).to_string())
}

/// Whether a key is good on a day.
pub(super) fn holds(key: &StaffKey, day: Date) -> bool {
    key.du.is_none_or(|from| from <= day) && key.au.is_none_or(|to| day <= to)
}
