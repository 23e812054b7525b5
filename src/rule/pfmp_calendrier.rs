//! PFMP-CALENDRIER: a PFMP of a whole level has the dates of the calendar.

use super::cal_annee;
use super::shared::period::{dates, is_sound, span};
use super::shared::pfmp::first_number;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Calendar;
use crate::school::{Period, School};
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "PFMP-CALENDRIER",
    severity: Severity::Warning,
    summary: "Une PFMP a lieu aux dates du calendrier",
    explanation: "Le DDFPT inscrit les dates des PFMP au calendrier de l’année (PER-03), puis déclare chaque \
        période. Une période de tout un niveau qui n’a pas les dates de la PFMP de même numéro est souvent \
        une faute de frappe. On ne demande rien pour une période réservée à quelques apprenants (ligne \
        `apprenants`), dont le parcours peut être particulier, ni pour une période d’apprentis.",
    wrong: "numero = 3\ndebut = 2027-01-11   # au calendrier : du 4 au 30 janvier",
    right: "numero = 3\ndebut = 2027-01-04",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for period in school.periods.values() {
        let Some(calendar) = school.year(period.year).and_then(|year| year.calendar.as_ref())
        else {
            continue;
        };
        // Reversed dates and dates of another year have their own rule.
        let in_year = |day| period.year.contains(day);
        if period.record.apprentis
            || !is_sound(period)
            || !in_year(period.record.debut)
            || !in_year(period.record.fin)
            || school.is_broken(&calendar.file)
        {
            continue;
        }
        let found = if period.record.apprenants.is_none() {
            compared(school, period, &calendar.record, &calendar.file)
        } else {
            None
        };
        findings.extend(found.or_else(|| outside(period, &calendar.record, &calendar.file)));
    }
    findings
}

/// The difference with the PFMP of the same number, level and diploma.
fn compared(
    school: &School,
    period: &Period,
    calendar: &Calendar,
    file: &std::sync::Arc<str>,
) -> Option<Finding> {
    let number = period.record.numero.as_ref()?.0;
    let level = period.record.niveau;
    // A number of another level has its own rule.
    if first_number(level).is_some_and(|first| !(first..=first + 1).contains(&number)) {
        return None;
    }
    let code = &school.referentials[period.diploma].code;
    let ours: Vec<_> = calendar
        .pfmp
        .iter()
        .enumerate()
        .filter(|(_, pfmp)| {
            pfmp.niveau == level
                && pfmp.diplomes.as_ref().is_none_or(|all| all.iter().any(|id| id.0 == *code))
        })
        .collect();
    let same: Vec<_> = ours.iter().filter(|(_, pfmp)| pfmp.numero.0 == number).collect();
    let Some((n, pfmp)) = same.first() else {
        let message = format!(
            "le calendrier {} ne prévoit pas de PFMP {number} en {}",
            period.year,
            level.label().to_lowercase()
        );
        let site = Site::value(&period.file, key_path!["numero"]);
        return (!ours.is_empty()).then(|| {
            Finding::new(&CODE, site, message)
                .help(format!("corrigez le numéro, ou ajoutez cette PFMP à {file}"))
        });
    };
    let exact = |dates: &&&(usize, &crate::record::PfmpDates)| {
        (dates.1.debut, dates.1.fin) == (period.record.debut, period.record.fin)
    };
    if same.iter().any(|dates| exact(&dates)) {
        return None;
    }
    let message = format!(
        "la période a lieu {}, mais la PFMP {number} {} au calendrier",
        dates(period),
        span(pfmp.debut, pfmp.fin)
    );
    let mut lines = Vec::new();
    if pfmp.debut != period.record.debut {
        lines.push(format!("debut = {}", pfmp.debut));
    }
    if pfmp.fin != period.record.fin {
        lines.push(format!("fin = {}", pfmp.fin));
    }
    let key = if pfmp.debut != period.record.debut { "debut" } else { "fin" };
    Some(
        Finding::new(&CODE, Site::value(&period.file, key_path![key]), message)
            .help(format!("écrivez {}, ou corrigez le calendrier", lines.join(" et ")))
            .related(Site::value(file, key_path!["pfmp", *n, key]), "dates du calendrier"),
    )
}

/// A PFMP before the first day of class or after the last one.
fn outside(period: &Period, calendar: &Calendar, file: &std::sync::Arc<str>) -> Option<Finding> {
    if !cal_annee::is_sound(period.year, calendar) {
        return None;
    }
    let (key, day, bound, words) = if period.record.debut < calendar.debut {
        ("debut", period.record.debut, calendar.debut, "avant la rentrée")
    } else if period.record.fin > calendar.fin {
        ("fin", period.record.fin, calendar.fin, "après le dernier jour de l’année scolaire")
    } else {
        return None;
    };
    let verb = if key == "debut" { "commence" } else { "finit" };
    let message = format!("la PFMP {verb} le {}, {words} ({})", long_date(day), long_date(bound));
    Some(
        Finding::new(&CODE, Site::value(&period.file, key_path![key]), message)
            .help("vérifiez la date, ou les dates du calendrier")
            .related(Site::value(file, key_path![key]), "date du calendrier"),
    )
}
