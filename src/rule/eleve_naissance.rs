//! ELEVE-NAISSANCE: the age of a pupil at entry is plausible.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::{Date, count};

pub(super) static CODE: Code = Code {
    name: "ELEVE-NAISSANCE",
    severity: Severity::Warning,
    summary: "Un élève a entre 13 et 30 ans à son entrée",
    explanation: "Un âge impossible trahit une faute de frappe dans l’année de naissance ou dans l’année \
        d’entrée. Un apprenti peut être plus âgé : vérifiez, puis laissez.",
    wrong: "naissance = 2001-03-14   # entrée en 2041",
    right: "naissance = 2010-03-14",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pupil in school.pupils.values() {
        let birth = pupil.record.naissance;
        let Some(entry) = Date::new(pupil.cohort, 9, 1) else { continue };
        let had_birthday = (birth.0.month(), birth.0.day()) <= (entry.0.month(), entry.0.day());
        let age = entry.year() - birth.year() - i16::from(!had_birthday);
        if (13..=30).contains(&age) {
            continue;
        }
        let message = match usize::try_from(age) {
            Ok(age) => format!(
                "{} aurait {} à son entrée, en {}",
                pupil.full_name(),
                count(age, "an", "ans"),
                pupil.cohort
            ),
            Err(_) => format!(
                "{} serait né{} après son entrée, en {}",
                pupil.full_name(),
                pupil.agree("e", "", "·e"),
                pupil.cohort
            ),
        };
        let site = Site::value(&pupil.file, key_path!["naissance"]);
        findings.push(
            Finding::new(&CODE, site, message).help(
                "vérifiez l’année de naissance, et l’année d’entrée qui est le nom du dossier",
            ),
        );
    }
    findings
}
