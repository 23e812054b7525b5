//! PORT-DATE: what a learner writes is dated neither before it happened nor a year too late.

use crate::diagnostic::{Code, Finding, KeyPath, Severity, Site, key_path};
use crate::school::{Period, Portfolio, School, Week};
use crate::text::{Date, long_date, quoted};

pub(super) static CODE: Code = Code {
    name: "PORT-DATE",
    severity: Severity::Error,
    summary: "Une entrée du portfolio n’est datée ni d’avant sa semaine, ni d’un an après la période",
    explanation: "On ne raconte pas une semaine avant qu’elle commence : une telle date est une faute de \
        frappe, comme une année écrite pour une autre. Une entrée écrite après la fin de la période n’est pas \
        une faute : la page la marque « en retard » (POR-09).",
    wrong: "[[journal]]\nsemaine = 1\nsaisi_le = 2026-01-15   # la période commence le 11 janvier 2027",
    right: "[[journal]]\nsemaine = 1\nsaisi_le = 2027-01-15",
};

/// Beyond so many days after the period, the year is taken for a slip.
const MOST_LATE: i32 = 366;

pub(super) fn check(school: &School) -> Vec<Finding> {
    let portfolios = school.portfolios.values().iter();
    portfolios.flat_map(|portfolio| of_portfolio(school, portfolio)).collect()
}

fn of_portfolio(school: &School, portfolio: &Portfolio) -> Vec<Finding> {
    let period = &school.periods[portfolio.period];
    let record = &portfolio.record;
    let weeks = period.weeks();
    if weeks.is_empty() {
        return Vec::new();
    }
    let week = |number: i64| {
        weeks.iter().find(|week| usize::try_from(number).is_ok_and(|number| number == week.number))
    };
    let mut dates: Vec<(Date, KeyPath, Option<&Week>)> = Vec::new();
    for (n, entry) in record.journal.iter().enumerate() {
        dates.push((entry.saisi_le, key_path!["journal", n, "saisi_le"], week(entry.semaine.0)));
    }
    for (n, sheet) in record.fiches.iter().enumerate() {
        // A fiche may tell of an activity that is being prepared: the start of the period counts.
        dates.push((sheet.saisi_le, key_path!["fiches", n, "saisi_le"], None));
    }
    if let Some(review) = &record.bilan_personnel {
        dates.push((review.saisi_le, key_path!["bilan_personnel", "saisi_le"], None));
    }
    let found = dates.into_iter();
    found.filter_map(|(date, path, week)| judge(period, portfolio, date, path, week)).collect()
}

fn judge(
    period: &Period,
    portfolio: &Portfolio,
    date: Date,
    path: KeyPath,
    week: Option<&Week>,
) -> Option<Finding> {
    let (start, end) = (period.record.debut, period.record.fin);
    let message = if date < start {
        format!(
            "cette entrée serait écrite le {}, avant le début de la période {}, le {}",
            long_date(date),
            quoted(&period.record.titre),
            long_date(start)
        )
    } else if let Some(week) = week.filter(|week| date < week.from) {
        format!(
            "la semaine {} commence le {} : elle n’a pas pu être racontée le {}",
            week.number,
            long_date(week.from),
            long_date(date)
        )
    } else if end.days_until(date) > MOST_LATE {
        format!(
            "cette entrée serait écrite le {}, plus d’un an après la fin de la période {}",
            long_date(date),
            quoted(&period.record.titre)
        )
    } else {
        return None;
    };
    let dates = Site::value(&period.file, key_path!["debut"]);
    Some(
        Finding::new(&CODE, Site::value(&portfolio.file, path), message)
            .help("corrigez la date, ou le numéro de la semaine")
            .related(dates, "le début de la période"),
    )
}
