//! The classes of a diploma on the console: periods, reviews, livrets, PFMP, grids.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::insight::console::{day_of_year, present_on};
use crate::insight::{livret_candidates, livret_state, official_periods, placement, recap};
use crate::page::progress::{Progress, progress};
use crate::page::{D, Site, Subject, address, link};
use crate::school::{Class, Ix};
use crate::text::short_date;

/// The classes of a diploma.
#[derive(Debug, Serialize)]
pub struct DiplomaPart {
    /// Acronym.
    pub sigle: String,
    /// Anchor.
    pub anchor: String,
    /// Way to its home.
    pub href: String,
    /// One line a class.
    pub classes: Vec<ConsoleClass>,
}

/// A class of the console.
#[derive(Debug, Serialize)]
pub struct ConsoleClass {
    /// Name.
    pub name: String,
    /// Way to it.
    pub href: String,
    /// "Première".
    pub level: &'static str,
    /// "1er semestre, du … au …", one a period; empty when nobody set them (CON-04).
    pub periods: Vec<String>,
    /// Reviews of the periods begun, the last one first (CON-05).
    pub progress: Vec<Progress>,
    /// Complete livrets, and all livrets to fill; none when the class has no livret.
    pub livrets: Option<(usize, usize)>,
    /// Pupils whose periods add up to the weeks of PFMP that the exam requires, and all pupils it
    /// requires them of; none before the final year.
    pub placements: Option<(usize, usize)>,
    /// Grids closed by their commissions, and all grids; none before the final year.
    pub grids: Option<(usize, usize)>,
}

pub(super) fn diploma_part(site: &Site<'_>, at: &str, d: D) -> DiplomaPart {
    let school = site.school;
    let grids = grids(site, d);
    let class_line = |ix: Ix<Class>| {
        let class = &school.classes[ix];
        let periods = official_periods(school, class);
        let words = |period: &&crate::record::OfficialPeriod| {
            let (from, to) = (short_date(period.debut), short_date(period.fin));
            format!("{}, du {from} au {to}", period.intitule)
        };
        let begun = periods.iter().filter(|period| period.debut <= site.today).count();
        let mut progress = progress(site, at, ix);
        progress.truncate(begun);
        progress.reverse();
        ConsoleClass {
            name: class.record.nom.clone(),
            href: link(at, &address(site, Subject::Class(ix))),
            level: class.record.niveau.label(),
            periods: periods.iter().map(words).collect(),
            progress,
            livrets: livrets(site, ix),
            placements: placements(site, ix),
            grids: grids.get(&ix).copied(),
        }
    };
    DiplomaPart {
        sigle: school.referentials[d].record.sigle.clone(),
        anchor: school.referentials[d].code.clone(),
        href: link(at, &address(site, Subject::Diploma(d))),
        classes: site.current_classes(d).map(class_line).collect(),
    }
}

fn livrets(site: &Site<'_>, ix: Ix<Class>) -> Option<(usize, usize)> {
    let school = site.school;
    let year = school.classes[ix].year;
    let states: Vec<_> = livret_candidates(school, ix)
        .into_iter()
        .filter_map(|pupil| livret_state(school, pupil, year))
        .collect();
    let complete = states.iter().filter(|state| state.is_complete()).count();
    (!states.is_empty()).then_some((complete, states.len()))
}

fn placements(site: &Site<'_>, ix: Ix<Class>) -> Option<(usize, usize)> {
    let school = site.school;
    if !school.classes[ix].is_final_year() {
        return None;
    }
    let pupils = present_on(school, ix, day_of_year(school, site.today));
    let counts: Vec<_> = pupils
        .into_iter()
        .map(|pupil| placement(school, pupil))
        .filter(|placement| placement.required_weeks.is_some())
        .collect();
    let enough = counts.iter().filter(|placement| placement.half_days_short() == 0).count();
    (!counts.is_empty()).then_some((enough, counts.len()))
}

/// Grids closed and all grids of the classes that take the exam of a diploma this year.
fn grids(site: &Site<'_>, d: D) -> BTreeMap<Ix<Class>, (usize, usize)> {
    let mut found: BTreeMap<Ix<Class>, (usize, usize)> = BTreeMap::new();
    for line in recap(site.school, d, site.school.current_year().0 + 1).lines {
        let closed = line.cells.iter().filter(|cell| cell.state.locked).count();
        let sum = found.entry(line.class).or_default();
        *sum = (sum.0 + closed, sum.1 + line.cells.len());
    }
    found.retain(|_, (_, all)| *all > 0);
    found
}
