//! LSL-SERVICE: livrets are sent while the national service is open.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "LSL-SERVICE",
    severity: Severity::Warning,
    summary: "Un envoi du livret a lieu pendant l’ouverture du service",
    explanation: "L’application nationale ne prend les livrets qu’entre deux dates, que le calendrier donne à \
        l’entrée [service_lsl] (LCK-05). Un envoi noté hors de ces dates est hors période : il n’a pas pu \
        arriver, ou l’une des dates est fausse.",
    wrong: "[[envois]]\nle = 2027-09-15    # service ouvert du 2 mai au 25 juin",
    right: "[[envois]]\nle = 2027-06-04",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for livret in school.livrets.values() {
        let calendar = school.year(livret.year).and_then(|year| year.calendar.as_ref());
        let Some(calendar) = calendar else { continue };
        let Some(window) = &calendar.record.service_lsl else { continue };
        for (n, sending) in livret.record.envois.iter().enumerate() {
            if window.ouverture <= sending.le && sending.le <= window.fermeture {
                continue;
            }
            let message = format!(
                "cet envoi du {} est hors période : le service est ouvert du {} au {}",
                long_date(sending.le),
                long_date(window.ouverture),
                long_date(window.fermeture)
            );
            let site = Site::value(&livret.file, key_path!["envois", n, "le"]);
            findings.push(
                Finding::new(&CODE, site, message)
                    .help("corrigez la date de l’envoi, ou les dates du service dans le calendrier")
                    .related(
                        Site::key(&calendar.file, key_path!["service_lsl"]),
                        "ouverture du service",
                    ),
            );
        }
    }
    findings
}
