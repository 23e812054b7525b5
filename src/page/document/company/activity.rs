//! A fiche d’activité: one significant activity, on one page (POR-03).

use serde::Serialize;

use super::stay::words_of;
use super::{
    HostHead, PeriodHead, TraineeHead, TutorHead, host, period_head, trainee, tutor, week_dates,
};
use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::page::portfolio::span;
use crate::page::{Day, Site};
use crate::record::Status;
use crate::school::{Ix, Period, Portfolio};
use crate::text::characters;

/// The context of a printed fiche.
#[derive(Debug, Serialize)]
pub struct ActivitySheetPage {
    /// Around the document.
    pub sheet: SheetFrame,
    /// The learner.
    pub trainee: TraineeHead,
    /// The period.
    pub period: PeriodHead,
    /// The company, once known.
    pub host: Option<HostHead>,
    /// The tutor, once known.
    pub tutor: Option<TutorHead>,
    /// The fiche; none beyond those written, to fill one with a pen.
    pub fiche: Option<FichePart>,
}

/// A fiche.
#[derive(Debug, Serialize)]
pub struct FichePart {
    /// "Semaine 2, du 18 au 22 janvier 2027"; the dates of the period for an apprentice.
    pub when: String,
    /// Number.
    pub number: i64,
    /// Title of the activity.
    pub title: String,
    /// When it was written.
    pub written: Day,
    /// Whether that was after the period.
    pub late: bool,
    /// The text.
    pub text: String,
    /// Tasks: code and words.
    pub tasks: Vec<(String, String)>,
    /// "", "dense" or "menu": how small a long text is printed, so that one page holds it.
    pub size: &'static str,
}

/// Characters of a line, and lines of a page beside what always stands on it, at the two larger of
/// the three sizes; a page of the smallest holds about 6,000 characters.
const ROOM: [(usize, usize, &str); 2] = [(95, 26, ""), (110, 33, "dense")];

/// How small a text must be for one page: from the lines that its paragraphs and its tasks fill.
fn size(text: &str, tasks: &[(String, String)]) -> &'static str {
    let fits = |width: usize, room: usize| {
        let lines = text.lines().map(|line| characters(line).div_ceil(width).max(1));
        let tasks = tasks.iter().map(|(_, words)| (characters(words) + 9).div_ceil(width));
        lines.chain(tasks).sum::<usize>() <= room
    };
    ROOM.iter().find(|(width, room, _)| fits(*width, *room)).map_or("menu", |(_, _, name)| name)
}

/// The place of a fiche in the period, in words.
fn when(period: &Period, number: i64) -> String {
    if period.status() == Status::Apprentice {
        return format!("Période {}", span(period.record.debut, period.record.fin));
    }
    let weeks = period.weeks();
    let week = weeks.iter().find(|week| i64::try_from(week.number) == Ok(number));
    match week {
        Some(week) => format!("Semaine {number}, {}", week_dates(week)),
        None => format!("Semaine {number}, hors de la période"),
    }
}

/// The fiches of a portfolio, in the order of the record: its place is the name of each.
pub(super) fn activities(
    site: &Site<'_>,
    period: &Period,
    portfolio: Option<&Portfolio>,
) -> Vec<FichePart> {
    let referential = &site.school.referentials[period.diploma];
    let all = portfolio.into_iter().flat_map(|own| own.record.fiches.iter().zip(&own.sheet_tasks));
    all.map(|(fiche, tasks)| {
        let tasks = words_of(referential, tasks);
        FichePart {
            when: when(period, fiche.numero.0),
            number: fiche.numero.0,
            title: fiche.titre.clone(),
            written: fiche.saisi_le.into(),
            late: Portfolio::is_late(fiche.saisi_le, period),
            size: size(&fiche.texte.0, &tasks),
            text: fiche.texte.0.clone(),
            tasks,
        }
    })
    .collect()
}

/// The fiches of a period that are not written, in words.
pub(super) fn missing(period: &Period, fiches: &[FichePart]) -> Vec<String> {
    let expected = 1..=i64::try_from(period.expected_sheets()).unwrap_or(0);
    let written = |number: &i64| fiches.iter().any(|fiche| fiche.number == *number);
    expected.filter(|number| !written(number)).map(|number| when(period, number)).collect()
}

/// Computes a printed fiche, by its place in the record from 0.
pub fn activity_sheet_page(desk: &Desk<'_>, ix: Ix<Portfolio>, place: usize) -> ActivitySheetPage {
    let (site, school) = (desk.site, desk.site.school);
    let portfolio = &school.portfolios[ix];
    let period = &school.periods[portfolio.period];
    let fiche = activities(site, period, Some(portfolio)).into_iter().nth(place);
    let trainee = trainee(site, portfolio.pupil, period);
    let about = match &trainee.class {
        Some(class) => format!("{}, {class}", trainee.name),
        None => trainee.name.clone(),
    };
    let frame = sheet_frame(
        desk,
        "Fiche d’activité",
        Some(about),
        Some(period.diploma),
        [&*portfolio.file],
    );
    ActivitySheetPage {
        sheet: frame.of_year(period.year),
        trainee,
        period: period_head(site, portfolio.period, portfolio.pupil),
        host: portfolio.record.entreprise.as_ref().map(host),
        tutor: portfolio.record.tuteur.as_ref().map(tutor),
        fiche,
    }
}
