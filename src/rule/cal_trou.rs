//! CAL-TROU: no time is lost between two official periods of a class.

use std::collections::BTreeSet;

use super::shared::calendar::calendars;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::{count, quoted};

pub(super) static CODE: Code = Code {
    name: "CAL-TROU",
    severity: Severity::Warning,
    summary: "Les périodes officielles d’une classe se suivent",
    explanation: "Un bilan daté d’entre deux périodes n’appartient à aucune (PER-07). Un week-end ou deux \
        semaines de vacances entre deux périodes, week-ends compris (16 jours), sont admis.",
    wrong: "code = \"S1\"  fin = 2027-01-22\ncode = \"S2\"  debut = 2027-02-22",
    right: "code = \"S1\"  fin = 2027-01-22\ncode = \"S2\"  debut = 2027-01-23",
};

/// Two weeks of holidays and the week-ends around them.
const HOLIDAYS: i32 = 16;

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (year, file, calendar) in calendars(school) {
        let mut gaps = BTreeSet::new();
        for class in year.classes.iter().map(|ix| &school.classes[*ix]) {
            for pair in year.periods_of(class).windows(2) {
                let days = pair[0].1.fin.days_until(pair[1].1.debut) - 1;
                if days > HOLIDAYS {
                    gaps.insert((pair[0].0, pair[1].0, days));
                }
            }
        }
        for (before, after, days) in gaps {
            let (first, second) = (&calendar.periodes[before], &calendar.periodes[after]);
            let message = format!(
                "{} ne sont dans aucune période, entre {} et {}",
                count(days.unsigned_abs() as usize, "jour", "jours"),
                quoted(&first.code),
                quoted(&second.code)
            );
            findings.push(
                Finding::new(&CODE, Site::value(file, key_path!["periodes", after, "debut"]), message)
                    .help("faites commencer la seconde période le lendemain de la fin de la première, comme dans PRONOTE")
                    .related(
                        Site::value(file, key_path!["periodes", before, "fin"]),
                        format!("fin de {}", quoted(&first.code)),
                    ),
            );
        }
    }
    findings
}
