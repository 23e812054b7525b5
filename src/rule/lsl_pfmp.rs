//! LSL-PFMP: a PFMP or projet part that blocks the livret, or that cannot be switched off.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::{LivretSection, Prose};
use crate::school::{Livret, School};

pub(super) static CODE: Code = Code {
    name: "LSL-PFMP",
    severity: Severity::Error,
    summary: "La partie PFMP ne bloque pas le livret",
    explanation: "Selon la session, la partie PFMP est vide ou complète (à moitié remplie, elle bloque tout le \
        livret, LSL-12), activée ou désactivée (LSL-13), ou obligatoire. Les règles communes disent ce qui vaut \
        pour la session de l’élève, pour les PFMP comme pour le projet.",
    wrong: "[pfmp]\nsynthese = \"Accueil et vente en librairie.\"",
    right: "[pfmp]\nsynthese = \"Accueil et vente en librairie.\"\nenseignant = \"mercier-paul\"",
};

/// A part as the file has it.
struct Part<'a> {
    key: &'static str,
    name: String,
    signature: &'static str,
    on: bool,
    text: Option<&'a Prose>,
    signed: bool,
}

pub(super) fn check(school: &School) -> Vec<Finding> {
    let livrets = school.livrets.values().iter().filter(|livret| !school.is_broken(&livret.file));
    livrets.flat_map(|livret| of_livret(school, livret)).collect()
}

fn of_livret(school: &School, livret: &Livret) -> Vec<Finding> {
    let class = &school.classes[livret.class];
    let Some(rules) = school.livret_rules_of(class) else { return Vec::new() };
    let placement = livret.record.pfmp.as_ref().map(|part| Part {
        key: "pfmp",
        name: "la partie PFMP".to_owned(),
        signature: "enseignant",
        on: part.exporte,
        text: part.synthese.as_ref(),
        signed: part.enseignant.is_some(),
    });
    let title = rules.projet_intitule.as_deref().unwrap_or("Projet");
    let project = livret.record.projet.as_ref().map(|part| Part {
        key: "projet",
        name: format!("la partie {title}"),
        signature: "enseignants",
        on: part.exporte,
        text: part.synthese.as_ref(),
        signed: !part.enseignants.is_empty(),
    });
    let parts = [(placement, Some(rules.pfmp)), (project, rules.projet)];
    parts
        .into_iter()
        .filter_map(|(part, section)| of_part(livret, &part?, section?, class.session()))
        .collect()
}

fn of_part(
    livret: &Livret,
    part: &Part<'_>,
    section: LivretSection,
    session: i16,
) -> Option<Finding> {
    let Part { key, name, signature, .. } = part;
    let at = |line: &str| Site::value(&livret.file, key_path![*key, line]);
    let text = part.text.is_some_and(|text| !text.0.is_empty());
    match section {
        LivretSection::Module => None,
        LivretSection::Compulsory => (!part.on).then(|| {
            let message = format!(
                "{name} est obligatoire pour la session {session} : elle ne se désactive pas"
            );
            Finding::new(&CODE, at("exporte"), message).help("supprimez cette ligne")
        }),
        LivretSection::EmptyOrFull if !part.on && (text || part.signed) => {
            let message = format!(
                "{name} n’est pas envoyée, mais n’est pas vide : tout le livret est bloqué"
            );
            let help = format!("videz synthese et {signature}, ou supprimez la ligne exporte");
            Some(Finding::new(&CODE, at("exporte"), message).help(help))
        }
        LivretSection::EmptyOrFull if part.on && text != part.signed => {
            let (line, lacks, help) = if text {
                ("synthese", "un texte sans enseignant", format!("ajoutez {signature} = …"))
            } else {
                (*signature, "un enseignant sans texte", "ajoutez synthese = \"…\"".to_owned())
            };
            let message = format!("{name} a {lacks} : tout le livret est bloqué");
            let help = format!("{help}, ou supprimez toute la partie [{key}]");
            Some(Finding::new(&CODE, at(line), message).help(help))
        }
        LivretSection::EmptyOrFull => None,
    }
}
