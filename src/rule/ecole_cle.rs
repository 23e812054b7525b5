//! ECOLE-CLE: the keys of the forge can be read.

use std::sync::Arc;

use super::shared::signing_key;
use crate::diagnostic::{Code, Finding, Severity, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "ECOLE-CLE",
    severity: Severity::Error,
    summary: "Les clés de la forge sont des clés publiques lisibles",
    explanation: "La forge peut signer avec une clé à elle ce qui se fait dans ses pages. Cette clé publique, \
        donnée par qui l’administre, s’écrit dans school.toml : « jalon audit » compte alors ces signatures \
        à part, comme celles de la forge.",
    wrong: "[[forge.cles]]\ncle = \"gitlab.exemple.fr\"",
    right: "[[forge.cles]]\ncle = \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK5OCO1iYBZt5Yc13pvv5OYgDj3Yc1PLYVSlqh1RRRW3\"\ndu = 2026-09-01",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let Some(forge) = &school.establishment.forge else { return Vec::new() };
    let file = Arc::from("school.toml");
    let each = forge.cles.iter().enumerate();
    each.flat_map(|(n, key)| signing_key::check(&CODE, &file, &key_path!["forge", "cles", n], key))
        .collect()
}
