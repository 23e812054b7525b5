//! CLASSE-NIVEAU: the level of a class is one of its diploma's.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::{ReferentialType, quote};
use crate::school::{Referential, School};
use crate::text::or_list;

pub(super) static CODE: Code = Code {
    name: "CLASSE-NIVEAU",
    severity: Severity::Warning,
    summary: "Le niveau d’une classe est un niveau de son diplôme",
    explanation: "Dans une famille de métiers, la seconde suit le référentiel de la famille (MRC, par \
        exemple) et la spécialité commence en première. Une seconde rattachée à une spécialité, ou une \
        terminale rattachée à une famille, est presque toujours une erreur ; les apprentis entrés \
        directement dans la spécialité font exception.",
    wrong: "[classes.2mrc1]\ndiplome = \"mcv-a\"\nniveau = \"seconde\"",
    right: "[classes.2mrc1]\ndiplome = \"mrc\"\nniveau = \"seconde\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for class in school.classes.values() {
        let diploma = &school.referentials[class.diploma];
        let level = class.record.niveau;
        let levels = &diploma.record.niveaux;
        if levels.is_empty() || levels.contains(&level) {
            continue;
        }
        let names: Vec<String> = levels.iter().map(|level| level.label().to_lowercase()).collect();
        let message = format!(
            "la classe {} est en {}, mais le référentiel {} n’est suivi qu’en {}",
            class.record.nom,
            level.label().to_lowercase(),
            diploma.record.sigle,
            crate::text::and_list(&names)
        );
        let of = |key: &str| Site::value(&class.file, key_path!["classes", &class.key, key]);
        let elsewhere: Vec<String> = relatives(school, diploma)
            .filter(|other| other.record.niveaux.contains(&level))
            .map(|other| quote(&other.code))
            .collect();
        let help = if elsewhere.is_empty() {
            "corrigez le niveau ou le diplôme de la classe".to_owned()
        } else {
            format!("corrigez le niveau, ou écrivez diplome = {}", or_list(&elsewhere))
        };
        findings.push(
            Finding::new(&CODE, of("niveau"), message)
                .help(help)
                .related(of("diplome"), "diplôme de la classe"),
        );
    }
    findings
}

/// The family of a speciality, or the specialities of a family.
fn relatives<'a>(
    school: &'a School,
    diploma: &'a Referential,
) -> impl Iterator<Item = &'a Referential> {
    let family = diploma.record.famille.as_deref();
    school.referentials.values().iter().filter(move |other| {
        family.is_some()
            && other.record.famille.as_deref() == family
            && (other.record.genre == ReferentialType::Family)
                != (diploma.record.genre == ReferentialType::Family)
    })
}
