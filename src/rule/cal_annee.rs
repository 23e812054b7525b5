//! CAL-ANNEE: the school year of a calendar is that of its file.

use super::shared::calendar::calendars;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Calendar;
use crate::school::School;
use crate::text::{SchoolYear, long_date};

pub(super) static CODE: Code = Code {
    name: "CAL-ANNEE",
    severity: Severity::Error,
    summary: "Le calendrier commence et finit dans l’année scolaire de son fichier",
    explanation: "`calendar/2026-2027.toml` va de la rentrée 2026 aux vacances d’été 2027. Un calendrier \
        recopié de l’année précédente dont les dates n’ont pas été changées fausserait toutes les périodes \
        (PER-01).",
    wrong: "# calendar/2026-2027.toml\ndebut = 2025-09-01\nfin = 2026-07-03",
    right: "# calendar/2026-2027.toml\ndebut = 2026-09-01\nfin = 2027-07-02",
};

/// Whether the bounds of a calendar can be relied upon by other rules.
pub(super) fn is_sound(year: SchoolYear, calendar: &Calendar) -> bool {
    year.contains(calendar.debut) && year.contains(calendar.fin) && calendar.debut < calendar.fin
}

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (year, file, calendar) in calendars(school) {
        let year = year.year;
        let bounds = [("debut", "commence", calendar.debut), ("fin", "finit", calendar.fin)];
        let outside: Vec<_> = bounds.iter().filter(|(_, _, date)| !year.contains(*date)).collect();
        // Both dates of another year are one mistake: the file was copied.
        if let Some((key, verb, date)) = outside.first() {
            let message = format!(
                "le calendrier de {year} {verb} le {} : cette date est hors de l’année scolaire",
                long_date(*date)
            );
            let help = if outside.len() == 2 {
                "corrigez l’année des deux dates, debut et fin"
            } else {
                "corrigez l’année de cette date"
            };
            findings
                .push(Finding::new(&CODE, Site::value(file, key_path![*key]), message).help(help));
        } else if calendar.debut >= calendar.fin {
            let message = format!("le calendrier de {year} finit avant de commencer");
            findings.push(
                Finding::new(&CODE, Site::value(file, key_path!["fin"]), message)
                    .help("vérifiez les deux dates : debut est la rentrée, fin le dernier jour de classe")
                    .related(Site::value(file, key_path!["debut"]), "début de l’année"),
            );
        }
    }
    findings
}
