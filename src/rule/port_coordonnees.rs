//! PORT-COORDONNEES: the place of a company is two numbers, or none (POR-04).

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "PORT-COORDONNEES",
    severity: Severity::Warning,
    summary: "Une entreprise a une latitude et une longitude, ou ni l’une ni l’autre",
    explanation: "La page donne la position de l’entreprise en toutes lettres, sans carte ni service \
        extérieur (POR-04). Un seul des deux nombres ne dit rien.",
    wrong: "[entreprise]\nlatitude = 48.6921",
    right: "[entreprise]\nlatitude = 48.6921\nlongitude = 6.1844",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for portfolio in school.portfolios.values() {
        let Some(company) = &portfolio.record.entreprise else { continue };
        let (there, missing) = match (&company.latitude, &company.longitude) {
            (Some(_), None) => ("latitude", "longitude"),
            (None, Some(_)) => ("longitude", "latitude"),
            _ => continue,
        };
        if school.is_broken(&portfolio.file) {
            continue;
        }
        let site = Site::value(&portfolio.file, key_path!["entreprise", there]);
        let message = format!("la position de l’entreprise a une {there}, mais pas de {missing}");
        findings.push(
            Finding::new(&CODE, site, message)
                .help(format!("ajoutez la ligne {missing} = …, ou supprimez celle-ci")),
        );
    }
    findings
}
