//! PORT-BILAN: a company review is dated in its period, or just after it.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::{long_date, quoted};

pub(super) static CODE: Code = Code {
    name: "PORT-BILAN",
    severity: Severity::Warning,
    summary: "Un bilan entreprise est daté de la période, ou des quinze jours qui la suivent",
    explanation: "Le bilan se fait avec le tuteur, d’ordinaire la dernière semaine. Sa date est celle de la \
        colonne dans le tableau de bord (DASH-06) : une date lointaine rangerait les résultats au mauvais \
        endroit. Si le bilan s’est vraiment fait plus tard, laissez.",
    wrong: "[bilan_entreprise]\ndate = 2027-03-04   # la période finit le 5 février",
    right: "[bilan_entreprise]\ndate = 2027-02-04",
};

/// How many days after the period teacher and tutor may take.
const AFTER: i32 = 15;

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for portfolio in school.portfolios.values() {
        let Some(review) = &portfolio.record.bilan_entreprise else { continue };
        let period = &school.periods[portfolio.period];
        let (start, end) = (period.record.debut, period.record.fin);
        if start > end || (start..=end.plus(AFTER)).contains(&review.date) {
            continue;
        }
        let message = format!(
            "ce bilan est daté du {}, hors de la période {} (du {} au {})",
            long_date(review.date),
            quoted(&period.record.titre),
            long_date(start),
            long_date(end)
        );
        let site = Site::value(&portfolio.file, key_path!["bilan_entreprise", "date"]);
        let dates = Site::value(&period.file, key_path!["debut"]);
        findings.push(
            Finding::new(&CODE, site, message)
                .help("vérifiez la date du bilan entreprise")
                .related(dates, "le début de la période"),
        );
    }
    findings
}
