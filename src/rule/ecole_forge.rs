//! ECOLE-FORGE: the address of the forge can be followed.

use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::quote;
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "ECOLE-FORGE",
    severity: Severity::Error,
    summary: "L’adresse de la forge est celle du dépôt, en https",
    explanation: "Les liens « Modifier » de toutes les pages se composent à partir de cette adresse. \
        C’est celle de la page d’accueil du dépôt dans le navigateur, sans rien après le nom du dépôt.",
    wrong: "adresse = \"forge.exemple.fr/lycee/suivi.git\"",
    right: "adresse = \"https://forge.exemple.fr/lycee/suivi\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let Some(forge) = &school.establishment.forge else { return Vec::new() };
    let address = forge.adresse.as_str();
    let secure = address.strip_prefix("https://");
    let bare =
        secure.is_some_and(|rest| rest.contains('/')) && !address.contains(char::is_whitespace);
    let ended = address.trim_end_matches('/').trim_end_matches(".git");
    if bare && ended == address {
        return Vec::new();
    }
    let site = Site::value(&Arc::from("school.toml"), key_path!["forge", "adresse"]);
    let message = format!("{} n’est pas l’adresse d’un dépôt", quoted(address));
    let finding = Finding::new(&CODE, site, message);
    let mended = if bare { ended.to_owned() } else { format!("https://{ended}") };
    let whole =
        mended["https://".len()..].contains('.') && mended["https://".len()..].contains('/');
    vec![if whole && !ended.contains(char::is_whitespace) && (bare || !ended.contains("//")) {
        let mended = quote(&mended);
        finding.help(format!("écrivez {mended}")).replace_with(mended)
    } else {
        finding.help(
            "copiez l’adresse de la page d’accueil du dépôt : \"https://forge.exemple.fr/lycee/suivi\"",
        )
    }]
}
