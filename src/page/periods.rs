//! The periods in companies of a diploma: this year's by level, then those of former years.

use serde::Serialize;

use super::period_line::{Clash, InCompany, clashes, declared, period_line, periods_of, planned};
use super::{D, Day, Frame, Menu, Site, Subject, address, frame, link};

/// The context of the list of periods.
#[derive(Debug, Serialize)]
pub struct PeriodsPage {
    /// Around the page.
    pub frame: Frame,
    /// Levels that have a period this year, or one in the calendar.
    pub levels: Vec<PeriodLevel>,
    /// Periods that get in each other's way this year.
    pub clashes: Vec<Clash>,
    /// Former years, latest first.
    pub former: Vec<PeriodYear>,
    /// Way to the annexes.
    pub annexes: String,
    /// Way to the weeks of PFMP.
    pub coverage: String,
    /// Way to the calendar.
    pub calendar: String,
}

/// The periods of a level.
#[derive(Debug, Serialize)]
pub struct PeriodLevel {
    /// "Première".
    pub label: &'static str,
    /// "premiere".
    pub anchor: &'static str,
    /// Its periods.
    pub periods: Vec<InCompany>,
    /// The PFMP of the calendar that no period declares yet.
    pub undeclared: Vec<Undeclared>,
    /// Way to the annexes of the level, from which periods are made.
    pub annexes: String,
}

/// A PFMP of the calendar that is still to be declared.
#[derive(Debug, Serialize)]
pub struct Undeclared {
    /// Number in the cycle.
    pub number: i64,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// The periods of a former year.
#[derive(Debug, Serialize)]
pub struct PeriodYear {
    /// "2025-2026".
    pub year: String,
    /// How many it has.
    pub count: usize,
    /// Its periods, by level.
    pub levels: Vec<(&'static str, Vec<InCompany>)>,
}

/// Computes the list of periods of a diploma.
pub fn periods_page(site: &Site<'_>, d: D, at: &str) -> PeriodsPage {
    let school = site.school;
    let year = school.current_year();
    let annexes = link(at, &address(site, Subject::Annexes(d)));
    let (mut levels, mut former): (Vec<PeriodLevel>, Vec<PeriodYear>) = (Vec::new(), Vec::new());
    let plan = planned(site, d);
    let ours: Vec<_> = periods_of(site, d);
    let classes: Vec<_> =
        site.current_classes(d).map(|class| school.classes[class].record.niveau).collect();
    for level in crate::record::StudyLevel::ALL {
        let of_level = ours.iter().copied().filter(|ix| {
            let period = &school.periods[*ix];
            period.year == year && period.record.niveau == *level
        });
        let periods: Vec<InCompany> = of_level.map(|ix| period_line(site, at, ix)).collect();
        if periods.is_empty() && !classes.contains(level) {
            continue;
        }
        let missing = plan
            .iter()
            .filter(|pfmp| pfmp.level == *level && classes.contains(level))
            .filter(|pfmp| declared(site, d, **pfmp).is_empty());
        let there = school.annexes.values().iter();
        let has_annex = there.filter(|annex| annex.diploma == d).any(|annex| annex.level == *level)
            || school.referentials[d].record.niveaux.contains(level);
        levels.push(PeriodLevel {
            label: level.label(),
            anchor: level.as_str(),
            periods,
            undeclared: missing
                .map(|pfmp| Undeclared {
                    number: pfmp.number,
                    from: pfmp.from.into(),
                    to: pfmp.to.into(),
                })
                .collect(),
            annexes: if has_annex {
                format!("{annexes}#{}", level.as_str())
            } else {
                annexes.clone()
            },
        });
    }
    for ix in ours.into_iter().filter(|ix| school.periods[*ix].year != year) {
        let name = school.periods[ix].year.to_string();
        if former.last().is_none_or(|last| last.year != name) {
            former.push(PeriodYear { year: name, count: 0, levels: Vec::new() });
        }
        let Some(last) = former.last_mut() else { continue };
        let line = period_line(site, at, ix);
        last.count += 1;
        match last.levels.last_mut().filter(|(level, _)| *level == line.level) {
            Some((_, periods)) => periods.push(line),
            None => last.levels.push((line.level, vec![line])),
        }
    }
    PeriodsPage {
        frame: frame(site, at, "Périodes en entreprise", Some(d), Some(Menu::Periods)),
        levels,
        clashes: clashes(site, at, d, year, None),
        former,
        annexes,
        coverage: link(at, &address(site, Subject::Coverage(d))),
        calendar: link(at, &address(site, Subject::Calendar)),
    }
}
