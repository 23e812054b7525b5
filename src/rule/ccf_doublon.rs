//! CCF-DOUBLON: a candidate has one grid for each national grid of a session.

use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "CCF-DOUBLON",
    severity: Severity::Error,
    summary: "Un candidat n’a qu’une grille par épreuve et par session",
    explanation: "Deux grilles du même candidat pour la même épreuve, dans deux dossiers, laisseraient deux notes : \
        personne ne saurait laquelle est partie au jury. La seconde situation d’une épreuve a sa propre \
        grille, sous son propre code.",
    wrong: "students/2025/dupont-lea/certification/2028-e31.toml\nstudents/2026/dupont-lea/certification/2028-e31.toml",
    right: "students/2025/dupont-lea/certification/2028-e31.toml",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    // Grids are sorted by candidate, session and grid.
    for pair in school.grids.values().windows(2) {
        let key = |n: usize| (pair[n].pupil, pair[n].session, pair[n].grid);
        if key(0) != key(1) {
            continue;
        }
        let pupil = &school.pupils[pair[0].pupil];
        let own = format!("students/{}/{}/", pupil.cohort, pupil.id);
        let (kept, other) = match pair[1].file.starts_with(&own) {
            true => (&pair[1], &pair[0]),
            false => (&pair[0], &pair[1]),
        };
        let message = format!(
            "{} a deux grilles {} pour la session {}",
            pupil.full_name(),
            other.form(school).code,
            other.session
        );
        findings.push(
            Finding::new(&CODE, Site::file(&other.file), message)
                .help("gardez la bonne dans le dossier de l’élève, et supprimez l’autre")
                .related(Site::file(&kept.file), "l’autre grille"),
        );
    }
    findings
}
