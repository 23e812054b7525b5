//! LSL-PROJET: a projet is written only where the livret has one.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "LSL-PROJET",
    severity: Severity::Warning,
    summary: "La partie projet n’est remplie que si le livret de la session en a une",
    explanation: "Le chef-d’œuvre, puis le projet, ne sont dans le livret que pour certaines sessions \
        (LSL-18). Ailleurs, ce qui est écrit ici ne serait jamais envoyé.",
    wrong: "[projet]\nsynthese = \"…\"    # session dont le livret n’a pas de projet",
    right: "(pas de partie [projet])",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for livret in school.livrets.values() {
        let class = &school.classes[livret.class];
        let rules = school.livret_rules_of(class);
        if livret.record.projet.as_ref().is_none_or(|project| !project.exporte)
            || rules.is_none_or(|rules| rules.projet.is_some())
        {
            continue;
        }
        let message =
            format!("le livret de la session {} n’a pas de partie projet", class.session());
        let site = Site::key(&livret.file, key_path!["projet"]);
        findings.push(Finding::new(&CODE, site, message).help(
            "supprimez cette partie ; pour la garder sans l’envoyer, écrivez exporte = false",
        ));
    }
    findings
}
