//! The attestation récapitulative de PFMP: the header, the six rows and the totals that the exam asks for.

use serde::Serialize;

use super::numbers::{days_number, half_days_words, weeks_count};
use super::{HostHead, host};
use crate::insight::{Placement, PlacementLine, placement};
use crate::page::D;
use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::record::StudyLevel;
use crate::school::{Ix, Pupil, School};
use crate::text::short_date;

/// The context of an attestation récapitulative.
#[derive(Debug, Serialize)]
pub struct PlacementRecapSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// "DUPONT Léa".
    pub name: String,
    /// "née le 14 mars 2009".
    pub born: String,
    /// Number of the candidate, once known.
    pub number: Option<String>,
    /// Exam session.
    pub session: Option<i16>,
    /// Last class.
    pub class: Option<String>,
    /// Length of the cycle, as far as the records tell: three years from a seconde on.
    pub cycle: Option<u8>,
    /// The six rows, or more.
    pub rows: Vec<RecapLine>,
    /// Whether an earlier row is left to a pen: a period done in another establishment.
    pub holes: bool,
    /// Days done on the cycle: "84,5".
    pub days: String,
    /// Weeks done on the cycle: "16,9".
    pub weeks: String,
    /// What is required, done and missing, in sentences.
    pub words: Vec<String>,
}

/// A row; an empty one is filled with a pen.
#[derive(Debug, Default, Serialize)]
pub struct RecapLine {
    /// "PFMP 3"; empty for a period without number.
    pub label: String,
    /// First and last day: "11/01/2027", "05/02/2027".
    pub dates: Option<(String, String)>,
    /// Weeks done: "3,8".
    pub weeks: Option<String>,
    /// Days done: "19".
    pub days: Option<String>,
    /// The company.
    pub host: Option<HostHead>,
    /// What is to be known of it.
    pub remarks: Vec<String>,
}

/// How many rows the official form has.
const ROWS: usize = 6;

/// Computes the attestation récapitulative of a learner.
pub fn placement_recap_sheet(desk: &Desk<'_>, d: D, ix: Ix<Pupil>) -> PlacementRecapSheet {
    let (site, school) = (desk.site, desk.site.school);
    let pupil = &school.pupils[ix];
    let all = placement(school, ix);
    let class = site.last_class(d, ix).map(|class| school.classes[class].record.nom.clone());
    let name = pupil.list_name();
    let about = match &class {
        Some(class) => format!("{name}, {class}"),
        None => name.clone(),
    };
    let periods = all.lines.iter().map(|line| &*school.periods[line.period].file);
    let own = pupil.portfolios.iter().map(|own| &*school.portfolios[*own].file);
    let shown = std::iter::once(&*pupil.file).chain(periods).chain(own);
    let frame =
        sheet_frame(desk, "Attestation récapitulative de PFMP", Some(about), Some(d), shown);
    let rows = rows(school, ix, &all);
    let last = rows.iter().rposition(|row| row.dates.is_some()).unwrap_or(0);
    let began_here = pupil
        .stays
        .iter()
        .any(|stay| school.classes[stay.class].record.niveau == StudyLevel::Seconde);
    PlacementRecapSheet {
        sheet: frame,
        born: super::born(pupil),
        number: pupil.record.numero_candidat.clone(),
        session: all.session,
        class,
        cycle: began_here.then_some(3),
        holes: rows.iter().take(last).any(|row| row.dates.is_none()),
        rows,
        days: days_number(all.half_days_done),
        weeks: all.weeks(all.half_days_done),
        words: words(&all),
        name,
    }
}

/// Each period in the row of its number, so that those done elsewhere find theirs; in time order when
/// numbers lack or meet.
fn rows(school: &School, pupil: Ix<Pupil>, all: &Placement) -> Vec<RecapLine> {
    let number = |line: &PlacementLine| {
        let number = school.periods[line.period].record.numero.as_ref()?;
        usize::try_from(number.0).ok()
    };
    let numbers: Vec<Option<usize>> = all.lines.iter().map(number).collect();
    let by_number = numbers.iter().all(Option::is_some) && numbers.is_sorted_by(|a, b| a < b);
    let highest = numbers.last().copied().flatten().filter(|_| by_number);
    let last = highest.unwrap_or(all.lines.len());
    let mut rows: Vec<RecapLine> = Vec::new();
    rows.resize_with(last.max(ROWS), RecapLine::default);
    for (place, one) in all.lines.iter().enumerate() {
        let place =
            number(one).filter(|_| by_number).map_or(place, |number| number.saturating_sub(1));
        if let Some(row) = rows.get_mut(place) {
            *row = line(school, pupil, all, one);
        }
    }
    if by_number {
        for (place, row) in rows.iter_mut().enumerate() {
            row.label = format!("PFMP {}", place + 1);
        }
    }
    rows
}

fn line(school: &School, pupil: Ix<Pupil>, all: &Placement, line: &PlacementLine) -> RecapLine {
    let period = &school.periods[line.period];
    let portfolio = school.portfolio(pupil, line.period).map(|own| &school.portfolios[own]);
    let company = portfolio.and_then(|own| own.record.entreprise.as_ref());
    let counted = line.over && line.company;
    let mut remarks = Vec::new();
    if line.half_days_absent > 0 {
        let missed = half_days_words(line.half_days_absent);
        let word = if line.half_days_absent < 2 { "rattrapée" } else { "rattrapées" };
        remarks.push(format!("{missed} d’absence non {word}"));
    }
    if line.abroad {
        remarks.push("à l’étranger".to_owned());
    }
    match (line.over, line.company, line.proof) {
        (false, ..) => remarks.push("à venir ou en cours, non comptée".to_owned()),
        (true, false, _) => remarks.push("sans entreprise, non comptée".to_owned()),
        (true, true, false) => remarks.push("attestation de l’entreprise à recevoir".to_owned()),
        (true, true, true) => {}
    }
    RecapLine {
        label: String::new(),
        dates: Some((short_date(period.record.debut), short_date(period.record.fin))),
        weeks: counted.then(|| all.weeks(line.half_days_done)),
        days: counted.then(|| days_number(line.half_days_done)),
        host: company.map(host),
        remarks,
    }
}

/// What is required, done and missing.
fn words(all: &Placement) -> Vec<String> {
    let weeks = |half_days| weeks_count(half_days, all.days_per_week);
    let done = weeks(all.half_days_done);
    let (Some(required), Some(left)) = (all.half_days_required(), all.half_days_left()) else {
        return vec![format!("Fait à ce jour\u{202f}: {done}.")];
    };
    let session =
        all.session.map_or_else(String::new, |session| format!(" de la session {session}"));
    let mut words = vec![format!(
        "L’examen{session} exige {}. Fait à ce jour\u{202f}: {done}.",
        weeks(required)
    )];
    if left == 0 {
        words.push("La durée exigée est atteinte.".to_owned());
        return words;
    }
    words.push(format!("Il manque {}.", weeks(left)));
    let foreseen = all.half_days_foreseen().saturating_sub(all.half_days_done);
    let short = all.half_days_short();
    if short == 0 {
        words.push("Les périodes déjà déclarées les apporteront.".to_owned());
    } else if foreseen > 0 {
        let to_come = weeks(foreseen);
        words.push(format!(
            "Les périodes déclarées en apporteront {to_come}\u{202f}; il restera {} à prévoir.",
            weeks(short)
        ));
    }
    words
}
