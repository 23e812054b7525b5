//! JSON twins of certification: the table of marks of a session, and each filled grid.

use serde::Serialize;

use crate::insight::{GridState, RecapCell, grid_state, level_profile, recap_of};
use crate::school::{FilledGrid, GridGap, Ix, Referential, School};
use crate::text::{Date, characters};

use super::super::{D, Site};

/// The twin of the table of marks of a session.
#[derive(Debug, Serialize)]
pub struct RecapTwin<'a> {
    diplome: &'a str,
    session: i16,
    grilles: Vec<FormTwin<'a>>,
    notes_manquantes: usize,
    candidats: Vec<CandidateTwin<'a>>,
}

#[derive(Debug, Serialize)]
struct FormTwin<'a> {
    code: &'a str,
    epreuve: &'a str,
    lignes: usize,
    date_limite: Option<Date>,
}

#[derive(Debug, Serialize)]
struct CandidateTwin<'a> {
    eleve: &'a str,
    nom: &'a str,
    prenom: &'a str,
    classe: String,
    numero_candidat: Option<&'a str>,
    /// One a grid, in the order of `grilles`.
    grilles: Vec<CellTwin>,
    /// One an exam: code, mark before harmonisation, mark after.
    epreuves: Vec<(&'a str, Option<f64>, Option<f64>)>,
}

#[derive(Debug, Serialize)]
struct CellTwin {
    etapes: u8,
    verrouillee: bool,
    absent: bool,
    note_proposee: Option<f64>,
    note_harmonisee: Option<f64>,
    manque: bool,
}

/// The twin of a filled grid.
#[derive(Debug, Serialize)]
pub struct GridTwin<'a> {
    eleve: &'a str,
    diplome: &'a str,
    session: i16,
    grille: &'a str,
    etapes: u8,
    verrouillee: bool,
    harmonisee: bool,
    hors_delai: bool,
    absent: bool,
    date: Option<Date>,
    numero_candidat: Option<&'a str>,
    niveaux: Vec<(&'a str, Option<u8>)>,
    /// How many lines stand at each level, from 1 to 4.
    profil: [usize; 4],
    commentaire: usize,
    commission: usize,
    note_proposee: Option<f64>,
    note_harmonisee: Option<f64>,
    manques: Vec<&'static str>,
}

/// The twin of the table of marks of a session.
pub fn recap_twin<'a>(site: &Site<'a>, d: D, session: i16) -> RecapTwin<'a> {
    let school: &'a School = site.school;
    let referential: &'a Referential = &school.referentials[d];
    let none = Vec::new();
    let candidates = site.certification.get(&(d, session)).unwrap_or(&none);
    let table = recap_of(school, d, session, candidates);
    let code = |code: &str| {
        let mut forms = referential.record.grilles.iter().map(|form| form.epreuve.as_str());
        forms.find(|other| *other == code).unwrap_or_default()
    };
    RecapTwin {
        diplome: &referential.code,
        session,
        grilles: referential
            .record
            .grilles
            .iter()
            .map(|form| FormTwin {
                code: &form.code,
                epreuve: &form.epreuve,
                lignes: form.lignes.len(),
                date_limite: school
                    .certification_deadline(d, session, &form.epreuve)
                    .map(|deadline| deadline.date_limite),
            })
            .collect(),
        notes_manquantes: table.missing_cells,
        candidats: table
            .lines
            .iter()
            .map(|line| {
                let pupil = &school.pupils[line.pupil];
                CandidateTwin {
                    eleve: &pupil.id,
                    nom: &pupil.record.nom,
                    prenom: &pupil.record.prenom,
                    classe: school.classes[line.class].id(),
                    numero_candidat: pupil.record.numero_candidat.as_deref(),
                    grilles: line.cells.iter().map(cell_twin).collect(),
                    epreuves: table
                        .exams
                        .iter()
                        .zip(&line.exams)
                        .map(|(exam, (before, after))| (code(&exam.code), *before, *after))
                        .collect(),
                }
            })
            .collect(),
    }
}

fn cell_twin(cell: &RecapCell) -> CellTwin {
    CellTwin {
        etapes: cell.state.steps_done,
        verrouillee: cell.state.locked,
        absent: cell.absent,
        note_proposee: cell.proposed,
        note_harmonisee: cell.harmonised,
        manque: cell.is_missing(),
    }
}

/// The twin of a filled grid.
pub fn grid_twin<'a>(site: &Site<'a>, ix: Ix<FilledGrid>) -> GridTwin<'a> {
    let school: &'a School = site.school;
    let grid: &'a FilledGrid = &school.grids[ix];
    let referential = &school.referentials[grid.diploma];
    let GridState { steps_done, missing, locked, harmonised } = grid_state(school, grid);
    let record = &grid.record;
    let pupil = &school.pupils[grid.pupil];
    GridTwin {
        eleve: &pupil.id,
        diplome: &referential.code,
        session: grid.session,
        grille: &grid.form(school).code,
        etapes: steps_done,
        verrouillee: locked,
        harmonisee: harmonised,
        hors_delai: grid.lateness(school).is_some(),
        absent: record.absent,
        date: record.date,
        numero_candidat: pupil.record.numero_candidat.as_deref(),
        niveaux: referential
            .grid_lines(grid.grid)
            .map(|line| (referential.criteria[line.0 as usize].code.as_str(), grid.level(line)))
            .collect(),
        profil: level_profile(school, grid).counts,
        commentaire: record.commentaire.as_ref().map_or(0, |prose| characters(&prose.0)),
        commission: record.commission.len(),
        note_proposee: record.note_proposee.map(|note| note.0),
        note_harmonisee: record.harmonisation.as_ref().map(|made| made.note.0),
        manques: missing.iter().map(gap).collect(),
    }
}

/// The name of a gap: the key of the record that is missing.
fn gap(gap: &GridGap) -> &'static str {
    match gap {
        GridGap::Lines(_) => "niveaux",
        GridGap::Date => "date",
        GridGap::CandidateNumber => "numero_candidat",
        GridGap::Members(_) => "commission",
        GridGap::Comment => "commentaire",
        GridGap::ProposedMark => "note_proposee",
    }
}
