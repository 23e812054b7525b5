//! ANNEXE-COPIE: a copy of an annex stays in the diploma and level of its original.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Annex, School};
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "ANNEXE-COPIE",
    severity: Severity::Error,
    summary: "La copie d’une annexe est du même diplôme et du même niveau que l’originale",
    explanation: "Dupliquer une annexe sert à garder ce qu’elle a de commun avec l’originale, pour le même niveau \
        de formation (ANX-09) : d’un niveau à l’autre, les objectifs et les tâches ne sont plus les mêmes. \
        Une annexe ne peut pas non plus être la copie d’elle-même.",
    wrong: "# pfmp/annexes/mcv-a/terminale/decouverte.toml\ncopie_de = \"mcv-a/premiere/decouverte\"",
    right: "# pfmp/annexes/mcv-a/premiere/decouverte-2.toml\ncopie_de = \"mcv-a/premiere/decouverte\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (ix, annex) in school.annexes.iter() {
        let Some(original) = annex.copy_of else { continue };
        let site = Site::value(&annex.file, key_path!["copie_de"]);
        if original == ix {
            findings.push(
                Finding::new(&CODE, site, "cette annexe se dit la copie d’elle-même")
                    .help("supprimez la ligne copie_de, ou nommez l’annexe d’origine"),
            );
            continue;
        }
        let other = &school.annexes[original];
        if (other.diploma, other.level) == (annex.diploma, annex.level) {
            continue;
        }
        let of = |annex: &Annex| {
            let sigle = &school.referentials[annex.diploma].record.sigle;
            format!("{} {sigle}", annex.level.label().to_lowercase())
        };
        let message = format!(
            "cette annexe de {} est la copie de {}, une annexe de {}",
            of(annex),
            quoted(&other.record.titre),
            of(other)
        );
        findings.push(
            Finding::new(&CODE, site, message)
                .help("supprimez la ligne copie_de, ou rangez le fichier avec l’annexe d’origine"),
        );
    }
    findings
}
