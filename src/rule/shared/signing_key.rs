//! Keys that sign: they can be read, and their days follow each other.

use std::sync::Arc;

use crate::diagnostic::{Code, Finding, KeyPath, Site};
use crate::history::{KeyFault, key_name};
use crate::record::StaffKey;
use crate::text::long_date;

/// What is wrong with a key listed at a place of a file.
pub(in crate::rule) fn check(
    code: &'static Code,
    file: &Arc<str>,
    at: &KeyPath,
    key: &StaffKey,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut tell = |below: &str, message: String, help: &str| {
        let site = Site::value(file, at.child(below));
        findings.push(Finding::new(code, site, message).help(help.to_owned()));
    };
    match key_name(&key.cle) {
        Ok(_) => {}
        Err(KeyFault::Private) => tell(
            "cle",
            "c’est la clé secrète : qui lit ce fichier peut maintenant signer à sa place"
                .to_owned(),
            "faites une nouvelle paire de clés, écrivez ici la clé publique (le fichier qui finit par .pub) et n’employez plus jamais celle-ci",
        ),
        Err(KeyFault::Unreadable) => tell(
            "cle",
            "cette clé publique ne peut pas être lue".to_owned(),
            "copiez toute la ligne du fichier qui finit par .pub (ssh-ed25519 AAAA…), ou la clé OpenPGP avec ses lignes BEGIN et END",
        ),
        Err(KeyFault::Unsupported) => tell(
            "cle",
            "les signatures de cette sorte de clé ne peuvent pas être vérifiées".to_owned(),
            "faites une clé Ed25519 : ssh-keygen -t ed25519",
        ),
    }
    if let (Some(from), Some(to)) = (key.du, key.au)
        && to < from
    {
        let message = format!(
            "cette clé finit de valoir le {}, avant son premier jour, le {}",
            long_date(to),
            long_date(from)
        );
        tell("au", message, "donnez un dernier jour qui n’est pas avant le premier, ou enlevez-le");
    }
    findings
}
