//! PFMP-ABSENCE: absences in a company are within the period, each once, and fit in their days.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Portfolio, School};
use crate::text::{count, long_date, short_date};

pub(super) static CODE: Code = Code {
    name: "PFMP-ABSENCE",
    severity: Severity::Error,
    summary: "Les absences en entreprise sont dans la période et tiennent dans leurs jours",
    explanation: "Les absences non rattrapées se retirent des semaines de PFMP, en demi-journées : deux au plus par \
        jour. Une absence hors de la période, ou comptée deux fois, enlèverait à l’élève des semaines qu’il a \
        faites.",
    wrong: "[[absences]]\ndu = 2027-01-12\ndemi_journees = 4",
    right: "[[absences]]\ndu = 2027-01-12\nau = 2027-01-13\ndemi_journees = 4",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    school
        .portfolios
        .values()
        .iter()
        .flat_map(|portfolio| of_portfolio(school, portfolio))
        .collect()
}

fn of_portfolio(school: &School, portfolio: &Portfolio) -> Vec<Finding> {
    let period = &school.periods[portfolio.period];
    let (first, last) = (period.record.debut, period.record.fin);
    let absences = &portfolio.record.absences;
    let mut findings = Vec::new();
    for (n, absence) in absences.iter().enumerate() {
        let at = |key: &str| Site::value(&portfolio.file, key_path!["absences", n, key]);
        let (from, to) = (absence.du, absence.au.unwrap_or(absence.du));
        if to < from {
            let message = format!(
                "l’absence finit le {}, avant de commencer le {}",
                long_date(to),
                long_date(from)
            );
            findings.push(
                Finding::new(&CODE, at("au"), message)
                    .help("du est le premier jour, au le dernier : vérifiez les deux"),
            );
            continue;
        }
        if first <= last && (from < first || to > last) {
            let (key, day) =
                if from < first || absence.au.is_none() { ("du", from) } else { ("au", to) };
            let message = format!(
                "le {} n’est pas dans la période, du {} au {}",
                long_date(day),
                short_date(first),
                short_date(last)
            );
            findings.push(Finding::new(&CODE, at(key), message).help(
                "corrigez la date de l’absence, ou rangez-la dans le portfolio de la bonne période",
            ));
            continue;
        }
        let days = i64::from(from.days_until(to)) + 1;
        if absence.demi_journees.0 > days * 2 {
            let number = usize::try_from(days).unwrap_or(0);
            let message = format!(
                "{} demi-journées ne tiennent pas en {}",
                absence.demi_journees.0,
                count(number, "jour", "jours")
            );
            let help = match absence.au {
                None => {
                    "ajoutez la ligne au = … (dernier jour), ou corrigez le nombre de demi-journées"
                        .to_owned()
                }
                Some(_) => format!("écrivez {} au plus, ou corrigez les dates", days * 2),
            };
            findings.push(Finding::new(&CODE, at("demi_journees"), message).help(help));
            continue;
        }
        let earlier = absences[..n].iter().enumerate();
        let mut twice =
            earlier.filter(|(_, other)| other.du <= to && from <= other.au.unwrap_or(other.du));
        if let Some((m, other)) = twice.next() {
            // Two half-days of one day may be told apart.
            let same_day = from == to && other.du == from && other.au.unwrap_or(from) == from;
            if same_day && absence.demi_journees.0 + other.demi_journees.0 <= 2 {
                continue;
            }
            let message =
                format!("l’absence du {} est déjà inscrite", long_date(from.max(other.du)));
            findings.push(
                Finding::new(&CODE, at("du"), message)
                    .help("gardez une seule des deux, ou corrigez leurs dates")
                    .related(
                        Site::value(&portfolio.file, key_path!["absences", m, "du"]),
                        "l’autre absence",
                    ),
            );
        }
    }
    findings
}
