//! TRANSFERT-CLE: the keys that sign folders can be read, and are SSH keys.

use std::sync::Arc;

use super::shared::signing_key;
use crate::diagnostic::{Code, Finding, KeyPath, Severity, Site, key_path};
use crate::record::StaffKey;
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "TRANSFERT-CLE",
    severity: Severity::Error,
    summary: "Les clés qui signent les dossiers sont des clés publiques SSH lisibles",
    explanation: "Un dossier qui change d’établissement est signé d’une clé SSH de l’établissement d’origine (TRF-06). Sa moitié \
        publique est une ligne `ssh-ed25519 AAAA…` ; celle d’un partenaire ne s’inscrit qu’après avoir fait lire son \
        empreinte au téléphone.",
    wrong: "[[transferts.cles]]\ncle = \"-----BEGIN PGP PUBLIC KEY BLOCK-----…\"",
    right: "[[transferts.cles]]\ncle = \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK5OCO1iYBZt5Yc13pvv5OYgDj3Yc1PLYVSlqh1RRRW3\"\ndu = 2026-09-01",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let Some(settings) = &school.establishment.transferts else { return Vec::new() };
    let mut findings = Vec::new();
    for (n, key) in settings.cles.iter().enumerate() {
        findings.extend(of_key(key, &key_path!["transferts", "cles", n]));
    }
    for (n, partner) in settings.partenaires.iter().enumerate() {
        for (place, key) in partner.cles.iter().enumerate() {
            findings.extend(of_key(key, &key_path!["transferts", "partenaires", n, "cles", place]));
        }
    }
    findings
}

fn of_key(key: &StaffKey, at: &KeyPath) -> Vec<Finding> {
    let file: Arc<str> = Arc::from("school.toml");
    let mut findings = signing_key::check(&CODE, &file, at, key);
    if findings.is_empty()
        && !key.cle.trim().starts_with("ssh-")
        && !key.cle.trim().starts_with("ecdsa-")
    {
        let message = "une clé OpenPGP ne signe pas de dossier";
        let help = "faites une clé Ed25519 (ssh-keygen -t ed25519) et donnez-en la moitié publique";
        findings.push(Finding::new(&CODE, Site::value(&file, at.child("cle")), message).help(help));
    }
    findings
}
