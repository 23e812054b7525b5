//! A candidate's grid for one exam: levels beside the dashboard, rubrics, what is still missing.

use serde::Serialize;

use crate::insight::{
    Dashboard, LastPosition, dashboard, filled_grid, grid_state, last_position, mark_rule,
};
use crate::school::{Class, CompetenceIx, GridGap, Ix, Pupil};
use crate::text::{characters, elide_de, long_date};

use super::certification::{mark, on_by, who};
use super::grid_fields::{checks, members};
use super::grid_lines::{blocks, profile_words, rule_words};
use super::grid_text::{HARMONISATION, LOCK, new_grid_text};
use super::{
    CheckLine, D, Day, Document, Frame, GridBlock, MemberLine, Menu, Neighbour, Site, Subject,
    address, frame, link,
};

/// The context of the page of a grid.
#[derive(Debug, Serialize)]
pub struct GridPage {
    /// Around the page.
    pub frame: Frame,
    /// Code of the national grid.
    pub code: String,
    /// Its title.
    pub title: String,
    /// "DUPONT Léa".
    pub name: String,
    /// Name of the class and way to it.
    pub class: Option<(String, String)>,
    /// Year of the exam.
    pub session: i16,
    /// Candidate number.
    pub number: Option<String>,
    /// Way to the compact dashboard.
    pub dashboard_href: String,
    /// The candidate's grids of the session, in the order of the référentiel.
    pub grids: Vec<OtherGrid>,
    /// Steps done, from 0 to 3.
    pub steps: u8,
    /// Whether the grid has a file.
    pub opened: bool,
    /// Whether the commission closed it, and how: "le 20/05/2027 par M. Mercier".
    pub locked: Option<String>,
    /// Whether the candidate did not come.
    pub absent: bool,
    /// What is missing before the lock, and what to type.
    pub missing: Vec<(String, String)>,
    /// The last day for certification.
    pub deadline: Option<Day>,
    /// Word on a late entry, and whether a DDFPT agreed.
    pub late: Option<(String, bool)>,
    /// Permissions given to change it: day, person, reason.
    pub unlocks: Vec<(Day, String, String)>,
    /// Names of the four levels.
    pub scale: Vec<String>,
    /// Lines of the grid, by competence.
    pub blocks: Vec<GridBlock>,
    /// The levels as a whole: "3 lignes au niveau 3 (Averti), …".
    pub profile: Option<String>,
    /// What the référentiel says of the mark, in its own words.
    pub note_rule: Option<String>,
    /// Why no mark is made of the levels.
    pub rule: String,
    /// The proposed mark and who proposed it.
    pub proposed: Option<(String, String)>,
    /// The harmonised mark, who typed it, and why it differs.
    pub harmonised: Option<(String, String, Option<String>)>,
    /// Whether the mark is not to be told to the candidate.
    pub confidential: bool,
    /// Members of the commission.
    pub members: Vec<MemberLine>,
    /// Who sits, as the national grid has it.
    pub seats: Vec<String>,
    /// The comment.
    pub comment: Option<String>,
    /// Its length, out of 300.
    pub comment_length: usize,
    /// How many characters are too many.
    pub comment_over: usize,
    /// Whether the grid asks for a comment.
    pub comment_asked: bool,
    /// The rubrics of text of the national grid.
    pub rubrics: Vec<String>,
    /// All that the national grid asks for (CCF-16).
    pub checks: Vec<CheckLine>,
    /// Where the file is or goes.
    pub folder: String,
    /// Its name.
    pub file: String,
    /// Way to make or to change it on the forge.
    pub edit: Option<String>,
    /// Way to the pupil's own file, where the number is typed.
    pub pupil_edit: Option<String>,
    /// The pupil's own file.
    pub pupil_file: String,
    /// The next text to paste: what it is, and the text.
    pub next_text: Option<(&'static str, String)>,
    /// The figures of the dashboard, drawn beside the lines.
    #[serde(skip)]
    pub dashboard: Dashboard,
}

/// Another grid of the candidate.
#[derive(Debug, Serialize)]
pub struct OtherGrid {
    /// Code.
    pub code: String,
    /// Way to it.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
    /// Steps done.
    pub steps: u8,
    /// Whether it is locked.
    pub locked: bool,
}

/// The longest comment (CCF-10).
const LONGEST: usize = 300;

/// Computes the page of a candidate's grid, opened or not.
pub fn grid_page(
    site: &Site<'_>,
    d: D,
    pupil_ix: Ix<Pupil>,
    session: i16,
    grid: usize,
    at: &str,
) -> GridPage {
    let school = site.school;
    let referential = &school.referentials[d];
    let form = &referential.record.grilles[grid];
    let pupil = &school.pupils[pupil_ix];
    let to = |subject| link(at, &address(site, subject));
    let filled_ix = filled_grid(school, pupil_ix, d, session, grid);
    let filled = filled_ix.map(|ix| &school.grids[ix]);
    let state = filled.map(|filled| grid_state(school, filled));
    let has_number = pupil.record.numero_candidat.is_some();
    let gaps = match &state {
        Some(state) => state.missing.clone(),
        None => GridGap::all(referential, grid, has_number),
    };
    let figures = dashboard(school, pupil_ix, d);
    let record = filled.map(|filled| &filled.record);
    let comment =
        record.and_then(|record| record.commentaire.as_ref()).map(|prose| prose.0.clone());
    let comment = comment.filter(|text| !text.is_empty());
    let comment_length = comment.as_deref().map_or(0, characters);
    let locked = state.as_ref().is_some_and(|state| state.locked);
    let seal = record.and_then(|record| record.verrouillage.as_ref()).filter(|_| locked);
    let late = filled.and_then(|filled| filled.lateness(school));
    let rule = mark_rule(referential, form, session);
    let folder = format!("students/{}/{}/certification", pupil.cohort, pupil.id);
    let file = format!("{session}-{}.toml", referential.grid_name(grid));
    let dossier = Document::Dossier(d, pupil_ix, session);
    let papers: Vec<Document> =
        filled_ix.map(Document::Grid).into_iter().chain([dossier]).collect();
    GridPage {
        frame: around(site, d, pupil_ix, session, grid, at).papers(site, at, &papers),
        code: form.code.clone(),
        title: form.titre.clone(),
        name: pupil.list_name(),
        class: class_of(site, d, pupil_ix, session)
            .map(|class| (school.classes[class].record.nom.clone(), to(Subject::Class(class)))),
        session,
        number: pupil.record.numero_candidat.clone(),
        dashboard_href: to(Subject::Compact(d, pupil_ix)),
        grids: (0..referential.record.grilles.len())
            .map(|other| {
                let ix = filled_grid(school, pupil_ix, d, session, other);
                let state = ix.map(|ix| grid_state(school, &school.grids[ix]));
                OtherGrid {
                    code: referential.record.grilles[other].code.clone(),
                    href: to(Subject::Grid(d, pupil_ix, session, other)),
                    current: other == grid,
                    steps: state.as_ref().map_or(0, |state| state.steps_done),
                    locked: state.is_some_and(|state| state.locked),
                }
            })
            .collect(),
        steps: state.as_ref().map_or(0, |state| state.steps_done),
        opened: filled.is_some(),
        locked: seal.map(|seal| on_by(site, seal.le, &seal.par)),
        absent: record.is_some_and(|record| record.absent),
        missing: gaps.iter().map(|gap| (gap.words(referential), gap.typing(referential))).collect(),
        deadline: school
            .certification_deadline(d, session, &form.epreuve)
            .map(|deadline| deadline.date_limite.into()),
        late: late.map(|late| {
            let day = long_date(late.day);
            let words = match late.approval {
                Some(unlock) => format!(
                    "saisie du {day}, avec l’accord {} ({})",
                    elide_de(&who(site, &unlock.par)),
                    unlock.motif
                ),
                None => format!("saisie du {day}, sans accord du DDFPT pour l’instant"),
            };
            (words, late.approval.is_some())
        }),
        unlocks: record
            .into_iter()
            .flat_map(|record| &record.deverrouillage)
            .map(|unlock| (unlock.date.into(), who(site, &unlock.par), unlock.motif.clone()))
            .collect(),
        scale: form.echelle.clone(),
        blocks: blocks(site, form, filled, d, &figures, &rule),
        profile: filled.and_then(|filled| profile_words(site, form, filled)),
        note_rule: form.note.clone(),
        rule: rule_words(&rule).to_owned(),
        proposed: record.and_then(|record| {
            let note = record.note_proposee?;
            let day = record.verrouillage.as_ref().map(|seal| seal.le).or(record.date);
            let by = match day {
                Some(day) => on_by(site, day, &record.auteur),
                None => format!("par {}", who(site, &record.auteur)),
            };
            Some((mark(note.0), by))
        }),
        harmonised: record
            .and_then(|record| record.harmonisation.as_ref())
            .map(|made| (mark(made.note.0), on_by(site, made.le, &made.par), made.motif.clone())),
        confidential: form.communication_au_candidat == Some(false),
        members: filled.map_or_else(Vec::new, |filled| members(site, filled)),
        seats: form.commission.clone(),
        comment_over: comment_length.saturating_sub(LONGEST),
        comment,
        comment_length,
        comment_asked: form.appreciation_obligatoire == Some(true),
        rubrics: form.rubriques.clone(),
        checks: checks(site, d, pupil, session, form, filled),
        edit: match filled {
            Some(filled) => super::edit_link(site, &filled.file).filter(|_| !locked),
            None => super::new_file_link(site, &folder, &file),
        },
        folder,
        file,
        pupil_edit: super::edit_link(site, &pupil.file),
        pupil_file: pupil.file.to_string(),
        next_text: match (filled, gaps.is_empty(), locked) {
            (None, _, _) => {
                let last = |competence| last(site, &figures, competence);
                Some(("Texte de la grille", new_grid_text(referential, form, last)))
            }
            (Some(_), true, false) => Some(("Texte du verrouillage", LOCK.to_owned())),
            (Some(filled), _, true)
                if filled.record.harmonisation.is_none() && !filled.record.absent =>
            {
                Some(("Texte de la note harmonisée", HARMONISATION.to_owned()))
            }
            _ => None,
        },
        dashboard: figures,
    }
}

/// The class of the exam.
fn class_of(site: &Site<'_>, d: D, pupil: Ix<Pupil>, session: i16) -> Option<Ix<Class>> {
    let candidates = site.certification.get(&(d, session))?;
    candidates.iter().find(|(other, _)| *other == pupil).map(|(_, class)| *class)
}

/// The frame, with arrows through the candidates of the class.
fn around(site: &Site<'_>, d: D, pupil: Ix<Pupil>, session: i16, grid: usize, at: &str) -> Frame {
    let school = site.school;
    let code = &school.referentials[d].record.grilles[grid].code;
    let title = format!("Grille {code} {}", elide_de(&school.pupils[pupil].list_name()));
    let around = frame(site, at, title, Some(d), Some(Menu::Certification))
        .crumb(site, at, "Commission de certification", Subject::Certification(d))
        .crumb(site, at, format!("Session {session}"), Subject::Recap(d, session))
        .wide();
    let Some(class) = class_of(site, d, pupil, session) else { return around };
    let candidates = site.certification.get(&(d, session)).into_iter().flatten();
    let list: Vec<Ix<Pupil>> =
        candidates.filter(|(_, of)| *of == class).map(|(pupil, _)| *pupil).collect();
    let label = format!("Candidats de {}", school.classes[class].record.nom);
    around.walk(label, &list, pupil, |other| Neighbour {
        label: school.pupils[other].list_name(),
        href: link(at, &address(site, Subject::Grid(d, other, session, grid))),
    })
}

/// The last position on a competence, or what the results suggest.
fn last(site: &Site<'_>, figures: &Dashboard, competence: CompetenceIx) -> LastPosition {
    if let Some((level, day)) = last_position(site.school, &figures.reviews, competence) {
        return LastPosition::Position(level, day);
    }
    let line = figures.lines.iter().find(|line| line.competence == competence);
    match line.and_then(|line| line.suggestion.as_ref()) {
        Some(suggestion) => LastPosition::Suggested(suggestion.level),
        None => LastPosition::Nothing,
    }
}
