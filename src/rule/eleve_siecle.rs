//! ELEVE-SIECLE: the identity of an imported pupil is the one that SIECLE gave.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "ELEVE-SIECLE",
    severity: Severity::Warning,
    summary: "L’identité d’un élève importé est celle de SIECLE",
    explanation: "Nom, prénom, sexe, naissance et INE se corrigent dans SIECLE, puis par l’import (IMP-07) : une \
        correction faite ici seulement serait différente du livret scolaire et des examens. L’import laisse dans la \
        fiche une empreinte de ce que SIECLE a donné ; elle ne correspond plus à la fiche.",
    wrong: "empreinte_siecle = \"0e248d5eb907\"\nnom = \"Dupond\"   # SIECLE : Dupont",
    right: "empreinte_siecle = \"0e248d5eb907\"\nnom = \"Dupont\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let pupils = school.pupils.values().iter().filter(|pupil| !school.is_broken(&pupil.file));
    let changed = pupils.filter(|pupil| {
        let digest = pupil.record.empreinte_siecle.as_ref();
        digest.is_some_and(|digest| *digest != pupil.record.identity_digest())
    });
    changed
        .map(|pupil| {
            let site = Site::value(&pupil.file, key_path!["empreinte_siecle"]);
            let message = format!(
                "l’identité de {} a été modifiée à la main depuis le dernier import",
                pupil.full_name()
            );
            Finding::new(&CODE, site, message).help(
                "faites corriger SIECLE, puis demandez au DDFPT de refaire l’import ; ou remettez la fiche comme elle était",
            )
        })
        .collect()
}
