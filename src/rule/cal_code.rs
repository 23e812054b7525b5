//! CAL-CODE: a class has no two official periods of one code.

use std::collections::BTreeSet;

use super::shared::calendar::calendars;
use super::shared::twice::repeated;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "CAL-CODE",
    severity: Severity::Error,
    summary: "Les périodes officielles d’une classe ont chacune leur code",
    explanation: "Le code relie la période à celle de PRONOTE et du livret scolaire (PER-02). Deux périodes \
        d’une même classe ne peuvent pas avoir le même : c’est le plus souvent une entrée recopiée dont le \
        code n’a pas été changé.",
    wrong: "[[periodes]]\ncode = \"S1\"\n…\n[[periodes]]\ncode = \"S1\"",
    right: "[[periodes]]\ncode = \"S1\"\n…\n[[periodes]]\ncode = \"S2\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (year, file, calendar) in calendars(school) {
        let mut pairs = BTreeSet::new();
        for class in year.classes.iter().map(|ix| &school.classes[*ix]) {
            let mut periods = year.periods_of(class);
            periods.sort_by_key(|(at, _)| *at);
            for (again, first) in repeated(periods.iter().map(|(_, period)| &period.code)) {
                let (again, first) = (periods[again], periods[first]);
                // Overlapping ones are told of by CAL-CHEVAUCHEMENT: one finding is enough.
                if again.1.debut > first.1.fin || first.1.debut > again.1.fin {
                    pairs.insert((again.0, first.0));
                }
            }
        }
        for (again, first) in pairs {
            let message = format!(
                "le code {} est déjà celui d’une autre période des mêmes classes",
                quoted(&calendar.periodes[again].code)
            );
            let at = |n: usize| Site::value(file, key_path!["periodes", n, "code"]);
            findings.push(
                Finding::new(&CODE, at(again), message)
                    .help("donnez à chaque période son code : S1, S2, ou T1, T2, T3")
                    .related(at(first), "le même code"),
            );
        }
    }
    findings
}
