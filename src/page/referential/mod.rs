//! A référentiel, everything its file says: each fact with its source.

mod competence;
mod exam;
mod identity;
mod source;

use serde::Serialize;

use super::{D, Frame, Menu, Site, Subject, address, frame, link};
use crate::record::ReferentialType;
use crate::school::Referential;

pub use competence::{ActivityPart, CompetencePart, CriterionPart, GroupPart, Prepared, TaskPart};
pub use exam::{ExamPart, ExamsPart, GridPart, GridRow};
pub use identity::Fact;
pub use source::{Piece, Source, Sources, anchor};

/// The context of a référentiel's page, or of the rules common to all diplomas.
#[derive(Debug, Serialize)]
pub struct ReferentialPage {
    /// Around the page.
    pub frame: Frame,
    /// "Référentiel MCV A".
    pub title: String,
    /// One line under the title.
    pub lead: String,
    /// Whether these are the rules common to all diplomas.
    pub is_common: bool,
    /// Way to change the file.
    pub edit: Option<String>,
    /// Way to the rules common to all diplomas.
    pub common: Option<String>,
    /// The entries of `provenance` and the facts they hold for.
    pub identity: Vec<Fact>,
    /// Letters of professionalisation: code, label, source.
    pub professionalisation: Vec<(String, String)>,
    /// Where those letters come from.
    pub professionalisation_sources: Vec<Source>,
    /// Activities and their tasks.
    pub activities: Vec<ActivityPart>,
    /// Groups of competences.
    pub groups: Vec<GroupPart>,
    /// Whether the file links tasks and competences.
    pub has_matrix: bool,
    /// Whether some of these links are strong.
    pub has_strong_links: bool,
    /// Where these links come from.
    pub matrix_sources: Vec<Source>,
    /// Exams, by version and sessions.
    pub exams: Vec<ExamsPart>,
    /// Grids.
    pub grids: Vec<GridPart>,
    /// Whether several competences share a line of the livret; none without a list.
    pub lsl: Option<LslPart>,
    /// Other facts.
    pub complements: Vec<ComplementPart>,
    /// What is not known yet.
    pub gaps: Vec<Source>,
    /// Sources that disagree.
    pub conflicts: Vec<ConflictPart>,
    /// The sources: name, anchor, address.
    pub sources: Vec<(String, String, Source)>,
}

/// The list of the livret scolaire.
#[derive(Debug, Serialize)]
pub struct LslPart {
    /// Whether several competences share a line.
    pub fusion: bool,
    /// The rule.
    pub rule: Option<String>,
    /// Where the list comes from.
    pub source: Option<Source>,
    /// Its lines.
    pub lines: Vec<LslLine>,
}

/// One line of the livret.
#[derive(Debug, Serialize)]
pub struct LslLine {
    /// Code.
    pub code: String,
    /// Wording.
    pub title: String,
    /// The competences gathered: code, wording, way to each.
    pub gathers: Vec<(String, String, String)>,
    /// Where the line comes from.
    pub source: Option<Source>,
    /// Remark.
    pub note: Option<Source>,
}

/// Another fact.
#[derive(Debug, Serialize)]
pub struct ComplementPart {
    /// Title.
    pub title: String,
    /// Anchor.
    pub anchor: String,
    /// Lines.
    pub lines: Vec<Source>,
    /// Where they come from.
    pub source: Option<Source>,
}

/// Two sources that disagree.
#[derive(Debug, Serialize)]
pub struct ConflictPart {
    /// What the guide says.
    pub guide: Option<Source>,
    /// What another source says.
    pub found: Option<Source>,
    /// What follows.
    pub finding: Source,
}

/// Computes the page of a référentiel.
pub fn referential_page(site: &Site<'_>, d: D, at: &str) -> ReferentialPage {
    let referential = &site.school.referentials[d];
    let record = &referential.record;
    let sources = Sources::new(referential, "");
    let is_common = record.genre == ReferentialType::Common;
    let title =
        if is_common { record.intitule.clone() } else { format!("Référentiel {}", record.sigle) };
    let around = frame(site, at, &title, (!is_common).then_some(d), None::<Menu>);
    let common = site.common.filter(|common| *common != d);
    ReferentialPage {
        frame: around,
        lead: lead(referential, is_common),
        is_common,
        edit: super::edit_link(site, &referential.file),
        common: common.map(|common| link(at, &address(site, Subject::CommonRules(common)))),
        identity: identity::identity(site, referential, &sources, at),
        professionalisation: record
            .professionnalisation
            .iter()
            .map(|value| (value.code.clone(), value.libelle.clone()))
            .collect(),
        professionalisation_sources: sources
            .distinct(record.professionnalisation.iter().map(|value| &value.source)),
        activities: competence::activities(referential, &sources),
        groups: competence::groups(site, referential, &sources, at),
        has_matrix: !record.matrice.is_empty(),
        has_strong_links: record.matrice.iter().any(|row| !row.fortes.is_empty()),
        matrix_sources: sources.distinct(record.matrice.iter().map(|row| &row.source)),
        exams: exam::exams(referential, &sources),
        grids: exam::grids(referential, &sources),
        lsl: lsl_part(referential, &sources, ""),
        complements: complements(referential, &sources),
        gaps: record.lacunes.iter().map(|gap| sources.read(&gap.quoi)).collect(),
        conflicts: record
            .conflits
            .iter()
            .map(|conflict| ConflictPart {
                guide: sources.maybe(conflict.guide.as_ref()),
                found: sources.maybe(conflict.trouve.as_ref()),
                finding: sources.read(&conflict.constat),
            })
            .collect(),
        sources: record
            .sources
            .iter()
            .map(|source| {
                (source.id.clone(), anchor("source", &source.id), sources.read(&source.adresse))
            })
            .collect(),
        title,
    }
}

fn lead(referential: &Referential, is_common: bool) -> String {
    let record = &referential.record;
    if is_common {
        return format!("Version {}", record.version);
    }
    let option = record.option.as_ref().map_or_else(String::new, |option| format!(", {option}"));
    format!("{}{option}, version {}", record.intitule, record.version)
}

/// The list of the livret; `page` is the way to the référentiel's page.
pub(super) fn lsl_part(
    referential: &Referential,
    sources: &Sources<'_>,
    page: &str,
) -> Option<LslPart> {
    let list = referential.record.lsl.as_ref()?;
    let gathered = |code: &String| {
        let title = referential
            .competence(code)
            .map_or_else(String::new, |ix| referential.competence_record(ix).intitule.clone());
        (code.clone(), title, format!("{page}#{}", anchor("", code)))
    };
    Some(LslPart {
        fusion: list.fusion,
        rule: list.regle.clone(),
        source: sources.maybe(list.source.as_ref()),
        lines: list
            .competences
            .iter()
            .map(|line| LslLine {
                code: line.code.clone(),
                title: line.intitule.clone(),
                gathers: line.regroupe.iter().map(gathered).collect(),
                source: sources.maybe(line.source.as_ref()),
                note: sources.maybe(line.note.as_ref()),
            })
            .collect(),
    })
}

fn complements(referential: &Referential, sources: &Sources<'_>) -> Vec<ComplementPart> {
    let complements = referential.record.complements.iter().enumerate();
    complements
        .map(|(n, complement)| ComplementPart {
            title: complement.titre.clone(),
            anchor: format!("complement-{}", n + 1),
            lines: complement.lignes.iter().map(|line| sources.read(line)).collect(),
            source: sources.maybe(complement.source.as_ref()),
        })
        .collect()
}
