//! Exams by version and sessions, and the national grids with their rows and descriptors.

use serde::Serialize;

use super::{Source, Sources, anchor};
use crate::record::{Exam, Grid, Number, Whole};
use crate::school::Referential;

/// Exams of one version.
#[derive(Debug, Serialize)]
pub struct ExamsPart {
    /// "Sessions 2022 et suivantes".
    pub title: String,
    /// Exams.
    pub exams: Vec<ExamPart>,
}

/// One exam.
#[derive(Debug, Serialize)]
pub struct ExamPart {
    /// Code.
    pub code: String,
    /// Unit.
    pub unit: String,
    /// Wording.
    pub title: String,
    /// "2,5".
    pub coefficient: Option<String>,
    /// How it is held.
    pub mode: Option<String>,
    /// How long it takes.
    pub duration: Option<String>,
    /// Competences assessed: code and anchor.
    pub competences: Vec<(String, String)>,
    /// Other facts: label and words.
    pub facts: Vec<(&'static str, Source)>,
    /// Situations: number, moment, commission, content.
    pub steps: Vec<(i64, String, Option<String>, String)>,
    /// Weights of the competences: code, anchor, "12,5".
    pub weights: Vec<(String, String, String)>,
    /// Where it comes from.
    pub source: Option<Source>,
}

/// A national grid.
#[derive(Debug, Serialize)]
pub struct GridPart {
    /// Anchor.
    pub anchor: String,
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
    /// Other facts: label and words.
    pub facts: Vec<(&'static str, Source)>,
    /// Names of the four levels.
    pub scale: Vec<String>,
    /// Rows.
    pub rows: Vec<GridRow>,
    /// Lists: label and items.
    pub lists: Vec<(&'static str, Vec<String>)>,
    /// Where it comes from.
    pub source: Option<Source>,
}

/// A row of a grid.
#[derive(Debug, Serialize)]
pub struct GridRow {
    /// Code of the criterion.
    pub code: String,
    /// Wording.
    pub title: String,
    /// One descriptor a level; empty when they are not known.
    pub descriptors: Vec<String>,
}

/// The exams of a référentiel, by version and sessions, in the order of the file.
pub(super) fn exams(referential: &Referential, sources: &Sources<'_>) -> Vec<ExamsPart> {
    let mut parts: Vec<ExamsPart> = Vec::new();
    for exam in &referential.record.epreuves {
        let title = period(exam);
        let part = exam_part(exam, sources);
        match parts.iter_mut().find(|other| other.title == title) {
            Some(other) => other.exams.push(part),
            None => parts.push(ExamsPart { title, exams: vec![part] }),
        }
    }
    parts
}

fn period(exam: &Exam) -> String {
    let sessions = match (&exam.premiere_session, &exam.derniere_session) {
        (None, None) => "Toutes les sessions".to_owned(),
        (Some(Whole(first)), None) => format!("Sessions {first} et suivantes"),
        (None, Some(Whole(last))) => format!("Jusqu’à la session {last}"),
        (Some(Whole(first)), Some(Whole(last))) if first == last => format!("Session {first}"),
        (Some(Whole(first)), Some(Whole(last))) => format!("Sessions {first} à {last}"),
    };
    match &exam.version {
        Some(version) => format!("{sessions}, règlement {version}"),
        None => sessions,
    }
}

fn exam_part(exam: &Exam, sources: &Sources<'_>) -> ExamPart {
    let facts = [
        ("Situations d’évaluation", exam.situations.as_ref().map(|number| number.0.to_string())),
        ("Forme", exam.forme.clone()),
        ("Support", exam.support.clone()),
        ("Commission", exam.commission.clone()),
        ("Programmation", exam.programmation.clone()),
        ("Calcul de la note", exam.calcul.clone()),
        ("Organisation du CCF", exam.ccf.clone()),
        ("Remarque", exam.note.clone()),
    ];
    ExamPart {
        code: exam.code.clone(),
        unit: exam.unite.clone(),
        title: exam.intitule.clone(),
        coefficient: exam.coefficient.as_ref().map(|Number(value)| decimal(*value)),
        mode: exam.mode.clone(),
        duration: exam.duree.clone(),
        competences: exam.competences.iter().map(|code| (code.clone(), anchor("", code))).collect(),
        facts: known(sources, facts),
        steps: exam
            .deroulement
            .iter()
            .map(|step| {
                let number = step.situation.0;
                (number, step.quand.clone(), step.commission.clone(), step.contenu.clone())
            })
            .collect(),
        weights: exam
            .poids
            .iter()
            .map(|weight| {
                let code = &weight.competence;
                (code.clone(), anchor("", code), decimal(weight.pourcent.0))
            })
            .collect(),
        source: sources.maybe(exam.source.as_ref()),
    }
}

/// The grids of a référentiel.
pub(super) fn grids(referential: &Referential, sources: &Sources<'_>) -> Vec<GridPart> {
    let grid = |grid: &Grid| {
        let facts = [
            ("Épreuve", Some(grid.epreuve.clone())),
            ("Situation", grid.situation.as_ref().map(|number| number.0.to_string())),
            ("Durée", grid.duree.clone()),
            ("Saisie", grid.saisie.clone()),
            ("Note", grid.note.clone()),
            ("Arrondi", grid.arrondi.clone()),
            ("Appréciation", grid.appreciation_obligatoire.map(compulsory)),
            ("Note communiquée au candidat", grid.communication_au_candidat.map(told)),
            ("Signature", grid.signature.clone()),
            ("Annexe", grid.annexe.clone()),
        ];
        let lists = [
            ("En-tête", &grid.entete),
            ("Rubriques à remplir", &grid.rubriques),
            ("Commission", &grid.commission),
            ("Colonnes du tableau de la commission", &grid.commission_colonnes),
        ];
        GridPart {
            anchor: anchor("grille", &grid.code),
            code: grid.code.clone(),
            title: grid.titre.clone(),
            facts: known(sources, facts),
            scale: grid.echelle.clone(),
            rows: grid.lignes.iter().map(|code| grid_row(referential, code)).collect(),
            lists: lists
                .into_iter()
                .filter(|(_, items)| !items.is_empty())
                .map(|(label, items)| (label, items.clone()))
                .collect(),
            source: sources.maybe(grid.source.as_ref()),
        }
    };
    referential.record.grilles.iter().map(grid).collect()
}

fn grid_row(referential: &Referential, code: &str) -> GridRow {
    let criterion = referential.criterion(code);
    let record = criterion.and_then(|ix| referential.criterion_record(ix));
    let title = match (criterion, referential.competence(code)) {
        (Some(ix), _) => referential.criterion_title(ix).to_owned(),
        (None, Some(ix)) => referential.competence_record(ix).intitule.clone(),
        (None, None) => String::new(),
    };
    let descriptors = record.map_or_else(Vec::new, |record| record.descripteurs.clone());
    GridRow { code: code.to_owned(), title, descriptors }
}

fn compulsory(yes: bool) -> String {
    if yes { "obligatoire" } else { "facultative" }.to_owned()
}

fn told(yes: bool) -> String {
    if yes { "oui" } else { "non, pas avant le jury" }.to_owned()
}

fn known<const N: usize>(
    sources: &Sources<'_>,
    facts: [(&'static str, Option<String>); N],
) -> Vec<(&'static str, Source)> {
    facts.into_iter().filter_map(|(label, value)| Some((label, sources.read(&value?)))).collect()
}

/// A number as French writes it: "2,5".
fn decimal(value: f64) -> String {
    value.to_string().replace('.', ",")
}
