//! LSL-COMPLET: a livret that was sent is complete.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::insight::livret_state;
use crate::school::School;
use crate::text::{count, long_date};

pub(super) static CODE: Code = Code {
    name: "LSL-COMPLET",
    severity: Severity::Warning,
    summary: "Un livret envoyé est complet",
    explanation: "Un livret auquel il manque un champ obligatoire n’est pas pris par l’application nationale \
        (LSL-07 à LSL-18). Tant qu’il n’est pas envoyé, un livret incomplet n’est pas une faute : sa page dit \
        ce qui manque. Noté comme envoyé, il l’a été trop tôt, ou quelque chose en a disparu depuis.",
    wrong: "[[envois]] dans un livret sans note",
    right: "[[envois]] dans un livret dont tous les champs obligatoires sont remplis",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    let livrets = school.livrets.values().iter();
    for livret in livrets.filter(|livret| !school.is_broken(&livret.file)) {
        let Some(sending) = livret.record.envois.last() else { continue };
        let Some(state) = livret_state(school, livret.pupil, livret.year) else { continue };
        if state.is_complete() {
            continue;
        }
        let message = format!(
            "ce livret est noté comme envoyé le {}, mais il y manque {} sur {}",
            long_date(sending.le),
            count(state.gaps.len(), "champ obligatoire", "champs obligatoires"),
            state.total
        );
        let place = livret.record.envois.len() - 1;
        let site = Site::value(&livret.file, key_path!["envois", place, "le"]);
        findings.push(
            Finding::new(&CODE, site, message)
                .help("complétez le livret (sa page dit ce qui manque), puis renvoyez-le"),
        );
    }
    findings
}
