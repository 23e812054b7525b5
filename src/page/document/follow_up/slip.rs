//! The marks of a session, exam by exam, in the order in which they are typed (CCF-14).

use serde::Serialize;

use super::recap::frame_of_session;
use crate::insight::{RecapCell, RecapExam, RecapLine, recap_of};
use crate::page::certification::{exam_words, mark};
use crate::page::document::{Desk, SheetFrame};
use crate::page::grid_fields::members;
use crate::page::{D, Site};
use crate::text::{count, natural_key, short_date};

/// The context of a slip of marks.
#[derive(Debug, Serialize)]
pub struct BordereauSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// Year of the exam.
    pub session: i16,
    /// One slip an exam, in the order of the référentiel.
    pub exams: Vec<SlipExam>,
    /// Candidates of the session.
    pub candidates: String,
}

/// The slip of an exam.
#[derive(Debug, Serialize)]
pub struct SlipExam {
    /// "E31 Vente-conseil (U31, coefficient 3)".
    pub name: String,
    /// Codes of its grids, when there are several: each has its mark.
    pub situations: Vec<String>,
    /// Its candidates, by number, then by name.
    pub rows: Vec<SlipRow>,
    /// "24 candidats : 22 notes, 1 absence, 1 note manquante".
    pub counts: String,
    /// "20 notes sur 22 sont harmonisées".
    pub harmonised: Option<String>,
    /// How the mark comes from those of the situations, in the words of the référentiel.
    pub rule: Option<String>,
    /// Everybody who sat, first those of the first candidates: name, quality.
    pub members: Vec<(String, &'static str)>,
}

/// A candidate on a slip.
#[derive(Debug, Serialize)]
pub struct SlipRow {
    /// Candidate number.
    pub number: Option<String>,
    /// "DUPONT".
    pub name: String,
    /// "Léa".
    pub first: String,
    /// "14/03/2009".
    pub born: String,
    /// The mark of each situation, when there are several: "13,5", "absent", nothing.
    pub situations: Vec<Option<String>>,
    /// The mark of the exam: "13,5", "absent", nothing.
    pub mark: Option<String>,
    /// "harmonisée (12 proposé)", "grille non verrouillée".
    pub remark: String,
}

/// Computes the slips of a session.
pub fn bordereau_sheet(desk: &Desk<'_>, d: D, session: i16) -> BordereauSheet {
    let (site, school) = (desk.site, desk.site.school);
    let none = Vec::new();
    let candidates = site.certification.get(&(d, session)).unwrap_or(&none);
    let table = recap_of(school, d, session, candidates);
    // By number; those who have none yet come last, in the order of names.
    let mut lines: Vec<&RecapLine> = table.lines.iter().collect();
    lines.sort_by_key(|line| {
        let number = school.pupils[line.pupil].record.numero_candidat.as_deref();
        (number.is_none(), number.map(natural_key))
    });
    let exams = table.exams.iter().enumerate();
    BordereauSheet {
        sheet: frame_of_session(desk, "Bordereau de notes", d, session),
        session,
        exams: exams.map(|(place, exam)| slip(site, d, session, place, exam, &lines)).collect(),
        candidates: count(lines.len(), "candidat", "candidats"),
    }
}

fn slip(
    site: &Site<'_>,
    d: D,
    session: i16,
    place: usize,
    exam: &RecapExam,
    lines: &[&RecapLine],
) -> SlipExam {
    let school = site.school;
    let referential = &school.referentials[d];
    let forms = &referential.record.grilles;
    let several = exam.grids.len() > 1;
    let rows: Vec<SlipRow> =
        lines.iter().map(|line| row(site, place, exam, line, several)).collect();
    let is_absent = |row: &&SlipRow| row.mark.as_deref() == Some(ABSENT);
    let absent = rows.iter().filter(is_absent).count();
    let marked = rows.iter().filter(|row| row.mark.is_some()).count() - absent;
    let even = rows.iter().filter(|row| row.remark.starts_with(EVEN)).count();
    let missing = rows.len() - marked - absent;
    let mut parts = vec![count(marked, "note", "notes")];
    if absent > 0 {
        parts.push(count(absent, "absence", "absences"));
    }
    if missing > 0 {
        parts.push(count(missing, "note manquante", "notes manquantes"));
    }
    let mut people: Vec<(String, &'static str)> = Vec::new();
    let cells = |line: &RecapLine| -> Vec<_> {
        exam.grids.iter().filter_map(|grid| line.cells.get(*grid)?.filled).collect()
    };
    for ix in lines.iter().flat_map(|line| cells(line)) {
        for member in members(site, &school.grids[ix]) {
            if !people.iter().any(|(name, _)| *name == member.list_name) {
                people.push((member.list_name, member.quality.unwrap_or_default()));
            }
        }
    }
    let rule = crate::insight::exam_of(referential, session, &exam.code);
    SlipExam {
        name: exam_words(referential, session, &exam.code),
        situations: if several {
            let codes = exam.grids.iter().filter_map(|grid| forms.get(*grid));
            codes.map(|form| form.code.clone()).collect()
        } else {
            Vec::new()
        },
        counts: format!("{} : {}", count(rows.len(), "candidat", "candidats"), parts.join(", ")),
        harmonised: (even > 0).then(|| {
            let verb = if even > 1 { "sont harmonisées" } else { "est harmonisée" };
            format!("{} sur {marked} {verb}", count(even, "note", "notes"))
        }),
        rule: rule.filter(|_| several).and_then(|exam| exam.calcul.as_deref()).map(in_words),
        rows,
        members: people,
    }
}

/// What the référentiel says of a mark, without the formula that may follow.
pub(super) fn in_words(rule: &str) -> String {
    let words = rule.split_once(':').map_or(rule, |(words, _)| words);
    words.trim().replace('\'', "’")
}

const ABSENT: &str = "absent";
const EVEN: &str = "harmonisée";

fn row(
    site: &Site<'_>,
    place: usize,
    exam: &RecapExam,
    line: &RecapLine,
    several: bool,
) -> SlipRow {
    let pupil = &site.school.pupils[line.pupil];
    let cells: Vec<&RecapCell> =
        exam.grids.iter().filter_map(|grid| line.cells.get(*grid)).collect();
    let last = |cell: &&RecapCell| match cell.absent {
        true => Some(ABSENT.to_owned()),
        false => cell.last_mark().map(mark),
    };
    let all_absent = !cells.is_empty() && cells.iter().all(|cell| cell.absent);
    let (before, after) = line.exams.get(place).copied().unwrap_or_default();
    // One grid is the exam; several make one mark where the référentiel says how.
    let (before, after) = match cells.as_slice() {
        [only] => (only.proposed, only.last_mark()),
        _ => (before, after),
    };
    let even = !cells.is_empty() && cells.iter().all(|cell| cell.harmonised.is_some());
    let open = cells.iter().any(|cell| cell.filled.is_some() && !cell.state.locked);
    let mut remarks = Vec::new();
    if even && !all_absent && after.is_some() {
        remarks.push(match before.filter(|before| Some(*before) != after) {
            Some(before) => format!("{EVEN} (proposée : {})", mark(before)),
            None => EVEN.to_owned(),
        });
    }
    if open {
        remarks.push("grille non verrouillée".to_owned());
    }
    SlipRow {
        number: pupil.record.numero_candidat.clone(),
        name: pupil.record.nom.to_uppercase(),
        first: pupil.record.prenom.clone(),
        born: short_date(pupil.record.naissance),
        situations: if several { cells.iter().map(last).collect() } else { Vec::new() },
        mark: if all_absent { Some(ABSENT.to_owned()) } else { after.map(mark) },
        remark: remarks.join(", "),
    }
}
