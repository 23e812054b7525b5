//! BILAN-DEVERROUILLAGE: a review is unlocked by a DDFPT, after it was made.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Role;
use crate::school::School;
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "BILAN-DEVERROUILLAGE",
    severity: Severity::Error,
    summary: "Un bilan n’est déverrouillé que par un DDFPT, après coup",
    explanation: "Un bilan validé ne se modifie plus ; seul un DDFPT peut le rouvrir, et cela reste inscrit \
        avec la date et le motif (BIL-02, EVA-13). Un déverrouillage ne peut pas dater d’avant le bilan.",
    wrong: "[[deverrouillage]]\npar = \"mercier-paul\"   # enseignant",
    right: "[[deverrouillage]]\npar = \"martin-anne\"   # DDFPT",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for review in school.reviews.values() {
        for (n, unlock) in review.record.deverrouillage.iter().enumerate() {
            let at = |key: &str| Site::value(&review.file, key_path!["deverrouillage", n, key]);
            let person = school.person(&unlock.par).map(|ix| &school.people[ix]);
            if let Some(person) = person.filter(|person| !person.has_role(Role::Ddfpt)) {
                let message = format!(
                    "{} n’est pas DDFPT : le bilan ne peut pas être déverrouillé en son nom",
                    person.full_name()
                );
                findings.push(
                    Finding::new(&CODE, at("par"), message)
                        .help("demandez au DDFPT de déverrouiller le bilan")
                        .related(
                            Site::value(&person.file, key_path!["personnes", &person.id, "roles"]),
                            "ses rôles",
                        ),
                );
            }
            if unlock.date < review.key.date {
                let message = format!(
                    "ce déverrouillage du {} est d’avant le bilan, du {}",
                    long_date(unlock.date),
                    long_date(review.key.date)
                );
                findings.push(
                    Finding::new(&CODE, at("date"), message)
                        .help("corrigez la date du déverrouillage"),
                );
            }
        }
    }
    findings
}
