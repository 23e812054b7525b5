//! PFMP-ANNEXE: a period comes from an annex of its diploma, its level and its status.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "PFMP-ANNEXE",
    severity: Severity::Error,
    summary: "Une période vient d’une annexe du même diplôme, du même niveau et du même statut",
    explanation: "Une annexe pour les élèves donne des PFMP ; une annexe pour les apprentis donne des périodes \
        employeur (ANX-04, PFM-01). L’annexe est du même diplôme et du même niveau que la période.",
    wrong: "annexe = \"mcv-a/premiere/apprentis\"   # apprentis = true\napprentis = false",
    right: "annexe = \"mcv-a/premiere/apprentis\"\napprentis = true",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for period in school.periods.values() {
        let Some(annex) = period.annex.map(|ix| &school.annexes[ix]) else { continue };
        let title = quoted(&annex.record.titre);
        let site = Site::value(&period.file, key_path!["annexe"]);
        if (annex.diploma, annex.level) != (period.diploma, period.record.niveau) {
            let name = |level: crate::record::StudyLevel, diploma| {
                let referential: &crate::school::Referential = &school.referentials[diploma];
                format!("{} {}", level.label().to_lowercase(), referential.record.sigle)
            };
            let message = format!(
                "l’annexe {title} est de {}, la période de {}",
                name(annex.level, annex.diploma),
                name(period.record.niveau, period.diploma)
            );
            findings.push(Finding::new(&CODE, site, message).help(format!(
                "nommez une annexe de pfmp/annexes/{}/{}/, ou corrigez le diplôme ou le niveau",
                school.referentials[period.diploma].code,
                period.record.niveau.as_str()
            )));
        } else if annex.record.apprentis != period.record.apprentis {
            let (message, help) = if annex.record.apprentis {
                (
                    format!(
                        "l’annexe {title} est pour les apprentis, et cette période est une PFMP"
                    ),
                    "pour une période employeur, écrivez apprentis = true ; sinon, nommez une annexe pour les élèves",
                )
            } else {
                (
                    format!(
                        "l’annexe {title} est pour les élèves, et cette période est une période employeur"
                    ),
                    "pour une PFMP, retirez la ligne apprentis ; sinon, nommez une annexe pour les apprentis",
                )
            };
            findings.push(
                Finding::new(&CODE, site, message).help(help).related(
                    Site::value(&annex.file, key_path!["apprentis"]),
                    "statut de l’annexe",
                ),
            );
        }
    }
    findings
}
