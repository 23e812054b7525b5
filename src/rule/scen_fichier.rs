//! SCEN-FICHIER: each file beside a scenario is listed by it, or by an evaluation made from it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::shared::resource::files_in;
use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::school::School;
use crate::text::{count, nearest, quoted};

pub(super) static CODE: Code = Code {
    name: "SCEN-FICHIER",
    severity: Severity::Warning,
    summary: "Un fichier déposé dans le dossier d’un scénario est dans sa liste de ressources",
    explanation: "Un fichier que ni le scénario ni une évaluation issue de lui ne cite ne paraît sur aucune \
        page : il a été oublié dans la liste, ou il est de trop. Les fichiers restent quand le scénario est \
        supprimé, tant qu’une évaluation les cite (SCE-16).",
    wrong: "scenarios/mcv-a/premiere/accueil-client/fiche.pdf   (cité nulle part)",
    right: "[[ressources]]\ntitre = \"Fiche client\"\nfichier = \"fiche.pdf\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut listed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for scenario in school.scenarios.values() {
        let names = scenario.record.ressources.iter().filter_map(|r| r.fichier.as_deref());
        listed.entry(&scenario.id).or_default().extend(names);
    }
    for evaluation in school.evaluations.values() {
        let Some(id) = &evaluation.record.scenario else { continue };
        let names = evaluation.record.ressources.iter().filter_map(|r| r.fichier.as_deref());
        listed.entry(id).or_default().extend(names);
    }
    for (id, names) in &mut listed {
        let folder = format!("scenarios/{id}/");
        let there: BTreeSet<&str> = files_in(school, &folder).collect();
        // A mistyped name is told where it stands: the file it means is not forgotten.
        let meant: Vec<&str> = names
            .iter()
            .filter(|name| !there.contains(**name))
            .filter_map(|name| nearest(name, there.iter().copied()))
            .filter_map(|near| school.files.get(format!("{folder}{near}").as_str()))
            .map(|path| &path[folder.len()..])
            .collect();
        names.extend(meant);
    }
    let mut findings = Vec::new();
    let mut orphans: BTreeMap<String, usize> = BTreeMap::new();
    for inner in files_in(school, "scenarios/") {
        let parts: Vec<&str> = inner.splitn(4, '/').collect();
        let [diploma, level, slug, name] = parts[..] else { continue };
        let id = format!("{diploma}/{level}/{slug}");
        if listed.get(id.as_str()).is_some_and(|names| names.contains(name)) {
            continue;
        }
        let scenario: Arc<str> = Arc::from(format!("scenarios/{id}.toml"));
        if !school.files.contains(&scenario) {
            *orphans.entry(format!("scenarios/{id}")).or_default() += 1;
        } else if !school.is_broken(&scenario) {
            // What a faulty scenario lists is not known.
            let message =
                format!("le fichier {} ne figure dans aucune liste de ressources", quoted(name));
            let file = Arc::from(format!("scenarios/{inner}"));
            findings.push(
                Finding::new(&CODE, Site::file(&file), message)
                    .help(format!("ajoutez-le aux [[ressources]] de {scenario}, ou supprimez-le")),
            );
        }
    }
    for (folder, number) in orphans {
        let message = format!(
            "le dossier {} contient {}, mais aucun scénario ne porte son nom",
            quoted(&folder),
            count(number, "fichier", "fichiers")
        );
        findings.push(
            Finding::new(&CODE, Site::file(&Arc::from(folder)), message).help(
                "donnez au dossier le nom de son scénario, ou supprimez-le s’il ne sert plus",
            ),
        );
    }
    findings
}
