//! TRANSFERT-INTACT: what another school sent is as it signed it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::school::{Received, School};

pub(super) static CODE: Code = Code {
    name: "TRANSFERT-INTACT",
    severity: Severity::Error,
    summary: "Un dossier reçu est tel que l’autre établissement l’a signé",
    explanation: "Le fichier paquet.toml d’un dossier reçu (`received/`) donne l’empreinte de chaque fichier, et l’établissement \
        d’origine a signé cette liste (TRF-06). Un fichier modifié, ajouté ou retiré ne serait plus ce qu’il a écrit : \
        une correction se demande à l’établissement d’origine, et ce qui est nouveau s’écrit dans le dossier de l’élève.",
    wrong: "# received/0549999a-2027-01-15/reviews/2026-12-11.toml, modifié ici",
    right: "# received/0549999a-2027-01-15/reviews/2026-12-11.toml, tel que reçu",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    school.received.values().iter().flat_map(|one| of_package(school, one)).collect()
}

fn of_package(school: &School, one: &Received) -> Vec<Finding> {
    let place = one.place();
    // What came before from other schools stands beside this package, under its own list.
    let listed: BTreeMap<&str, &str> = (one.folder.fichiers.iter())
        .filter(|file| !file.nom.starts_with("received/"))
        .map(|file| (file.nom.as_str(), file.sha256.as_str()))
        .collect();
    let help = "rétablissez ce dossier tel qu’il est arrivé : relancez jalon import transfer avec le même paquet";
    let mut findings = Vec::new();
    let mut tell = |file: &Arc<str>, message: String| {
        findings.push(Finding::new(&CODE, Site::file(file), message).help(help));
    };
    for (name, digest) in &listed {
        let path = format!("{place}{name}");
        match school.digests.get_key_value(path.as_str()) {
            Some((file, known)) if known != digest => tell(
                file,
                "ce fichier n’est plus tel que l’autre établissement l’a signé".to_owned(),
            ),
            Some(_) => {}
            None if school.files.contains(path.as_str()) => {}
            None => {
                tell(&one.file, format!("le fichier « {name} » de ce dossier reçu n’est plus là"));
            }
        }
    }
    for file in school.files.iter().filter(|file| file.starts_with(place)) {
        let name = &file[place.len()..];
        if !listed.contains_key(name) && !matches!(name, "paquet.toml" | "paquet.toml.sig") {
            tell(file, "ce fichier n’était pas dans le dossier reçu".to_owned());
        }
    }
    findings
}
