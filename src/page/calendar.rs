//! The calendar of each year: official periods, PFMP, deadlines, periodicity of the livret.

use serde::Serialize;

use super::{Frame, Site, Subject, address, frame, link};
use crate::insight::official_periods;
use crate::record::{Calendar, OfficialPeriod, PfmpDates, PronotePeriod, StudyLevel};
use crate::school::{Class, Ix, Year};
use crate::text::{Date, SchoolYear, and_list, count, short_date};

/// The context of the calendar.
#[derive(Debug, Serialize)]
pub struct CalendarPage {
    /// Around the page.
    pub frame: Frame,
    /// "2026-2027".
    pub current: String,
    /// Years, the current one first, then from the latest to the earliest.
    pub years: Vec<YearPart>,
    /// Bars of the drawing of the current year, when its calendar is known.
    #[serde(skip)]
    pub timeline: Option<Timeline>,
}

/// One year.
#[derive(Debug, Serialize)]
pub struct YearPart {
    /// "2026-2027".
    pub year: String,
    /// "du 01/09/2026 au 02/07/2027"; none when nobody made the calendar.
    pub dates: Option<String>,
    /// Official periods.
    pub periods: Vec<PeriodLine>,
    /// Whether PRONOTE's periods were entered.
    pub has_pronote: bool,
    /// Periods of PRONOTE that match no official one.
    pub strays: Vec<String>,
    /// PFMP.
    pub pfmp: Vec<PfmpLine>,
    /// Deadlines.
    pub deadlines: Vec<DeadlineLine>,
    /// Levels of the table of periodicity.
    pub lsl_levels: Vec<&'static str>,
    /// Periodicity by diploma: acronym, then one entry a level.
    pub lsl: Vec<(String, Vec<Option<&'static str>>)>,
    /// Way to change it.
    pub edit: Option<String>,
}

/// An official period.
#[derive(Debug, Serialize)]
pub struct PeriodLine {
    /// "1er semestre".
    pub title: String,
    /// Code.
    pub code: String,
    /// "du … au …".
    pub dates: String,
    /// The classes it holds for.
    pub holds_for: String,
    /// What PRONOTE has; none when nothing was entered.
    pub pronote: Option<Comparison>,
}

/// An official period beside PRONOTE's.
#[derive(Debug, Serialize)]
pub struct Comparison {
    /// Whether the dates are the same.
    pub same: bool,
    /// What differs, in words.
    pub words: String,
}

/// A PFMP.
#[derive(Debug, Serialize)]
pub struct PfmpLine {
    /// "PFMP 3".
    pub title: String,
    /// "Première".
    pub level: &'static str,
    /// "du … au …".
    pub dates: String,
    /// "tous les diplômes", "MCV A et MA".
    pub diplomas: String,
    /// "3 semaines".
    pub length: String,
    /// The periods declared for it: acronym of the diploma and way to each.
    pub declared: Vec<(String, String)>,
}

/// A deadline.
#[derive(Debug, Serialize)]
pub struct DeadlineLine {
    /// "E31", "toutes les épreuves".
    pub exam: String,
    /// Acronym.
    pub diploma: String,
    /// "28/05/2027".
    pub date: String,
    /// Date for machines.
    pub iso_date: String,
    /// Remark.
    pub note: Option<String>,
}

/// The drawing of a year: bars between dates.
#[derive(Debug)]
pub struct Timeline {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Official periods: label and dates.
    pub periods: Vec<Bar>,
    /// PFMP by level: label and dates.
    pub rows: Vec<(StudyLevel, Vec<Bar>)>,
}

/// A label and its first and last day.
pub type Bar = (String, Date, Date);

/// Computes the calendar.
pub fn calendar_page(site: &Site<'_>, at: &str) -> CalendarPage {
    let school = site.school;
    let current = school.current_year();
    let mut years: Vec<&Year> = school.years.iter().rev().collect();
    years.sort_by_key(|year| year.year != current);
    let timeline = school
        .year(current)
        .and_then(|year| year.calendar.as_ref())
        .map(|calendar| timeline(&calendar.record));
    CalendarPage {
        frame: frame(site, at, format!("Calendrier {current}"), None, None),
        current: current.to_string(),
        years: years.into_iter().map(|year| year_part(site, at, year)).collect(),
        timeline,
    }
}

fn year_part(site: &Site<'_>, at: &str, year: &Year) -> YearPart {
    let Some(calendar) = &year.calendar else {
        return YearPart {
            year: year.year.to_string(),
            dates: None,
            periods: Vec::new(),
            has_pronote: false,
            strays: Vec::new(),
            pfmp: Vec::new(),
            deadlines: Vec::new(),
            lsl_levels: Vec::new(),
            lsl: Vec::new(),
            edit: None,
        };
    };
    let record = &calendar.record;
    let held: Vec<Vec<Ix<Class>>> =
        record.periodes.iter().map(|period| classes_of(site, year, period)).collect();
    let (lsl_levels, lsl) = periodicity(site, year, record);
    YearPart {
        year: year.year.to_string(),
        dates: Some(span(record.debut, record.fin)),
        periods: record
            .periodes
            .iter()
            .zip(&held)
            .map(|(period, held)| PeriodLine {
                title: period.intitule.clone(),
                code: period.code.clone(),
                dates: span(period.debut, period.fin),
                holds_for: holds_for(site, year, held),
                pronote: (!record.pronote.is_empty())
                    .then(|| compare(site, period, held, &record.pronote)),
            })
            .collect(),
        has_pronote: !record.pronote.is_empty(),
        strays: strays(record),
        pfmp: pfmp(site, at, year, record),
        deadlines: deadlines(site, record),
        lsl_levels,
        lsl,
        edit: super::edit_link(site, &calendar.file),
    }
}

/// The classes of a year for which a period holds.
fn classes_of(site: &Site<'_>, year: &Year, period: &OfficialPeriod) -> Vec<Ix<Class>> {
    let holds = |class: &Ix<Class>| {
        official_periods(site.school, &site.school.classes[*class])
            .into_iter()
            .any(|other| std::ptr::eq(other, period))
    };
    year.classes.iter().copied().filter(holds).collect()
}

fn holds_for(site: &Site<'_>, year: &Year, held: &[Ix<Class>]) -> String {
    if held.is_empty() {
        return "aucune classe".to_owned();
    }
    if held.len() == year.classes.len() {
        return "toutes les classes".to_owned();
    }
    let names: Vec<&str> =
        held.iter().map(|class| site.school.classes[*class].record.nom.as_str()).collect();
    and_list(&names)
}

/// An official period beside those of PRONOTE with the same code (PER-02).
fn compare(
    site: &Site<'_>,
    period: &OfficialPeriod,
    held: &[Ix<Class>],
    pronote: &[PronotePeriod],
) -> Comparison {
    let about = |other: &&PronotePeriod| {
        other.code == period.code
            && other.classes.as_ref().is_none_or(|classes| {
                held.iter().any(|class| {
                    let key = &site.school.classes[*class].key;
                    classes.iter().any(|other| other.0 == *key)
                })
            })
    };
    let mut differences: Vec<String> = Vec::new();
    let mut found = false;
    for other in pronote.iter().filter(about) {
        found = true;
        let start = gap("début", period.debut, other.debut);
        let end = gap("fin", period.fin, other.fin);
        differences.extend(start.into_iter().chain(end));
    }
    differences.dedup();
    if !found {
        return Comparison { same: false, words: "absente de PRONOTE".to_owned() };
    }
    if differences.is_empty() {
        Comparison { same: true, words: "mêmes dates".to_owned() }
    } else {
        Comparison { same: false, words: differences.join(" ; ") }
    }
}

/// "fin : 1 jour plus tard (18/06/2027)".
fn gap(what: &str, ours: Date, theirs: Date) -> Option<String> {
    let days = ours.days_until(theirs);
    if days == 0 {
        return None;
    }
    let length = count(days.unsigned_abs() as usize, "jour", "jours");
    let side = if days > 0 { "plus tard" } else { "plus tôt" };
    Some(format!("{what}\u{a0}: {length} {side} ({})", short_date(theirs)))
}

fn strays(record: &Calendar) -> Vec<String> {
    record
        .pronote
        .iter()
        .filter(|other| !record.periodes.iter().any(|period| period.code == other.code))
        .map(|other| format!("{}, {}", other.code, span(other.debut, other.fin)))
        .collect()
}

fn pfmp(site: &Site<'_>, at: &str, year: &Year, record: &Calendar) -> Vec<PfmpLine> {
    let mut dates: Vec<_> = record.pfmp.iter().collect();
    dates.sort_by_key(|pfmp| (pfmp.niveau, pfmp.numero.0, pfmp.debut));
    dates
        .into_iter()
        .map(|pfmp| PfmpLine {
            title: format!("PFMP\u{a0}{}", pfmp.numero.0),
            level: pfmp.niveau.label(),
            dates: span(pfmp.debut, pfmp.fin),
            diplomas: pfmp.diplomes.as_ref().map_or_else(
                || "tous les diplômes".to_owned(),
                |codes| {
                    let names: Vec<String> = codes.iter().map(|code| sigle(site, code)).collect();
                    and_list(&names)
                },
            ),
            length: length(pfmp.debut, pfmp.fin),
            declared: declared(site, at, year, pfmp),
        })
        .collect()
}

/// The periods declared for a PFMP, in the order of diplomas.
fn declared(site: &Site<'_>, at: &str, year: &Year, pfmp: &PfmpDates) -> Vec<(String, String)> {
    let periods = site.school.periods.iter().filter(|(_, period)| {
        period.year == year.year
            && period.record.niveau == pfmp.niveau
            && !period.record.apprentis
            && period.record.numero.as_ref().is_some_and(|number| number.0 == pfmp.numero.0)
            && pfmp.diplomes.as_ref().is_none_or(|codes| codes.contains(&period.record.diplome))
            && site.has_pages(period.diploma)
    });
    let mut list: Vec<(String, String)> = periods
        .map(|(ix, period)| {
            let sigle = site.school.referentials[period.diploma].record.sigle.clone();
            (sigle, link(at, &address(site, Subject::Period(ix))))
        })
        .collect();
    list.sort_by(|a, b| site.collation.compare(&a.0, &b.0).then_with(|| a.1.cmp(&b.1)));
    list
}

/// The number of calendar weeks that a period touches.
fn length(from: Date, to: Date) -> String {
    let days = usize::try_from(from.days_until(to)).map_or(0, |days| days + 1);
    count(days.div_ceil(7), "semaine", "semaines")
}

fn deadlines(site: &Site<'_>, record: &Calendar) -> Vec<DeadlineLine> {
    let mut list: Vec<_> = record.certification.iter().collect();
    list.sort_by(|a, b| {
        let key =
            |deadline: &crate::record::Deadline| (deadline.date_limite, deadline.diplome.0.clone());
        key(a).cmp(&key(b)).then_with(|| a.epreuve.cmp(&b.epreuve))
    });
    list.into_iter()
        .map(|deadline| DeadlineLine {
            exam: deadline.epreuve.clone().unwrap_or_else(|| "toutes les épreuves".to_owned()),
            diploma: sigle(site, &deadline.diplome),
            date: short_date(deadline.date_limite),
            iso_date: deadline.date_limite.to_string(),
            note: deadline.note.clone(),
        })
        .collect()
}

type Periodicities = (Vec<&'static str>, Vec<(String, Vec<Option<&'static str>>)>);

/// The periodicity of the livret by diploma and level: levels that have classes or a setting.
fn periodicity(site: &Site<'_>, year: &Year, record: &Calendar) -> Periodicities {
    const LEVELS: [StudyLevel; 2] = [StudyLevel::Premiere, StudyLevel::Terminale];
    let mut codes: Vec<&str> = record.lsl.iter().map(|line| line.diplome.0.as_str()).collect();
    for class in &year.classes {
        let class = &site.school.classes[*class];
        if LEVELS.contains(&class.record.niveau) {
            codes.push(&site.school.referentials[class.diploma].code);
        }
    }
    codes.sort_by(|a, b| site.collation.compare(&sigle(site, a), &sigle(site, b)));
    codes.dedup();
    let of = |code: &str, level: StudyLevel| {
        let line = record.lsl.iter().find(|line| line.diplome.0 == code && line.niveau == level)?;
        Some(line.periodicite.label())
    };
    let rows = codes
        .into_iter()
        .map(|code| (sigle(site, code), LEVELS.iter().map(|level| of(code, *level)).collect()))
        .collect();
    (LEVELS.iter().map(|level| level.label()).collect(), rows)
}

/// The periodicity set for a diploma and level in a year (PER-05, PER-06).
pub(super) fn periodicity_of(
    site: &Site<'_>,
    year: SchoolYear,
    code: &str,
    level: StudyLevel,
) -> Option<&'static str> {
    let calendar = site.school.year(year)?.calendar.as_ref()?;
    let mut lines = calendar.record.lsl.iter();
    let line = lines.find(|line| line.diplome.0 == code && line.niveau == level)?;
    Some(line.periodicite.label())
}

fn sigle(site: &Site<'_>, code: &str) -> String {
    let found = site.school.referential(code);
    found.map_or_else(|| code.to_owned(), |ix| site.school.referentials[ix].record.sigle.clone())
}

fn span(from: Date, to: Date) -> String {
    format!("du {} au {}", short_date(from), short_date(to))
}

fn timeline(record: &Calendar) -> Timeline {
    let mut rows: Vec<(StudyLevel, Vec<Bar>)> = Vec::new();
    let mut pfmp: Vec<_> = record.pfmp.iter().collect();
    pfmp.sort_by_key(|pfmp| (pfmp.niveau, pfmp.numero.0, pfmp.debut));
    for dates in pfmp {
        let bar = (format!("PFMP\u{a0}{}", dates.numero.0), dates.debut, dates.fin);
        match rows.last_mut().filter(|(level, _)| *level == dates.niveau) {
            Some((_, bars)) => bars.push(bar),
            None => rows.push((dates.niveau, vec![bar])),
        }
    }
    let periods =
        record.periodes.iter().map(|period| (period.intitule.clone(), period.debut, period.fin));
    Timeline { from: record.debut, to: record.fin, periods: periods.collect(), rows }
}
