//! PORT-ABSENCE: an absence lies in the period, and its half-days fit in its days.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Absence;
use crate::school::{Period, School};
use crate::text::{count, long_date, quoted};

pub(super) static CODE: Code = Code {
    name: "PORT-ABSENCE",
    severity: Severity::Error,
    summary: "Une absence est dans la période, et ses demi-journées tiennent dans ses jours",
    explanation: "Les absences se déduisent du temps passé en entreprise : une absence hors de la période, ou \
        plus longue que ses jours, fausserait ce compte.",
    wrong: "[[absences]]\ndu = 2027-01-20\ndemi_journees = 4   # un jour n’a que deux demi-journées",
    right: "[[absences]]\ndu = 2027-01-20\nau = 2027-01-21\ndemi_journees = 4",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for portfolio in school.portfolios.values() {
        let period = &school.periods[portfolio.period];
        for (n, absence) in portfolio.record.absences.iter().enumerate() {
            let Some((key, message, help)) = judge(period, absence) else { continue };
            let site = Site::value(&portfolio.file, key_path!["absences", n, key]);
            findings.push(Finding::new(&CODE, site, message).help(help));
        }
    }
    findings
}

fn judge(period: &Period, absence: &Absence) -> Option<(&'static str, String, &'static str)> {
    let (start, end) = (period.record.debut, period.record.fin);
    if start > end {
        return None;
    }
    let last = absence.au.unwrap_or(absence.du);
    let outside = |key, day| {
        let message = format!(
            "le {} n’est pas dans la période {} (du {} au {})",
            long_date(day),
            quoted(&period.record.titre),
            long_date(start),
            long_date(end)
        );
        (key, message, "corrigez la date de l’absence")
    };
    if absence.du < start || absence.du > end {
        return Some(outside("du", absence.du));
    }
    if last < absence.du {
        let message = format!("l’absence finirait le {}, avant de commencer", long_date(last));
        return Some(("au", message, "corrigez l’une des deux dates"));
    }
    if last > end {
        return Some(outside("au", last));
    }
    let days = usize::try_from(absence.du.days_until(last) + 1).unwrap_or(0);
    let half_days = usize::try_from(absence.demi_journees.0).unwrap_or(0);
    (half_days > 2 * days).then(|| {
        let message = format!(
            "{} ne tiennent pas en {}",
            count(half_days, "demi-journée", "demi-journées"),
            count(days, "jour", "jours")
        );
        let help =
            "corrigez le nombre de demi-journées, ou ajoutez la ligne au = … (le dernier jour)";
        ("demi_journees", message, help)
    })
}
