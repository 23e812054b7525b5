//! The signature of a commit, read and checked: which key made it, and whether it fits. Whose key
//! that is, and on which days, is not asked here: this depends on the commit and the keys alone.

use std::collections::BTreeMap;

use pgp::composed::{Deserializable as _, DetachedSignature};
use pgp::packet::SignatureType;
use ssh_key::SshSig;

use super::key::{PublicKey, hexadecimal, is_checked, ssh_name};
use crate::source::Signed;

/// What Git signs under, so that a signature made for something else does not pass for one of Git.
const NAMESPACE: &str = "git";

/// What a signature is worth, whoever holds the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::history) enum Seal {
    /// Made by this key over these very bytes.
    Sound(String),
    /// It names this key, which did not make it over these bytes.
    Wrong(String),
    /// It cannot be read.
    Broken,
    /// It cannot be checked: an OpenPGP signature by a key that is listed nowhere, a certificate.
    Unchecked(String),
}

/// All keys that a stretch of history lists, read once each.
#[derive(Debug, Default)]
pub(in crate::history) struct Ring {
    /// The name of each key, by its text; nothing when it cannot be read.
    names: BTreeMap<String, Option<String>>,
    /// The OpenPGP keys: a signature does not carry the one that made it. One that was completed
    /// since is there in each of its versions.
    pgp: Vec<PublicKey>,
}

impl Ring {
    /// Takes in a key as written.
    pub(in crate::history) fn learn(&mut self, text: &str) {
        if self.names.contains_key(text) {
            return;
        }
        let key = PublicKey::read(text).ok();
        self.names.insert(text.to_owned(), key.as_ref().map(PublicKey::name));
        self.pgp.extend(key.filter(|key| matches!(key, PublicKey::Pgp(..))));
    }

    /// The name of a key as written, if it was taken in and can be read.
    pub(super) fn name(&self, text: &str) -> Option<&str> {
        self.names.get(text)?.as_deref()
    }

    /// Whether somebody listed a key of that name, whenever.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.values().flatten().any(|known| known == name)
    }
}

impl Seal {
    /// Reads and checks a signature.
    pub(in crate::history) fn read(signed: &Signed, ring: &Ring) -> Self {
        let Ok(text) = std::str::from_utf8(&signed.signature) else { return Self::Broken };
        let text = text.trim();
        match text.strip_prefix("-----BEGIN ") {
            Some(rest) if rest.starts_with("SSH SIGNATURE") => ssh(text, &signed.content),
            Some(rest) if rest.starts_with("PGP ") => openpgp(text, &signed.content, ring),
            Some(rest) if rest.starts_with("SIGNED MESSAGE") => {
                Self::Unchecked("un certificat X.509".to_owned())
            }
            _ => Self::Broken,
        }
    }
}

fn ssh(text: &str, content: &[u8]) -> Seal {
    let Ok(signature) = SshSig::from_pem(rewrapped(text)) else { return Seal::Broken };
    let key = signature.public_key();
    let name = ssh_name(key);
    if !is_checked(key) {
        return Seal::Unchecked(name);
    }
    match ssh_key::PublicKey::from(key.clone()).verify(NAMESPACE, content, &signature) {
        Ok(()) => Seal::Sound(name),
        Err(_) => Seal::Wrong(name),
    }
}

/// With lines of the length that the reader expects: forges cut them otherwise than OpenSSH.
fn rewrapped(text: &str) -> String {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (first, last) = (lines.next(), lines.next_back());
    let body: Vec<char> = lines.flat_map(str::chars).collect();
    let body = body.chunks(70).map(|line| line.iter().collect::<String>());
    let all = first.map(str::to_owned).into_iter().chain(body).chain(last.map(str::to_owned));
    all.map(|line| line + "\n").collect()
}

fn openpgp(text: &str, content: &[u8], ring: &Ring) -> Seal {
    let Ok((signature, _)) = DetachedSignature::from_string(text) else { return Seal::Broken };
    let signature = signature.signature;
    if !matches!(signature.typ(), Some(SignatureType::Binary | SignatureType::Text)) {
        return Seal::Broken;
    }
    let mut wrong = None;
    for key in &ring.pgp {
        match key.made(&signature, content) {
            Some(true) => return Seal::Sound(key.name()),
            Some(false) => wrong = Some(key.name()),
            None => {}
        }
    }
    if let Some(name) = wrong {
        return Seal::Wrong(name);
    }
    let fingerprint = signature.issuer_fingerprint().first().map(|one| hexadecimal(one.as_bytes()));
    let id = || signature.issuer_key_id().first().map(|one| hexadecimal(one.as_ref()));
    fingerprint.or_else(id).map_or(Seal::Broken, Seal::Unchecked)
}
