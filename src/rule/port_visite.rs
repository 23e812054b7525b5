//! PORT-VISITE: a visit takes place around its period.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::{long_date, quoted};

pub(super) static CODE: Code = Code {
    name: "PORT-VISITE",
    severity: Severity::Warning,
    summary: "Une visite a lieu autour de sa période",
    explanation: "On prépare une période avec l’entreprise un peu avant, et l’on fait le point un peu après : \
        deux mois de part et d’autre. Une date plus lointaine est presque toujours une faute de frappe.",
    wrong: "[[visites]]\ndate = 2026-01-26   # la période va du 11 janvier au 5 février 2027",
    right: "[[visites]]\ndate = 2027-01-26",
};

/// How many days before and after the period a visit may still be about it.
const AROUND: i32 = 60;

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for portfolio in school.portfolios.values() {
        let period = &school.periods[portfolio.period];
        let span = period.record.debut.plus(-AROUND)..=period.record.fin.plus(AROUND);
        for (n, visit) in portfolio.record.visites.iter().enumerate() {
            if span.contains(&visit.date) {
                continue;
            }
            let message = format!(
                "la visite du {} est loin de la période {} (du {} au {})",
                long_date(visit.date),
                quoted(&period.record.titre),
                long_date(period.record.debut),
                long_date(period.record.fin)
            );
            let site = Site::value(&portfolio.file, key_path!["visites", n, "date"]);
            let dates = Site::value(&period.file, key_path!["debut"]);
            findings.push(
                Finding::new(&CODE, site, message)
                    .help("vérifiez la date de la visite")
                    .related(dates, "le début de la période"),
            );
        }
    }
    findings
}
