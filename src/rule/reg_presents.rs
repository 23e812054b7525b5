//! REG-PRESENTS: a commission sits with two members at least.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::insight::{composition, has_sat};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "REG-PRESENTS",
    severity: Severity::Warning,
    summary: "Une commission siège à deux au moins",
    explanation: "Une commission d’une seule personne n’en est pas une : sa décision tomberait au premier \
        recours. Une commission est tenue pour réunie dès qu’elle a un procès-verbal ou une signature ; avant, sa \
        composition peut rester à saisir.",
    wrong: "proces_verbal = \"PV 2027-12\"\n\n[[membres]]\npersonne = \"mercier-paul\"\nqualite = \"enseignant\"\nemargement = true",
    right: "proces_verbal = \"PV 2027-12\"\n# et deux [[membres]] présents au moins",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for commission in school.commissions.values() {
        let present = composition(commission).present;
        if present >= 2 || !has_sat(commission) || school.is_broken(&commission.file) {
            continue;
        }
        let message = match present {
            0 => "cette commission a siégé, et aucun membre présent n’y figure",
            _ => "cette commission aurait siégé avec un seul membre présent",
        };
        findings.push(
            Finding::new(&CODE, Site::value(&commission.file, key_path!["titre"]), message)
                .help("ajoutez un bloc [[membres]] pour chaque personne qui a siégé"),
        );
    }
    findings
}
