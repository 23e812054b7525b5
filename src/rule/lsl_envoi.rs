//! LSL-ENVOI: sending livrets is the act of the head or of the DDFPT.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Role;
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "LSL-ENVOI",
    severity: Severity::Error,
    summary: "Le chef d’établissement ou le DDFPT envoie les livrets",
    explanation: "L’envoi vers l’application nationale engage la responsabilité du chef d’établissement ; le \
        DDFPT peut le faire aussi (LSL-03). Un enseignant remplit le livret, il ne l’envoie pas.",
    wrong: "[[envois]]\nle = 2027-06-04\npar = \"mercier-paul\"    # enseignant",
    right: "[[envois]]\nle = 2027-06-04\npar = \"martin-anne\"     # DDFPT",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for livret in school.livrets.values() {
        for (n, sending) in livret.record.envois.iter().enumerate() {
            let Some(person) = school.person(&sending.par) else { continue };
            let person = &school.people[person];
            if person.has_role(Role::Head) || person.has_role(Role::Ddfpt) {
                continue;
            }
            let message = format!(
                "{} n’est ni chef d’établissement ni DDFPT : cet envoi n’est pas le sien",
                person.full_name()
            );
            let site = Site::value(&livret.file, key_path!["envois", n, "par"]);
            findings.push(
                Finding::new(&CODE, site, message)
                    .help("écrivez l’identifiant du chef d’établissement ou du DDFPT qui a fait l’envoi")
                    .related(
                        Site::key(&person.file, key_path!["personnes", &person.id]),
                        "ses rôles",
                    ),
            );
        }
    }
    findings
}
