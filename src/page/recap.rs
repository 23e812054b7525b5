//! The table of marks of a session, in the order of the bordereau (CCF-14).

use serde::Serialize;

use crate::insight::{RecapExam, recap_of};

use super::certification::{exam_words, heads, mark};
use super::{D, Document, Frame, GridHead, GridMark, Menu, Site, Subject, address, frame, link};

/// The context of the table of marks.
#[derive(Debug, Serialize)]
pub struct RecapPage {
    /// Around the page.
    pub frame: Frame,
    /// Acronym of the diploma.
    pub sigle: String,
    /// Year of the exam.
    pub session: i16,
    /// Exams, each with the codes of its grids and whether its mark is made of theirs.
    pub exams: Vec<(String, Vec<String>, bool)>,
    /// How marks of several situations become one, as the référentiel has it.
    pub rules: Vec<(String, String)>,
    /// The grids with their counts, in the order of the columns.
    pub grids: Vec<GridHead>,
    /// Candidates.
    pub rows: Vec<RecapRow>,
    /// How many cells hold neither a mark nor an absence.
    pub missing: usize,
    /// How many candidates are assessed in all exams.
    pub assessed: usize,
    /// Whether a mark at least was harmonised.
    pub harmonised: bool,
    /// Marks that are not to be told to candidates (the national grids say so).
    pub confidential: bool,
}

/// A candidate on the bordereau.
#[derive(Debug, Serialize)]
pub struct RecapRow {
    /// Place on the bordereau, from 1.
    pub place: usize,
    /// Candidate number.
    pub number: Option<String>,
    /// "DUPONT Léa".
    pub name: String,
    /// Name of the class.
    pub class: String,
    /// By exam: the cells of its grids, and its own marks before and after harmonisation.
    pub exams: Vec<(Vec<GridMark>, Option<String>, Option<String>)>,
    /// How many cells are missing.
    pub missing: usize,
}

/// Computes the table of marks of a session of a diploma.
pub fn recap_page(site: &Site<'_>, d: D, session: i16, at: &str) -> RecapPage {
    let school = site.school;
    let referential = &school.referentials[d];
    let none = Vec::new();
    let candidates = site.certification.get(&(d, session)).unwrap_or(&none);
    let table = recap_of(school, d, session, candidates);
    let to = |subject| link(at, &address(site, subject));
    let forms = &referential.record.grilles;
    let rule = |exam: &RecapExam| {
        let exam = crate::insight::exam_of(referential, session, &exam.code)?;
        Some((exam.code.clone(), exam.calcul.clone()?))
    };
    let rows: Vec<RecapRow> = table
        .lines
        .iter()
        .enumerate()
        .map(|(place, line)| {
            let pupil = &school.pupils[line.pupil];
            let exams = table.exams.iter().zip(&line.exams).map(|(exam, (before, after))| {
                let cells = exam.grids.iter().filter_map(|grid| {
                    let href = to(Subject::Grid(d, line.pupil, session, *grid));
                    let cell = line.cells.get(*grid)?;
                    Some(super::certification::grid_mark(site, href, cell))
                });
                (cells.collect(), before.map(mark), after.map(mark))
            });
            RecapRow {
                place: place + 1,
                number: pupil.record.numero_candidat.clone(),
                name: pupil.list_name(),
                class: school.classes[line.class].record.nom.clone(),
                exams: exams.collect(),
                missing: line.cells.iter().filter(|cell| cell.is_missing()).count(),
            }
        })
        .collect();
    let title = format!("Récapitulatif de la session {session}");
    let several = |exam: &&RecapExam| exam.grids.len() > 1;
    RecapPage {
        frame: frame(site, at, title, Some(d), Some(Menu::Certification))
            .papers(site, at, &[Document::Recap(d, session), Document::Bordereau(d, session)])
            .crumb(site, at, "Commission de certification", Subject::Certification(d))
            .wide(),
        sigle: referential.record.sigle.clone(),
        session,
        exams: table
            .exams
            .iter()
            .map(|exam| {
                let codes = exam.grids.iter().filter_map(|grid| forms.get(*grid));
                let codes = codes.map(|grid| grid.code.clone()).collect();
                (exam_words(referential, session, &exam.code), codes, exam.grids.len() > 1)
            })
            .collect(),
        rules: table.exams.iter().filter(several).filter_map(rule).collect(),
        grids: heads(site, &table, at),
        assessed: rows.iter().filter(|row| row.missing == 0).count(),
        rows,
        missing: table.missing_cells,
        harmonised: table
            .lines
            .iter()
            .any(|line| line.cells.iter().any(|cell| cell.harmonised.is_some())),
        confidential: forms.iter().any(|grid| grid.communication_au_candidat == Some(false)),
    }
}
