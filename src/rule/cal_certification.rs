//! CAL-CERTIFICATION: a deadline is for an exam that exists, in the school year.

use super::cal_annee;
use super::shared::calendar::calendars;
use super::shared::near;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::{long_date, quoted};

pub(super) static CODE: Code = Code {
    name: "CAL-CERTIFICATION",
    severity: Severity::Error,
    summary: "Une date limite de certification est pour une épreuve qui existe, dans l’année",
    explanation: "Les dates limites de certification en établissement sont fixées par épreuve (PER-04). \
        Une épreuve inconnue du référentiel, ou une date d’une autre année, laisserait passer les retards.",
    wrong: "[[certification]]\ndiplome = \"mcv-a\"\nepreuve = \"E13\"",
    right: "[[certification]]\ndiplome = \"mcv-a\"\nepreuve = \"E31\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (year, file, calendar) in calendars(school) {
        let sound = cal_annee::is_sound(year.year, calendar);
        for (n, deadline) in calendar.certification.iter().enumerate() {
            let at = |key: &str| Site::value(file, key_path!["certification", n, key]);
            if sound && !year.year.contains(deadline.date_limite) {
                let message = format!(
                    "la date limite du {} est hors de l’année scolaire {}",
                    long_date(deadline.date_limite),
                    year.year
                );
                findings.push(
                    Finding::new(&CODE, at("date_limite"), message)
                        .help("corrigez l’année de la date"),
                );
            }
            let Some(code) = &deadline.epreuve else { continue };
            let Some(diploma) = school.referential(&deadline.diplome) else { continue };
            let diploma = &school.referentials[diploma].record;
            let known = || diploma.epreuves.iter().map(|exam| exam.code.as_str());
            if known().any(|exam| exam == code) {
                continue;
            }
            let message = format!(
                "l’épreuve {} n’existe pas dans le diplôme {}",
                quoted(code),
                diploma.sigle
            );
            findings.push(near::suggest(
                Finding::new(&CODE, at("epreuve"), message),
                code,
                known(),
                "supprimez la ligne epreuve pour viser toutes les épreuves du diplôme",
            ));
        }
    }
    findings
}
