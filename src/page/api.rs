//! JSON twins: the figures of the pages, for programs. Keys are those of the record files.

mod certification;
mod livret;

use serde::Serialize;

use crate::insight::{
    Column, Distribution, LastPosition, Mark, ResultCode, Source, Suggestion, class_view,
    dashboard, distribution, is_locked, review_progress, tasks_never_met,
};
use crate::record::{Level, StudyLevel};
use crate::school::{Class, Evaluation, Ix, Pupil, RowState, School};
use crate::text::Date;

use super::placement_twin::{PlacementTwin, placement_twin};
use super::portfolio::{PortfolioTwin, portfolio_twins, task_codes};
use super::{D, Site};
use livret::{GroupTwin, LivretTwin, group_twin, livret_twins};

pub use certification::{GridTwin, RecapTwin, grid_twin, recap_twin};

/// The twin of a pupil's dashboard and reviews on one diploma.
#[derive(Debug, Serialize)]
pub struct PupilTwin<'a> {
    eleve: &'a str,
    nom: &'a str,
    prenom: &'a str,
    diplome: &'a str,
    methode: &'static str,
    compteurs: [(&'static str, usize); 3],
    evaluations: Vec<ColumnTwin<'a>>,
    competences: Vec<CompetenceTwin<'a>>,
    bilans: Vec<ReviewTwin<'a>>,
    pfmp: PlacementTwin<'a>,
    entreprises: Vec<PortfolioTwin<'a>>,
    taches_jamais_rencontrees: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    livrets: Vec<LivretTwin<'a>>,
}

#[derive(Debug, Serialize)]
struct ColumnTwin<'a> {
    /// Which of the two is named: an evaluation, or the period of a company review.
    source: &'static str,
    id: &'a str,
    date: Date,
    niveau: &'static str,
    complexite: &'static str,
    famille: bool,
}

#[derive(Debug, Serialize)]
struct CompetenceTwin<'a> {
    code: &'a str,
    criteres: Vec<CriterionTwin<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<SuggestionTwin>,
}

#[derive(Debug, Serialize)]
struct CriterionTwin<'a> {
    code: &'a str,
    /// Place in `evaluations`, and level.
    resultats: Vec<(usize, &'static str)>,
}

#[derive(Debug, Serialize)]
struct SuggestionTwin {
    niveau: &'static str,
    atteint: usize,
    pris_en_compte: usize,
    fragile: bool,
    autres: Vec<(&'static str, f64)>,
}

#[derive(Debug, Serialize)]
struct ReviewTwin<'a> {
    cle: String,
    date: Date,
    etat: &'static str,
    verrouille: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<f64>,
    positions: Vec<(&'a str, &'static str)>,
}

/// The twin of a pupil's dashboard.
pub fn pupil_twin<'a>(site: &Site<'a>, d: D, ix: Ix<Pupil>) -> PupilTwin<'a> {
    let school = site.school;
    let (pupil, referential) = (&school.pupils[ix], &school.referentials[d]);
    let figures = dashboard(school, ix, d);
    let sign = |level: Level| level.as_str();
    PupilTwin {
        eleve: &pupil.id,
        nom: &pupil.record.nom,
        prenom: &pupil.record.prenom,
        diplome: &referential.code,
        methode: crate::insight::SUGGESTION_METHOD,
        compteurs: ResultCode::ALL.map(|code| (code.as_str(), figures.counts.of(code))),
        evaluations: figures.columns.iter().map(|column| column_twin(school, column)).collect(),
        competences: figures
            .lines
            .iter()
            .map(|line| CompetenceTwin {
                code: &referential.competences[line.competence.0 as usize].code,
                criteres: line
                    .criteria
                    .iter()
                    .map(|criterion| CriterionTwin {
                        code: &referential.criteria[criterion.criterion.0 as usize].code,
                        resultats: criterion
                            .cells
                            .iter()
                            .map(|cell| (cell.column, mark(cell.mark)))
                            .collect(),
                    })
                    .collect(),
                suggestion: line.suggestion.as_ref().map(suggestion_twin),
            })
            .collect(),
        entreprises: portfolio_twins(site, d, ix),
        taches_jamais_rencontrees: task_codes(referential, &tasks_never_met(school, ix, d)),
        bilans: figures
            .reviews
            .iter()
            .map(|review| &school.reviews[*review])
            .map(|review| ReviewTwin {
                cle: review.key.to_string(),
                date: review.key.date,
                etat: review.record.etat.as_str(),
                verrouille: is_locked(review),
                note: review.record.note.map(|note| note.0),
                positions: review
                    .positions
                    .iter()
                    .map(|(competence, level)| {
                        (referential.competences[competence.0 as usize].code.as_str(), sign(*level))
                    })
                    .collect(),
            })
            .collect(),
        pfmp: placement_twin(site, ix),
        livrets: livret_twins(site, d, ix),
    }
}

fn column_twin<'a>(school: &'a School, column: &Column) -> ColumnTwin<'a> {
    let (source, id) = match column.source {
        Source::Evaluation(ix) => ("evaluation", &school.evaluations[ix].id),
        Source::Portfolio(ix) => {
            ("bilan_entreprise", &school.periods[school.portfolios[ix].period].id)
        }
    };
    ColumnTwin {
        source,
        id,
        date: column.date,
        niveau: column.level.as_str(),
        complexite: column.code.as_str(),
        famille: column.from_family,
    }
}

fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Level(level) => level.as_str(),
        Mark::Absent => "abs",
        Mark::Exempt => "disp",
    }
}

fn suggestion_twin(suggestion: &Suggestion) -> SuggestionTwin {
    SuggestionTwin {
        niveau: suggestion.level.as_str(),
        atteint: suggestion.reached,
        pris_en_compte: suggestion.used.len(),
        fragile: suggestion.fragile,
        // Rounded as the page shows them.
        autres: suggestion
            .others
            .iter()
            .map(|(name, value, _)| (*name, (value * 100.0).round() / 100.0))
            .collect(),
    }
}

/// The twin of a class.
#[derive(Debug, Serialize)]
pub struct ClassTwin<'a> {
    classe: String,
    nom: &'a str,
    diplome: &'a str,
    niveau: &'static str,
    competences: Vec<TallyTwin<'a>>,
    eleves: Vec<LineTwin<'a>>,
    bilans: Vec<ProgressTwin<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    livrets: Option<GroupTwin>,
}

#[derive(Debug, Serialize)]
struct TallyTwin<'a> {
    code: &'a str,
    /// NE, --, -, +, ++.
    positions: [usize; 5],
}

#[derive(Debug, Serialize)]
struct LineTwin<'a> {
    eleve: &'a str,
    /// One a competence: level and date of the position, or the suggested level without date.
    positions: Vec<(&'static str, Option<Date>)>,
}

#[derive(Debug, Serialize)]
struct ProgressTwin<'a> {
    periode: &'a str,
    debut: Date,
    fin: Date,
    attendus: usize,
    faits: usize,
    manquants: Vec<&'a str>,
}

/// The twin of a class view and of its reviews done and expected.
pub fn class_twin<'a>(site: &Site<'a>, ix: Ix<Class>) -> ClassTwin<'a> {
    let school = site.school;
    let class = &school.classes[ix];
    let referential = &school.referentials[class.diploma];
    let view = class_view(school, ix);
    let niveau: StudyLevel = class.record.niveau;
    ClassTwin {
        classe: class.id(),
        nom: &class.record.nom,
        diplome: &referential.code,
        niveau: niveau.as_str(),
        competences: view
            .tallies
            .iter()
            .map(|tally| TallyTwin {
                code: &referential.competences[tally.competence.0 as usize].code,
                positions: tally.positions.levels,
            })
            .collect(),
        eleves: view
            .lines
            .iter()
            .map(|(pupil, line)| LineTwin {
                eleve: &school.pupils[*pupil].id,
                positions: line
                    .iter()
                    .map(|last| match last {
                        LastPosition::Position(level, date) => (level.as_str(), Some(*date)),
                        LastPosition::Suggested(level) => (level.as_str(), None),
                        LastPosition::Nothing => (Level::NotAssessed.as_str(), None),
                    })
                    .collect(),
            })
            .collect(),
        bilans: review_progress(school, ix)
            .into_iter()
            .map(|progress| ProgressTwin {
                periode: &progress.period.code,
                debut: progress.period.debut,
                fin: progress.period.fin,
                attendus: progress.expected.len(),
                faits: progress.done(),
                manquants: progress
                    .missing
                    .iter()
                    .map(|pupil| school.pupils[*pupil].id.as_str())
                    .collect(),
            })
            .collect(),
        livrets: group_twin(site, ix),
    }
}

/// The twin of an evaluation.
#[derive(Debug, Serialize)]
pub struct EvaluationTwin<'a> {
    id: &'a str,
    titre: &'a str,
    date: Date,
    complexite: &'static str,
    affichage: bool,
    criteres: Vec<&'a str>,
    resultats: Vec<(&'a str, Vec<&'static str>)>,
    evalues: usize,
    absents: usize,
    dispenses: usize,
    non_evalues: usize,
    /// One a criterion: NE, --, -, +, ++.
    repartition: Vec<[usize; 5]>,
    fige_par: usize,
}

/// The twin of an evaluation's grid and distribution.
pub fn evaluation_twin<'a>(site: &Site<'a>, ix: Ix<Evaluation>) -> EvaluationTwin<'a> {
    let school = site.school;
    let evaluation = &school.evaluations[ix];
    let referential = &school.referentials[school.classes[evaluation.class].diploma];
    let Distribution { criteria, rated, absent, exempt, unrated } = distribution(evaluation);
    EvaluationTwin {
        id: &evaluation.id,
        titre: &evaluation.record.titre,
        date: evaluation.record.date,
        complexite: evaluation.record.complexite.as_str(),
        affichage: evaluation.record.affichage,
        criteres: evaluation
            .criteria
            .iter()
            .map(|criterion| referential.criteria[criterion.0 as usize].code.as_str())
            .collect(),
        resultats: evaluation
            .rows
            .iter()
            .map(|row| {
                let signs = match &row.state {
                    RowState::Rated(levels) => levels.iter().map(|level| level.as_str()).collect(),
                    RowState::Absent => vec!["abs"],
                    RowState::Exempt => vec!["disp"],
                    RowState::Unrated => Vec::new(),
                };
                (school.pupils[row.pupil].id.as_str(), signs)
            })
            .collect(),
        evalues: rated,
        absents: absent,
        dispenses: exempt,
        non_evalues: unrated,
        repartition: criteria.into_iter().map(|tally| tally.levels).collect(),
        fige_par: evaluation.frozen_by.len(),
    }
}
