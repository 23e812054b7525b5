//! ECOLE-COURRIEL: the school's e-mail address is one.

use std::sync::Arc;

use super::shared::email;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "ECOLE-COURRIEL",
    severity: Severity::Error,
    summary: "L’adresse électronique de l’établissement est bien écrite",
    explanation: "Cette adresse est imprimée sur les courriers aux familles. Le nom et l’adresse de \
        l’établissement sont demandés avant toute création de compte (CNX-12).",
    wrong: "courriel = \"ce.0549999a.ac-nancy-metz.fr\"",
    right: "courriel = \"ce.0549999a@ac-nancy-metz.fr\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let address = school.establishment.courriel.as_str();
    if address.is_empty() || email::is_address(address) {
        return Vec::new();
    }
    let site = Site::value(&Arc::from("school.toml"), key_path!["courriel"]);
    vec![email::malformed(&CODE, site, address)]
}
