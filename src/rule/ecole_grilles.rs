//! ECOLE-GRILLES: the names of printed grids are made of what the program knows, and tell them apart.

use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::quote;
use crate::school::School;
use crate::text::{nearest, or_list, quoted};

pub(super) static CODE: Code = Code {
    name: "ECOLE-GRILLES",
    severity: Severity::Error,
    summary: "Le modèle du nom des grilles distingue chaque grille",
    explanation: "Chaque grille de certification s’imprime dans un fichier dont le nom suit ce modèle \
        (CCF-15). Il se compose de {session}, {diplome}, {epreuve}, {nom}, {prenom}, {candidat} (le numéro) et \
        {uai}, avec les mots et les tirets que l’on veut. Il lui faut {epreuve}, et {nom} ou {candidat} : sans \
        eux, plusieurs grilles auraient le même nom.",
    wrong: "nom_grille = \"{session}-{examen}-{nom}\"",
    right: "nom_grille = \"{session}-{epreuve}-{nom}-{prenom}\"",
};

/// What a pattern may hold: the names of files are made of the same.
const KEYS: [&str; 7] = ["session", "diplome", "epreuve", "nom", "prenom", "candidat", "uai"];

pub(super) fn check(school: &School) -> Vec<Finding> {
    let settings = school.establishment.documents.as_ref();
    let Some(pattern) = settings.and_then(|chosen| chosen.nom_grille.as_deref()) else {
        return Vec::new();
    };
    let site = || Site::value(&Arc::from("school.toml"), key_path!["documents", "nom_grille"]);
    let known = || or_list(&KEYS.map(|key| format!("{{{key}}}")));
    let mut findings = Vec::new();
    for key in keys(pattern).filter(|key| !KEYS.contains(key)) {
        let shown = quoted(&format!("{{{key}}}"));
        let finding = Finding::new(&CODE, site(), format!("{shown} n’est pas une clé du modèle"));
        findings.push(match nearest(key, KEYS) {
            Some(near) => {
                let mended = pattern.replace(&format!("{{{key}}}"), &format!("{{{near}}}"));
                finding.help(format!("écrivez {{{near}}}")).replace_with(quote(&mended))
            }
            None => finding.help(format!("écrivez {}", known())),
        });
    }
    // A wrong key may be the one that lacks: it is told first.
    if !findings.is_empty() {
        return findings;
    }
    let has = |wanted: &str| keys(pattern).any(|key| key == wanted);
    if !has("nom") && !has("candidat") {
        let message =
            format!("le modèle {} donne le même nom à tous les candidats", quoted(pattern));
        findings.push(
            Finding::new(&CODE, site(), message).help("ajoutez {nom}-{prenom}, ou {candidat}"),
        );
    }
    if !has("epreuve") {
        let message =
            format!("le modèle {} donne le même nom à toutes les épreuves", quoted(pattern));
        findings.push(Finding::new(&CODE, site(), message).help("ajoutez {epreuve}"));
    }
    findings
}

/// What stands between braces; a brace left open asks for all that follows.
fn keys(pattern: &str) -> impl Iterator<Item = &str> {
    let parts = pattern.split('{').skip(1);
    parts.map(|part| part.split_once('}').map_or(part, |(key, _)| key))
}
