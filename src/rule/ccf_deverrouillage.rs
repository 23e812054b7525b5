//! CCF-DEVERROUILLAGE: a grid is unlocked by a DDFPT, after it was made.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Role;
use crate::school::School;
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "CCF-DEVERROUILLAGE",
    severity: Severity::Error,
    summary: "Une grille n’est déverrouillée que par un DDFPT, après coup",
    explanation: "Une grille verrouillée est celle qui part au jury ; seul un DDFPT peut la rouvrir, et cela reste \
        inscrit avec la date et le motif (LCK-04, LCK-06). La grille se verrouille ensuite de nouveau, à une \
        date plus tardive.",
    wrong: "[[deverrouillage]]\npar = \"mercier-paul\"   # enseignant",
    right: "[[deverrouillage]]\npar = \"martin-anne\"   # DDFPT",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for grid in school.grids.values() {
        for (n, unlock) in grid.record.deverrouillage.iter().enumerate() {
            let at = |key: &str| Site::value(&grid.file, key_path!["deverrouillage", n, key]);
            let person = school.person(&unlock.par).map(|ix| &school.people[ix]);
            if let Some(person) = person.filter(|person| !person.has_role(Role::Ddfpt)) {
                let message = format!(
                    "{} n’est pas DDFPT : la grille ne peut pas être déverrouillée en son nom",
                    person.full_name()
                );
                let roles = key_path!["personnes", &person.id, "roles"];
                findings.push(
                    Finding::new(&CODE, at("par"), message)
                        .help("demandez au DDFPT de déverrouiller la grille")
                        .related(Site::value(&person.file, roles), "ses rôles"),
                );
            }
            let Some(date) = grid.record.date.filter(|date| unlock.date < *date) else { continue };
            let message = format!(
                "ce déverrouillage du {} est d’avant la grille, du {}",
                long_date(unlock.date),
                long_date(date)
            );
            findings.push(
                Finding::new(&CODE, at("date"), message).help("corrigez la date du déverrouillage"),
            );
        }
    }
    findings
}
