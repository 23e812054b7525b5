//! PFMP-DOUBLON: one period gathers all classes of a level.

use super::shared::period::{dates, is_sound, name, names};
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "PFMP-DOUBLON",
    severity: Severity::Warning,
    summary: "Une seule période réunit toutes les classes d’un niveau",
    explanation: "Quand deux classes du même niveau partent en entreprise en même temps, le DDFPT déclare une seule \
        période avec tous les élèves, et non une par classe (PFM-03). Une période sans ligne `apprenants` \
        concerne déjà tout le niveau. Deux périodes pour des élèves d’une même classe sont des parcours \
        individuels : elles sont admises (PFM-10).",
    wrong: "# pfmp-3-classe-1.toml\napprenants = [\"dupont-lea\"]\n# pfmp-3-classe-2.toml, aux mêmes dates\napprenants = [\"martin-hugo\"]",
    right: "# pfmp-3.toml, sans ligne apprenants : toutes les classes du niveau",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pair in school.period_duplicates() {
        let (first, second) = (&school.periods[pair.first], &school.periods[pair.second]);
        if !is_sound(first) || !is_sound(second) {
            continue;
        }
        let message = format!(
            "cette période double {}, {}, pour les apprenants d’une autre classe ({})",
            name(school, first),
            dates(first),
            names(school, &pair.learners)
        );
        let key = if second.record.apprenants.is_some() { "apprenants" } else { "titre" };
        findings.push(
            Finding::new(&CODE, Site::key(&second.file, key_path![key]), message)
                .help(school.merge_words(&pair))
                .related(Site::value(&first.file, key_path!["debut"]), "l’autre période"),
        );
    }
    findings
}
