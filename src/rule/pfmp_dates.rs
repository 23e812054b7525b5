//! PFMP-DATES: a period has a first and a last day, in order, in the school year of its folder.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Period, School};
use crate::text::{SchoolYear, long_date};

pub(super) static CODE: Code = Code {
    name: "PFMP-DATES",
    severity: Severity::Error,
    summary: "Une période en entreprise a des dates dans l’ordre, dans son année scolaire",
    explanation: "Une période se termine après avoir commencé, compte au moins un jour de semaine, et ses deux \
        dates sont dans l’année scolaire de son dossier (PFM-06). Une période à cheval sur deux années \
        scolaires n’existe pas : déclarez-en deux.",
    wrong: "# pfmp/periods/2026-2027/pfmp-3.toml\ndebut = 2026-01-04\nfin = 2026-01-30",
    right: "# pfmp/periods/2026-2027/pfmp-3.toml\ndebut = 2027-01-04\nfin = 2027-01-30",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    school.periods.values().iter().filter_map(of_period).collect()
}

fn of_period(period: &Period) -> Option<Finding> {
    let record = &period.record;
    let at = |key: &str| Site::value(&period.file, key_path![key]);
    let bounds = [("debut", "commence", record.debut), ("fin", "finit", record.fin)];
    let outside: Vec<_> = bounds.iter().filter(|(_, _, day)| !period.year.contains(*day)).collect();
    if let Some((key, verb, day)) = outside.first() {
        let message = format!(
            "la période {verb} le {} : cette date n’est pas dans l’année {}",
            long_date(*day),
            period.year
        );
        let other = SchoolYear::of(*day);
        let help = if outside.len() == 2 && SchoolYear::of(record.fin) == other {
            format!(
                "corrigez l’année des deux dates, ou rangez le fichier dans pfmp/periods/{other}/"
            )
        } else {
            "corrigez l’année de cette date".to_owned()
        };
        return Some(Finding::new(&CODE, at(key), message).help(help));
    }
    if record.fin < record.debut {
        let message = format!(
            "la période finit le {}, avant de commencer le {}",
            long_date(record.fin),
            long_date(record.debut)
        );
        return Some(
            Finding::new(&CODE, at("fin"), message)
                .help("debut est le premier jour, fin le dernier : vérifiez les deux")
                .related(at("debut"), "premier jour"),
        );
    }
    (period.weekdays() == 0).then(|| {
        let message = "la période ne compte aucun jour du lundi au vendredi";
        Finding::new(&CODE, at("fin"), message)
            .help("debut est le premier jour, fin le dernier : vérifiez les deux")
            .related(at("debut"), "premier jour")
    })
}
