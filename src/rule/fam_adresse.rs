//! FAM-ADRESSE: the address of the families' site can be printed with a code behind it.

use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::quote;
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "FAM-ADRESSE",
    severity: Severity::Error,
    summary: "L’adresse du site des familles est en https et finit par une barre",
    explanation: "Chaque lettre porte cette adresse, suivie de `#` et du code de qui la reçoit. Le code n’est jamais \
        envoyé au serveur, à condition que l’adresse n’ait elle-même ni `#` ni `?` ; sans https, ou sans la barre de \
        la fin, la page ne s’ouvrirait pas partout.",
    wrong: "adresse = \"http://familles.exemple.fr/#accueil\"",
    right: "adresse = \"https://familles.exemple.fr/\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let Some(site) = &school.establishment.familles else { return Vec::new() };
    let address = site.adresse.as_str();
    let Some(why) = fault(address) else { return Vec::new() };
    let at = Site::value(&Arc::from("school.toml"), key_path!["familles", "adresse"]);
    let finding = Finding::new(&CODE, at, format!("{} {why}", quoted(address)));
    vec![match mended(address) {
        Some(mended) => {
            let mended = quote(&mended);
            finding.help(format!("écrivez {mended}")).replace_with(mended)
        }
        None => finding.help(
            "écrivez l’adresse publique du site, par exemple \"https://familles.exemple.fr/\"",
        ),
    }]
}

/// What is wrong with an address, after its quotes.
fn fault(address: &str) -> Option<&'static str> {
    let Some(rest) = address.strip_prefix("https://") else { return Some("n’est pas en https") };
    if let Some(mark) = rest.chars().find(|c| matches!(c, '#' | '?')) {
        return Some(match mark {
            '#' => "contient un « # » : chaque lettre y ajoute déjà le sien",
            _ => "contient un « ? » : rien ne doit être envoyé au serveur",
        });
    }
    let host = rest.split('/').next().unwrap_or_default();
    if !host.contains('.') || rest.chars().any(char::is_whitespace) || rest.contains('@') {
        return Some("n’est pas l’adresse d’un site");
    }
    (!rest.ends_with('/')).then_some("ne finit pas par une barre")
}

/// The address that was surely meant.
fn mended(address: &str) -> Option<String> {
    let bare = address.split(['#', '?']).next()?;
    let rest = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://"));
    let rest = rest.unwrap_or(bare).trim_end_matches("index.html").trim_end_matches('/');
    let mended = format!("https://{rest}/");
    (!rest.contains("://") && fault(&mended).is_none()).then_some(mended)
}
