//! EVAL-DATE: an evaluation took place in the school year of its folder.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::{SchoolYear, long_date};

pub(super) static CODE: Code = Code {
    name: "EVAL-DATE",
    severity: Severity::Error,
    summary: "La date d’une évaluation est dans l’année scolaire de son dossier",
    explanation: "Les tableaux de bord suivent l’ordre des dates, et la classe d’un élève dépend du jour \
        (EVA-15, DASH-06). Une évaluation recopiée de l’année précédente garde souvent son ancienne date.",
    wrong: "# evaluations/2026-2027/1mcva1/accueil-client.toml\ndate = 2025-11-06",
    right: "# evaluations/2026-2027/1mcva1/accueil-client.toml\ndate = 2026-11-06",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for evaluation in school.evaluations.values() {
        let year = school.classes[evaluation.class].year;
        let date = evaluation.record.date;
        if year.contains(date) {
            continue;
        }
        let message = format!(
            "l’évaluation est datée du {}, mais rangée dans l’année {year}",
            long_date(date)
        );
        let site = Site::value(&evaluation.file, key_path!["date"]);
        findings.push(Finding::new(&CODE, site, message).help(format!(
            "corrigez la date, ou rangez l’évaluation dans le dossier de {}",
            SchoolYear::of(date)
        )));
    }
    findings
}
