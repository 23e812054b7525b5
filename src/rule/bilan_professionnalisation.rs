//! BILAN-PROFESSIONNALISATION: a letter is one that the référentiel defines.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::quote;
use crate::school::School;
use crate::text::{or_list, quoted};

pub(super) static CODE: Code = Code {
    name: "BILAN-PROFESSIONNALISATION",
    severity: Severity::Error,
    summary: "Un niveau de professionnalisation est une lettre du référentiel",
    explanation: "Les niveaux de professionnalisation d’un diplôme sont définis dans son référentiel \
        (DASH-12) : par exemple N, D, A, E pour novice, débrouillé, averti, expert. Les diplômes qui n’en \
        définissent pas n’en ont pas.",
    wrong: "[professionnalisation]\n\"C1.1\" = \"B\"",
    right: "[professionnalisation]\n\"C1.1\" = \"A\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for review in school.reviews.values() {
        let diploma = &school.referentials[review.diploma].record;
        let defined = &diploma.professionnalisation;
        for (code, letter) in review.record.professionnalisation.iter() {
            if defined.iter().any(|level| level.code == *letter) {
                continue;
            }
            let site = Site::value(&review.file, key_path!["professionnalisation", code]);
            if defined.is_empty() {
                let message = format!(
                    "le référentiel {} ne définit pas de niveau de professionnalisation",
                    diploma.sigle
                );
                findings.push(
                    Finding::new(&CODE, site, message)
                        .help("supprimez le titre [professionnalisation] et ses lignes"),
                );
                // The others of this review are the same mistake.
                break;
            }
            let letters: Vec<String> = defined.iter().map(|level| quote(&level.code)).collect();
            let message = format!(
                "{} n’est pas un niveau de professionnalisation du référentiel {}",
                quoted(letter),
                diploma.sigle
            );
            let finding =
                Finding::new(&CODE, site, message).help(format!("écrivez {}", or_list(&letters)));
            let meant = defined.iter().find(|level| {
                level.code.eq_ignore_ascii_case(letter)
                    || crate::text::slug(&level.libelle) == crate::text::slug(letter)
            });
            findings.push(match meant {
                Some(level) => finding.replace_with(quote(&level.code)),
                None => finding,
            });
        }
    }
    findings
}
