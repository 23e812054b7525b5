//! Weeks of PFMP of each learner: done, missing, required for the exam; final-year classes first.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::Serialize;

use super::roll::counted;
use super::{D, Frame, Menu, Site, Subject, address, frame, link};
use crate::insight::{Placement, PlacementLine, placement};
use crate::record::Status;
use crate::school::{Class, Ix, Pupil};
use crate::text::short_date;

/// The context of the page of weeks of PFMP.
#[derive(Debug, Serialize)]
pub struct CoveragePage {
    /// Around the page.
    pub frame: Frame,
    /// Classes of the year: those that take the exam first.
    pub classes: Vec<ClassCoverage>,
    /// Way to the periods.
    pub periods: String,
    /// Way to the common rules, which say how many weeks are required.
    pub rules: Option<String>,
}

/// The learners of a class.
#[derive(Debug, Serialize)]
pub struct ClassCoverage {
    /// Name.
    pub name: String,
    /// Anchor.
    pub anchor: String,
    /// Way to the class.
    pub href: String,
    /// Exam session.
    pub session: i16,
    /// Whether the exam is this year.
    pub exam: bool,
    /// Weeks required, when known.
    pub required: Option<i64>,
    /// Titles of the columns: "PFMP 3", "Autres".
    pub columns: Vec<String>,
    /// Learners, by name.
    pub lines: Vec<CoverageLine>,
    /// How many learners will lack weeks with the periods declared.
    pub short: usize,
    /// How many attestations are missing.
    pub proofs: usize,
    /// Apprentices, who have no PFMP.
    pub apprentices: Vec<(String, String)>,
}

/// A learner.
#[derive(Debug, Serialize)]
pub struct CoverageLine {
    /// "DUPONT Léa".
    pub name: String,
    /// Way to the dashboard.
    pub href: String,
    /// The periods of each column.
    pub cells: Vec<Vec<CoverageCell>>,
    /// Weeks done: "16,8".
    pub weeks: String,
    /// Days done: "84".
    pub days: String,
    /// For the bar: half-days done and required.
    pub bar: Option<(u32, u32)>,
    /// Weeks that remain to be done.
    pub left: Option<String>,
    /// Weeks that will lack once the periods declared are over; none when nothing lacks.
    pub short: Option<String>,
}

/// A period of a learner.
#[derive(Debug, Serialize)]
pub struct CoverageCell {
    /// Way to the period.
    pub href: Option<String>,
    /// "PFMP 3, du 04/01/2027 au 30/01/2027".
    pub title: String,
    /// Weeks done, or to do.
    pub weeks: String,
    /// Days done, or to do.
    pub days: String,
    /// Whether it is over.
    pub over: bool,
    /// Whether there is a company.
    pub company: bool,
    /// Days of absence not made up.
    pub absent: Option<String>,
    /// Whether the company is abroad.
    pub abroad: bool,
    /// Whether the attestation is missing.
    pub no_proof: bool,
}

/// Computes the page of weeks of PFMP of a diploma.
pub fn coverage_page(site: &Site<'_>, d: D, at: &str) -> CoveragePage {
    let school = site.school;
    let mut classes: Vec<Ix<Class>> = site.current_classes(d).collect();
    // Stable: within a level the order of names stays.
    classes.sort_by_key(|ix| Reverse(school.classes[*ix].record.niveau));
    classes.sort_by_key(|ix| school.classes[*ix].session());
    CoveragePage {
        frame: frame(site, at, "Semaines de PFMP", Some(d), Some(Menu::Coverage)).wide(),
        classes: classes.into_iter().map(|class| part(site, at, class)).collect(),
        periods: link(at, &address(site, Subject::Periods(d))),
        rules: site.common.map(|d| link(at, &address(site, Subject::CommonRules(d)))),
    }
}

/// The columns: by number in the cycle, then what has none.
fn column(site: &Site<'_>, line: &PlacementLine) -> i64 {
    site.school.periods[line.period].record.numero.as_ref().map_or(i64::MAX, |number| number.0)
}

fn part(site: &Site<'_>, at: &str, class_ix: Ix<Class>) -> ClassCoverage {
    let school = site.school;
    let class = &school.classes[class_ix];
    let to = |subject| link(at, &address(site, subject));
    let (mut pupils, mut apprentices) = (Vec::new(), Vec::new());
    for (ix, status) in counted(school, class_ix) {
        match status {
            Status::School => pupils.push((ix, placement(school, ix))),
            Status::Apprentice => apprentices
                .push((school.pupils[ix].list_name(), to(Subject::Dashboard(class.diploma, ix)))),
        }
    }
    let columns: BTreeSet<i64> = pupils
        .iter()
        .flat_map(|(_, placement)| &placement.lines)
        .map(|line| column(site, line))
        .collect();
    let lines: Vec<CoverageLine> = pupils
        .iter()
        .map(|(ix, placement)| line(site, at, class, *ix, placement, &columns))
        .collect();
    ClassCoverage {
        name: class.record.nom.clone(),
        anchor: format!("c-{}", class.key),
        href: to(Subject::Class(class_ix)),
        session: class.session(),
        exam: class.is_final_year(),
        required: school.required_weeks(class.session()).map(|length| length.semaines.0),
        columns: columns
            .iter()
            .map(|number| match *number {
                i64::MAX => "Autres".to_owned(),
                number => format!("PFMP\u{a0}{number}"),
            })
            .collect(),
        short: lines.iter().filter(|line| line.short.is_some()).count(),
        proofs: lines
            .iter()
            .flat_map(|line| line.cells.iter().flatten())
            .filter(|c| c.no_proof)
            .count(),
        lines,
        apprentices,
    }
}

fn line(
    site: &Site<'_>,
    at: &str,
    class: &Class,
    ix: Ix<Pupil>,
    placement: &Placement,
    columns: &BTreeSet<i64>,
) -> CoverageLine {
    let weeks = |half_days| placement.weeks(half_days);
    let short = placement.half_days_short();
    let cells = columns.iter().map(|number| {
        let lines = placement.lines.iter().filter(|line| column(site, line) == *number);
        lines.map(|line| cell(site, at, placement, line)).collect()
    });
    CoverageLine {
        name: site.school.pupils[ix].list_name(),
        href: link(at, &address(site, Subject::Dashboard(class.diploma, ix))),
        cells: cells.collect(),
        weeks: weeks(placement.half_days_done),
        days: days(placement.half_days_done),
        bar: placement
            .half_days_required()
            .filter(|required| *required > 0)
            .map(|required| (placement.half_days_done.min(required), required)),
        left: placement.half_days_left().map(weeks),
        short: (class.is_final_year() && short > 0).then(|| weeks(short)),
    }
}

fn cell(site: &Site<'_>, at: &str, placement: &Placement, line: &PlacementLine) -> CoverageCell {
    let period = &site.school.periods[line.period];
    let half_days = if line.over {
        line.half_days_done
    } else {
        line.half_days_expected - line.half_days_absent
    };
    CoverageCell {
        href: site
            .has_pages(period.diploma)
            .then(|| link(at, &address(site, Subject::Period(line.period)))),
        title: format!(
            "{}, du {} au {}",
            period.record.titre,
            short_date(period.record.debut),
            short_date(period.record.fin)
        ),
        weeks: placement.weeks(half_days),
        days: days(half_days),
        over: line.over,
        company: line.company,
        absent: (line.half_days_absent > 0).then(|| days(line.half_days_absent)),
        abroad: line.abroad,
        no_proof: line.over && line.company && !line.proof,
    }
}

/// Half-days as days: "19,5".
fn days(half_days: u32) -> String {
    let half = if half_days % 2 == 1 { ",5" } else { "" };
    format!("{}{half}", half_days / 2)
}
