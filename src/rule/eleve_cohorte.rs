//! ELEVE-COHORTE: a pupil's folder is in the year of entry.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "ELEVE-COHORTE",
    severity: Severity::Warning,
    summary: "Le dossier d’un élève est rangé à son année d’entrée",
    explanation: "`students/2025/` réunit les élèves entrés en 2025. Une scolarité qui commence avant \
        l’année du dossier trahit un dossier mal rangé ou une année scolaire mal tapée. Un dossier peut en \
        revanche commencer après l’entrée, quand les premières années n’ont pas été reprises. Ne déplacez \
        pas un dossier déjà utilisé sans l’accord du DDFPT.",
    wrong: "students/2026/dupont-lea/student.toml\n[[scolarite]]\nannee = \"2025-2026\"",
    right: "students/2025/dupont-lea/student.toml\n[[scolarite]]\nannee = \"2025-2026\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pupil in school.pupils.values() {
        let stays = pupil.record.scolarite.iter().enumerate();
        let Some((n, first)) = stays.min_by_key(|(_, stay)| stay.from()) else { continue };
        // Somebody who comes in January entered in that calendar year.
        let year = first.debut.map_or(first.annee.0, |date| date.year().max(first.annee.0));
        if pupil.cohort <= year {
            continue;
        }
        let message = format!(
            "{} est rangé{} parmi les entrées de {}, mais sa scolarité commence en {}",
            pupil.full_name(),
            pupil.agree("e", "", "·e"),
            pupil.cohort,
            first.annee
        );
        let site = Site::value(&pupil.file, key_path!["scolarite", n, "annee"]);
        findings.push(Finding::new(&CODE, site, message).help(format!(
            "corrigez l’année scolaire, ou demandez au DDFPT de ranger le dossier dans students/{}",
            first.annee.0
        )));
    }
    findings
}
