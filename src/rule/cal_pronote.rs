//! CAL-PRONOTE: the official periods are those of PRONOTE, to the day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::shared::calendar::calendars;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::{Calendar, OfficialPeriod, PronotePeriod, quote};
use crate::school::{School, Year};
use crate::text::{Date, count, long_date, quoted};

pub(super) static CODE: Code = Code {
    name: "CAL-PRONOTE",
    severity: Severity::Error,
    summary: "Les périodes officielles sont celles de PRONOTE, au jour près",
    explanation: "Un seul jour d’écart avec PRONOTE rend impossibles les exports de fin d’année (PER-02). \
        La comparaison se fait dès que le calendrier contient des entrées `[[pronote]]` ; le code de chacune \
        est celui de la période officielle qui lui correspond.",
    wrong: "[[periodes]]\ncode = \"S1\"\nfin = 2027-01-23\n\n[[pronote]]\ncode = \"S1\"\nfin = 2027-01-22",
    right: "[[periodes]]\ncode = \"S1\"\nfin = 2027-01-22\n\n[[pronote]]\ncode = \"S1\"\nfin = 2027-01-22",
};

/// What was met, once for all classes: places in `[[periodes]]` and `[[pronote]]`.
#[derive(Default)]
struct Comparison {
    pairs: BTreeSet<(usize, usize)>,
    used: BTreeSet<usize>,
    alone: BTreeSet<usize>,
}

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (year, file, calendar) in calendars(school) {
        // Without classes there is nobody to compare for.
        if calendar.pronote.is_empty() || year.classes.is_empty() {
            continue;
        }
        let Comparison { pairs, used, mut alone } = compare(school, year);
        for (official, pronote) in &pairs {
            findings.extend(difference(file, calendar, *official, *pronote));
        }
        for (at, entry) in calendar.pronote.iter().enumerate() {
            if used.contains(&at) {
                continue;
            }
            let site = Site::value(file, key_path!["pronote", at, "code"]);
            let message = format!(
                "aucune période officielle n’a le code {} pour les classes de cette entrée de PRONOTE",
                quoted(&entry.code)
            );
            let finding = Finding::new(&CODE, site, message);
            // A period of the same dates that lacks its entry: only the code is mistyped.
            let same_dates = |n: &usize| {
                let period = &calendar.periodes[*n];
                (period.debut, period.fin) == (entry.debut, entry.fin)
            };
            let meant = alone.iter().copied().find(same_dates);
            findings.push(if let Some(meant) = meant {
                alone.remove(&meant);
                let code = quote(&calendar.periodes[meant].code);
                finding.help(format!("écrivez {code}")).replace_with(code)
            } else {
                finding.help("écrivez le code d’une entrée [[periodes]], ou supprimez cette entrée")
            });
        }
        for at in alone {
            let code = &calendar.periodes[at].code;
            let message = format!("la période {} n’est pas dans PRONOTE", quoted(code));
            let site = Site::value(file, key_path!["periodes", at, "code"]);
            findings.push(
                Finding::new(&CODE, site, message)
                    .help("ajoutez une entrée [[pronote]] avec ce code, ou supprimez la période"),
            );
        }
    }
    findings
}

fn compare(school: &School, year: &Year) -> Comparison {
    let mut comparison = Comparison::default();
    for class in year.classes.iter().map(|ix| &school.classes[*ix]) {
        // An entry for named classes goes before one for everybody.
        let mut of_class: BTreeMap<&str, (usize, &PronotePeriod)> = BTreeMap::new();
        for (at, period) in year.pronote_of(class) {
            let known = of_class.entry(&period.code).or_insert((at, period));
            if known.1.classes.is_none() && period.classes.is_some() {
                *known = (at, period);
            }
            // Whether it is the one that counts or not, this class has such a period.
            let official = year.periods_of(class);
            if official.iter().any(|(_, official)| official.code == period.code) {
                comparison.used.insert(at);
            }
        }
        for (at, period) in year.periods_of(class) {
            match of_class.get(period.code.as_str()) {
                Some((pronote, _)) => drop(comparison.pairs.insert((at, *pronote))),
                None => drop(comparison.alone.insert(at)),
            }
        }
    }
    comparison
}

fn difference(
    file: &Arc<str>,
    calendar: &Calendar,
    official: usize,
    pronote: usize,
) -> Vec<Finding> {
    let (ours, theirs): (&OfficialPeriod, &PronotePeriod) =
        (&calendar.periodes[official], &calendar.pronote[pronote]);
    // Dates in disorder have their own rule.
    if ours.fin < ours.debut || theirs.fin < theirs.debut {
        return Vec::new();
    }
    let dates: [(&str, &str, Date, Date); 2] =
        [("debut", "commence", ours.debut, theirs.debut), ("fin", "finit", ours.fin, theirs.fin)];
    let different = dates.into_iter().filter(|(_, _, ours, theirs)| ours != theirs);
    different
        .map(|(key, verb, here, there)| {
            let days = here.days_until(there).unsigned_abs() as usize;
            let message = format!(
                "la période {} {verb} le {}, mais le {} dans PRONOTE ({} d’écart)",
                quoted(&ours.code),
                long_date(here),
                long_date(there),
                count(days, "jour", "jours")
            );
            Finding::new(&CODE, Site::value(file, key_path!["periodes", official, key]), message)
                .help(format!("si PRONOTE est juste, écrivez {key} = {there}"))
                .related(
                    Site::value(file, key_path!["pronote", pronote, key]),
                    "la date de PRONOTE",
                )
        })
        .collect()
}
