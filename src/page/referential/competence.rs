//! Activities with their tasks, groups with their competences and criteria.

use serde::Serialize;

use super::{Site, Source, Sources, Subject, address, anchor, link};
use crate::record::{self, Criterion};
use crate::school::Referential;

/// An activity and its tasks.
#[derive(Debug, Serialize)]
pub struct ActivityPart {
    /// Anchor.
    pub anchor: String,
    /// Code.
    pub code: String,
    /// Wording.
    pub title: String,
    /// Pole.
    pub pole: Option<String>,
    /// Code and wording of the group of competences, with its anchor.
    pub group: Option<(String, String)>,
    /// Expected results.
    pub results: Vec<String>,
    /// Tasks.
    pub tasks: Vec<TaskPart>,
    /// Where the activity comes from.
    pub source: Option<Source>,
    /// Where its tasks come from, when they share a source that is not that of the activity.
    pub task_source: Option<Source>,
    /// Remark.
    pub note: Option<Source>,
}

/// A task.
#[derive(Debug, Serialize)]
pub struct TaskPart {
    /// Code.
    pub code: String,
    /// Wording.
    pub title: String,
    /// Degree of autonomy.
    pub autonomy: Option<String>,
    /// Responsibilities.
    pub responsibilities: Vec<String>,
    /// Its source, when the tasks of the activity have different ones.
    pub source: Option<Source>,
}

/// A group of competences.
#[derive(Debug, Serialize)]
pub struct GroupPart {
    /// Anchor.
    pub anchor: String,
    /// "G1 Conseiller et vendre".
    pub title: String,
    /// "bloc 1, unité U31".
    pub details: String,
    /// Competences.
    pub competences: Vec<CompetencePart>,
    /// Where the group comes from.
    pub source: Option<Source>,
    /// Remark.
    pub note: Option<Source>,
}

/// A competence.
#[derive(Debug, Serialize)]
pub struct CompetencePart {
    /// Anchor: the code.
    pub anchor: String,
    /// Code.
    pub code: String,
    /// Wording.
    pub title: String,
    /// Whether it is transversal.
    pub transversal: bool,
    /// The sub-block, when it is not that of the competence before.
    pub sub_block: Option<String>,
    /// Know-how.
    pub know_how: Vec<String>,
    /// Indicators of the competence as a whole.
    pub indicators: Vec<String>,
    /// Professional attitudes.
    pub attitudes: Vec<String>,
    /// What it prepares.
    pub prepares: Vec<Prepared>,
    /// Criteria.
    pub criteria: Vec<CriterionPart>,
    /// Where they come from, when they share a source that is not that of the competence.
    pub criteria_source: Option<Source>,
    /// Where it comes from.
    pub source: Option<Source>,
    /// Remark.
    pub note: Option<Source>,
}

/// A competence or criterion of another référentiel that this one prepares.
#[derive(Debug, Serialize)]
pub struct Prepared {
    /// "MCV A C1.0".
    pub label: String,
    /// Way to it, when its référentiel has a page.
    pub href: Option<String>,
}

/// A criterion.
#[derive(Debug, Serialize)]
pub struct CriterionPart {
    /// Code.
    pub code: String,
    /// Wording.
    pub title: String,
    /// Nature.
    pub nature: Option<String>,
    /// Indicators: they specify, they are never assessed.
    pub indicators: Vec<String>,
    /// Descriptors of the four levels.
    pub descriptors: Vec<String>,
    /// What it prepares.
    pub prepares: Vec<Prepared>,
    /// Its source, when the criteria of the competence have different ones.
    pub source: Option<Source>,
    /// Remark.
    pub note: Option<Source>,
}

/// The activities of a référentiel.
pub(super) fn activities(referential: &Referential, sources: &Sources<'_>) -> Vec<ActivityPart> {
    let record = &referential.record;
    record
        .activites
        .iter()
        .map(|activity| {
            let same = activity.taches.windows(2).all(|pair| pair[0].source == pair[1].source);
            let task = |task: &record::Task| TaskPart {
                code: task.code.clone(),
                title: task.intitule.clone(),
                autonomy: task.autonomie.clone(),
                responsibilities: task.responsabilites.clone(),
                source: if same { None } else { sources.maybe(task.source.as_ref()) },
            };
            let shared = activity.taches.first().filter(|_| same).map(|task| &task.source);
            ActivityPart {
                anchor: anchor("activite", &activity.code),
                code: activity.code.clone(),
                title: activity.intitule.clone(),
                pole: activity.pole.clone(),
                group: activity.groupe.as_ref().map(|code| {
                    let found = record.groupes.iter().find(|group| group.code == *code);
                    let title = found.and_then(|group| group.intitule.as_deref()).unwrap_or("");
                    (format!("{code} {title}").trim().to_owned(), anchor("groupe", code))
                }),
                results: activity.resultats.clone(),
                tasks: activity.taches.iter().map(task).collect(),
                source: sources.maybe(activity.source.as_ref()),
                task_source: sources
                    .maybe(shared.and_then(Option::as_ref))
                    .filter(|source| activity.source.as_deref() != Some(source.text.as_str())),
                note: sources.maybe(activity.note.as_ref()),
            }
        })
        .collect()
}

/// The groups of a référentiel.
pub(super) fn groups(
    site: &Site<'_>,
    referential: &Referential,
    sources: &Sources<'_>,
    at: &str,
) -> Vec<GroupPart> {
    let group = |group: &record::Group| {
        let mut sub_block = None;
        let competences = group
            .competences
            .iter()
            .map(|competence| {
                let part = competence_part(site, competence, sub_block, sources, at);
                sub_block = competence.sous_bloc.as_deref();
                part
            })
            .collect();
        let bloc = group.bloc.as_ref().map(|bloc| format!("bloc {}", bloc.0));
        let unit = group.unite.as_ref().map(|unit| format!("unité {unit}"));
        let details: Vec<String> = bloc.into_iter().chain(unit).collect();
        GroupPart {
            anchor: anchor("groupe", &group.code),
            title: format!("{} {}", group.code, group.intitule.as_deref().unwrap_or(""))
                .trim()
                .to_owned(),
            details: details.join(", "),
            competences,
            source: sources.maybe(group.source.as_ref()),
            note: sources.maybe(group.note.as_ref()),
        }
    };
    referential.record.groupes.iter().map(group).collect()
}

fn competence_part(
    site: &Site<'_>,
    competence: &record::Competence,
    sub_block: Option<&str>,
    sources: &Sources<'_>,
    at: &str,
) -> CompetencePart {
    let prepares =
        |codes: &[String]| codes.iter().map(|code| prepared(site, code, at)).collect::<Vec<_>>();
    let same = competence.criteres.windows(2).all(|pair| pair[0].source == pair[1].source);
    let shared =
        competence.criteres.first().filter(|_| same).and_then(|first| first.source.as_ref());
    let criterion = |criterion: &Criterion| CriterionPart {
        code: criterion.code.clone(),
        title: criterion.intitule.clone(),
        nature: criterion.nature.clone(),
        indicators: criterion.indicateurs.clone(),
        descriptors: criterion.descripteurs.clone(),
        prepares: prepares(&criterion.prepare),
        source: sources.maybe(criterion.source.as_ref().filter(|_| !same)),
        note: sources.maybe(criterion.note.as_ref()),
    };
    CompetencePart {
        anchor: anchor("", &competence.code),
        code: competence.code.clone(),
        title: competence.intitule.clone(),
        transversal: competence.transversale,
        sub_block: competence.sous_bloc.clone().filter(|own| Some(own.as_str()) != sub_block),
        know_how: competence.savoir_faire.clone(),
        indicators: competence.indicateurs.clone(),
        attitudes: competence.attitudes.clone(),
        prepares: prepares(&competence.prepare),
        criteria: competence.criteres.iter().map(criterion).collect(),
        criteria_source: sources
            .maybe(shared.filter(|source| competence.source.as_ref() != Some(*source))),
        source: sources.maybe(competence.source.as_ref()),
        note: sources.maybe(competence.note.as_ref()),
    }
}

/// "mcv-a/C3.3.c" as a person reads it, with the way to it.
fn prepared(site: &Site<'_>, path: &str, at: &str) -> Prepared {
    let Some((diploma, code)) = path.split_once('/') else {
        return Prepared { label: path.to_owned(), href: None };
    };
    let Some(d) = site.school.referential(diploma) else {
        return Prepared { label: path.to_owned(), href: None };
    };
    let referential = &site.school.referentials[d];
    let competence = referential
        .competence(code)
        .or_else(|| referential.criterion(code).map(|ix| referential.competence_of(ix)));
    let href = competence.filter(|_| site.all_diplomas().any(|other| other == d)).map(|ix| {
        let page = link(at, &address(site, Subject::Referential(d)));
        format!("{page}#{}", anchor("", &referential.competence_record(ix).code))
    });
    Prepared { label: format!("{} {code}", referential.record.sigle), href }
}
