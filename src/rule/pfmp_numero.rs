//! PFMP-NUMERO: the PFMP of a learner are numbered along the cycle, each once, in the order of time.

use super::shared::period::names;
use super::shared::pfmp::first_number;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Period, PeriodPair, School};
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "PFMP-NUMERO",
    severity: Severity::Error,
    summary: "Les PFMP d’un élève sont numérotées dans l’ordre du cycle",
    explanation: "Les PFMP 1 et 2 ont lieu en seconde, 3 et 4 en première, 5 et 6 en terminale (PER-03). Un même \
        élève ne fait pas deux fois la PFMP 3 la même année, et les numéros croissent avec les dates. Une \
        année redoublée reprend ses numéros. Une période d’apprentis suit le contrat : elle n’a pas de numéro.",
    wrong: "niveau = \"premiere\"\nnumero = 1",
    right: "niveau = \"premiere\"\nnumero = 3",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for period in school.periods.values() {
        findings.extend(of_period(period));
    }
    for pair in school.period_pairs(is_wrong) {
        findings.extend(of_pair(school, &pair));
    }
    findings
}

/// The number of a PFMP, when it is one of its level.
fn number(period: &Period) -> Option<i64> {
    let number = period.record.numero.as_ref()?.0;
    let first = first_number(period.record.niveau);
    let right = first.is_none_or(|first| (first..=first + 1).contains(&number));
    (right && !period.record.apprentis).then_some(number)
}

fn of_period(period: &Period) -> Option<Finding> {
    let number_there = period.record.numero.as_ref()?.0;
    let site = Site::value(&period.file, key_path!["numero"]);
    if period.record.apprentis {
        let message = "une période d’apprentis n’a pas de numéro de PFMP";
        return Some(Finding::new(&CODE, site, message).help("supprimez la ligne numero"));
    }
    if number(period).is_some() {
        return None;
    }
    let first = first_number(period.record.niveau)?;
    let level = period.record.niveau.label().to_lowercase();
    let message = format!("la PFMP {number_there} n’a pas lieu en {level}");
    Some(
        Finding::new(&CODE, site, message).help(format!(
            "à ce niveau, écrivez {first} ou {} ; sinon, corrigez le niveau",
            first + 1
        )),
    )
}

/// Whether two PFMP of one learner, the first before the second, contradict each other. A level
/// that is done again takes its numbers again.
fn is_wrong(first: &Period, second: &Period) -> bool {
    let (Some(before), Some(after)) = (number(first), number(second)) else { return false };
    let again = first.year != second.year && first.record.niveau >= second.record.niveau;
    after <= before && !again
}

fn of_pair(school: &School, pair: &PeriodPair) -> Option<Finding> {
    let (first, second) = (&school.periods[pair.first], &school.periods[pair.second]);
    let (before, after) = (number(first)?, number(second)?);
    let who = names(school, &pair.learners);
    let message = if before == after {
        format!("la PFMP {after} est déjà déclarée pour {who}")
    } else {
        format!(
            "la PFMP {after} commence le {}, après la PFMP {before} ({}), pour {who}",
            long_date(second.record.debut),
            long_date(first.record.debut)
        )
    };
    let words = format!("PFMP {before}, qui commence le {}", long_date(first.record.debut));
    Some(
        Finding::new(&CODE, Site::value(&second.file, key_path!["numero"]), message)
            .help("corrigez l’un des deux numéros : ils suivent l’ordre des dates, et chacun ne sert qu’une fois")
            .related(Site::value(&first.file, key_path!["numero"]), words),
    )
}
