//! CAL-DATES: each period begins before it ends, within the school year.

use super::cal_annee;
use super::shared::calendar::{calendars, stretches};
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "CAL-DATES",
    severity: Severity::Error,
    summary: "Une période finit après avoir commencé, dans l’année scolaire",
    explanation: "Les périodes officielles, les PFMP et les périodes de PRONOTE sont à l’intérieur de \
        l’année scolaire, dont les dates sont en tête du calendrier (PFM-06). Les bilans et les évaluations \
        se rangent d’après elles.",
    wrong: "code = \"S1\"\ndebut = 2026-09-01\nfin = 2026-01-22",
    right: "code = \"S1\"\ndebut = 2026-09-01\nfin = 2027-01-22",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (year, file, calendar) in calendars(school) {
        let sound = cal_annee::is_sound(year.year, calendar);
        for stretch in stretches(calendar) {
            let at = |key: &str| Site::value(file, stretch.path.child(key));
            if stretch.to < stretch.from {
                let message = format!(
                    "{} finit le {}, avant son début, le {}",
                    stretch.name,
                    long_date(stretch.to),
                    long_date(stretch.from)
                );
                findings.push(
                    Finding::new(&CODE, at("fin"), message)
                        .help("corrigez l’une des deux dates")
                        .related(at("debut"), "début"),
                );
                continue;
            }
            if !sound {
                continue;
            }
            let bounds = [("debut", "commence", stretch.from), ("fin", "finit", stretch.to)];
            for (key, verb, date) in bounds {
                if (calendar.debut..=calendar.fin).contains(&date) {
                    continue;
                }
                let message = format!(
                    "{} {verb} le {}, hors de l’année scolaire {}",
                    stretch.name,
                    long_date(date),
                    year.year
                );
                findings.push(
                    Finding::new(&CODE, at(key), message)
                        .help("corrigez la date, ou les dates de l’année en tête du calendrier")
                        .related(
                            Site::value(file, key_path![key]),
                            format!(
                                "l’année va du {} au {}",
                                long_date(calendar.debut),
                                long_date(calendar.fin)
                            ),
                        ),
                );
                break;
            }
        }
    }
    findings
}
