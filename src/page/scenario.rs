//! One scenario: title, context, links with the référentiel, resources, and how to assess with it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::evaluation_text::{evaluation_text, free_name, present_pupils};
use super::scenario_list::author_name;
use super::{
    D, Document, Frame, Menu, Neighbour, ResourceLink, Site, Subject, address, all_resources,
    anchor, frame, link, shared_scenarios,
};
use crate::school::{CompetenceIx, Ix, Referential, Scenario, TaskIx};
use crate::text::short_date;

/// The context of a scenario's page.
#[derive(Debug, Serialize)]
pub struct ScenarioPage {
    /// Around the page.
    pub frame: Frame,
    /// Title.
    pub title: String,
    /// "première".
    pub level: String,
    /// Folder.
    pub folder: Option<String>,
    /// The word and its code, as the page has them.
    pub complexity: Option<String>,
    /// Name of the author and way to the author's page.
    pub author: (String, Option<String>),
    /// Sectors of activity.
    pub sectors: Vec<String>,
    /// The scenario this one was copied from, if it is shared.
    pub copy_of: Option<(String, String)>,
    /// Where it comes from, if from another school.
    pub origin: Option<String>,
    /// Files to take away: words and way to each.
    pub office: Vec<(String, String)>,
    /// Evaluations made from it, latest first: label and way to each.
    pub evaluations: Vec<(String, String)>,
    /// Context, in Markdown.
    pub context: Option<String>,
    /// Chosen tasks, by activity.
    pub activities: Vec<ChosenActivity>,
    /// Activities without any chosen task.
    pub other_activities: Vec<String>,
    /// How many tasks are chosen.
    pub tasks: usize,
    /// All competences, by group.
    pub groups: Vec<ChosenGroup>,
    /// How many criteria are chosen.
    pub criteria: usize,
    /// Whether the référentiel links tasks and competences.
    pub has_matrix: bool,
    /// The transversal competences; none when the référentiel has none (SCE-02).
    pub transversal: Option<Vec<ChosenCompetence>>,
    /// How many transversal competences are aimed at.
    pub transversal_chosen: usize,
    /// The foot list: competences with a chosen criterion (SCE-21).
    pub chosen: Vec<ChosenCompetence>,
    /// Resources.
    pub resources: Vec<ResourceLink>,
    /// Classes of the year it can be assessed in.
    pub grids: Vec<NewGrid>,
    /// "2026-2027".
    pub year: String,
    /// Way to change the scenario.
    pub edit: Option<String>,
    /// Way to the référentiel.
    pub referential: String,
}

/// An activity with the tasks chosen in it.
#[derive(Debug, Serialize)]
pub struct ChosenActivity {
    /// "A1 Conseil et vente".
    pub title: String,
    /// Tasks: code and wording.
    pub tasks: Vec<(String, String)>,
}

/// A group with all its competences.
#[derive(Debug, Serialize)]
pub struct ChosenGroup {
    /// "G1 Conseiller et vendre, U31".
    pub title: String,
    /// How many criteria are chosen in it (SCE-20).
    pub criteria: usize,
    /// Its competences.
    pub competences: Vec<ChosenCompetence>,
}

/// A competence and what the scenario takes from it.
#[derive(Clone, Debug, Serialize)]
pub struct ChosenCompetence {
    /// Code.
    pub code: String,
    /// Wording.
    pub title: String,
    /// Way to it in the référentiel.
    pub href: String,
    /// Whether the référentiel links it to a chosen task (SCE-22).
    pub linked: bool,
    /// Chosen criteria: code and wording.
    pub criteria: Vec<(String, String)>,
}

/// A class in which the scenario can be assessed.
#[derive(Debug, Serialize)]
pub struct NewGrid {
    /// Name of the class.
    pub class: String,
    /// How many pupils it has.
    pub pupils: usize,
    /// Way to make the file.
    pub href: Option<String>,
    /// Where the file goes.
    pub folder: String,
    /// Its name.
    pub file: String,
    /// Its text.
    pub text: String,
    /// Name of the text in the page.
    pub anchor: String,
}

/// Computes the page of a shared scenario.
pub fn scenario_page(site: &Site<'_>, ix: Ix<Scenario>, at: &str) -> ScenarioPage {
    let school = site.school;
    let scenario = &school.scenarios[ix];
    let record = &scenario.record;
    let d = scenario.diploma;
    let referential = &school.referentials[d];
    let to = |subject| link(at, &address(site, subject));
    let level = scenario.level.label().to_lowercase();
    let groups = groups(referential, scenario, &to(Subject::Referential(d)));
    let all: Vec<ChosenCompetence> =
        groups.iter().flat_map(|group| group.competences.iter().cloned()).collect();
    let transversal = transversal(referential, &all);
    ScenarioPage {
        frame: around(site, ix, at),
        title: record.titre.clone(),
        folder: record.dossier.clone(),
        complexity: record.complexite.map(|complexity| {
            format!("{} [{}]", complexity.label().to_lowercase(), complexity.as_str())
        }),
        author: (
            author_name(site, scenario),
            scenario.author.map(|person| to(Subject::Person(person))),
        ),
        sectors: record.secteurs.clone(),
        copy_of: scenario
            .copy_of
            .filter(|other| !school.scenarios[*other].record.prive)
            .filter(|other| site.all_diplomas().any(|d| d == school.scenarios[*other].diploma))
            .map(|other| {
                (school.scenarios[other].record.titre.clone(), to(Subject::Scenario(other)))
            }),
        origin: record.origine.clone(),
        office: super::office_links(site, ix, at),
        evaluations: evaluations(site, ix, at),
        context: record.contexte.as_ref().map(|prose| prose.0.clone()),
        activities: chosen_activities(referential, &scenario.tasks),
        other_activities: other_activities(referential, scenario),
        tasks: scenario.tasks.len(),
        criteria: scenario.criteria.len(),
        has_matrix: !referential.record.matrice.is_empty(),
        transversal_chosen: transversal
            .iter()
            .flatten()
            .filter(|competence| !competence.criteria.is_empty())
            .count(),
        transversal,
        chosen: all.into_iter().filter(|competence| !competence.criteria.is_empty()).collect(),
        groups,
        resources: all_resources(site, at, ix),
        grids: new_grids(site, d, scenario),
        year: school.current_year().to_string(),
        edit: super::edit_link(site, &scenario.file),
        referential: to(Subject::Referential(d)),
        level,
    }
}

/// The scenario, and the table to rate it with a pen for each class of its level.
fn papers(site: &Site<'_>, ix: Ix<Scenario>) -> Vec<Document> {
    let scenario = &site.school.scenarios[ix];
    let classes = site.current_classes(scenario.diploma);
    let rated = classes.filter(|class| site.school.classes[*class].record.niveau == scenario.level);
    let grids = rated.map(|class| Document::BlankGrid(ix, class));
    std::iter::once(Document::Scenario(ix)).chain(grids).collect()
}

fn around(site: &Site<'_>, ix: Ix<Scenario>, at: &str) -> Frame {
    let scenario = &site.school.scenarios[ix];
    let (d, level) = (scenario.diploma, scenario.level);
    let list = shared_scenarios(site, d, level);
    let mut around = frame(site, at, &scenario.record.titre, Some(d), Some(Menu::Scenarios))
        .papers(site, at, &papers(site, ix))
        .crumb(site, at, "Scénarios", Subject::Scenarios(d))
        .crumb(site, at, level.label(), Subject::Scenarios(d))
        .walk(format!("Scénarios de {}", level.label().to_lowercase()), &list, ix, |other| {
            Neighbour {
                label: site.school.scenarios[other].record.titre.clone(),
                href: link(at, &address(site, Subject::Scenario(other))),
            }
        });
    if let Some(last) = around.crumbs.last_mut() {
        last.href = format!("{}#{}", last.href, level.as_str());
    }
    around
}

/// The evaluations made from a scenario, latest first.
fn evaluations(site: &Site<'_>, ix: Ix<Scenario>, at: &str) -> Vec<(String, String)> {
    let school = site.school;
    let mut made: Vec<_> =
        school.evaluations.iter().filter(|(_, made)| made.scenario == Some(ix)).collect();
    made.sort_by(|(_, a), (_, b)| (b.record.date, &b.id).cmp(&(a.record.date, &a.id)));
    made.into_iter()
        .map(|(ix, evaluation)| {
            let class = &school.classes[evaluation.class].record.nom;
            let label = format!("{class}, {}", short_date(evaluation.record.date));
            (label, link(at, &address(site, Subject::Evaluation(ix))))
        })
        .collect()
}

/// Tasks, by activity.
pub(super) fn chosen_activities(
    referential: &Referential,
    tasks: &[TaskIx],
) -> Vec<ChosenActivity> {
    let mut chosen: BTreeMap<usize, Vec<(String, String)>> = BTreeMap::new();
    for task in tasks {
        let record = referential.task_record(*task);
        let activity = referential.tasks[task.0 as usize].activity;
        chosen.entry(activity).or_default().push((record.code.clone(), record.intitule.clone()));
    }
    chosen
        .into_iter()
        .map(|(activity, tasks)| {
            let record = &referential.record.activites[activity];
            ChosenActivity { title: format!("{} {}", record.code, record.intitule), tasks }
        })
        .collect()
}

fn other_activities(referential: &Referential, scenario: &Scenario) -> Vec<String> {
    let used: BTreeSet<usize> =
        scenario.tasks.iter().map(|task| referential.tasks[task.0 as usize].activity).collect();
    let activities = referential.record.activites.iter().enumerate();
    activities
        .filter(|(n, _)| !used.contains(n))
        .map(|(_, activity)| format!("{} {}", activity.code, activity.intitule))
        .collect()
}

/// The competences that the référentiel links to the chosen tasks (SCE-22).
pub fn linked_competences(
    referential: &Referential,
    scenario: &Scenario,
) -> BTreeSet<CompetenceIx> {
    let links = scenario.tasks.iter().flat_map(|task| referential.links(*task));
    links.map(|(competence, _)| *competence).collect()
}

fn groups(referential: &Referential, scenario: &Scenario, page: &str) -> Vec<ChosenGroup> {
    let linked = linked_competences(referential, scenario);
    let mut chosen: BTreeMap<CompetenceIx, Vec<(String, String)>> = BTreeMap::new();
    for criterion in &scenario.criteria {
        let code = referential.criteria[criterion.0 as usize].code.clone();
        let title = referential.criterion_title(*criterion).to_owned();
        chosen.entry(referential.competence_of(*criterion)).or_default().push((code, title));
    }
    let groups = referential.record.groupes.iter().enumerate();
    groups
        .map(|(n, group)| {
            let competences: Vec<ChosenCompetence> = referential
                .competence_ixs()
                .filter(|ix| referential.competences[ix.0 as usize].group == n)
                .map(|ix| {
                    let record = referential.competence_record(ix);
                    ChosenCompetence {
                        code: record.code.clone(),
                        title: record.intitule.clone(),
                        href: format!("{page}#{}", anchor("", &record.code)),
                        linked: linked.contains(&ix),
                        criteria: chosen.remove(&ix).unwrap_or_default(),
                    }
                })
                .collect();
            let unit = group.unite.as_ref().map_or_else(String::new, |unit| format!(", {unit}"));
            let title = format!("{} {}", group.code, group.intitule.as_deref().unwrap_or(""));
            ChosenGroup {
                title: format!("{}{unit}", title.trim()),
                criteria: competences.iter().map(|competence| competence.criteria.len()).sum(),
                competences,
            }
        })
        .collect()
}

fn transversal(
    referential: &Referential,
    all: &[ChosenCompetence],
) -> Option<Vec<ChosenCompetence>> {
    let list: Vec<ChosenCompetence> = referential
        .competence_ixs()
        .map(|ix| referential.competence_record(ix))
        .filter(|record| record.transversale)
        .filter_map(|record| all.iter().find(|other| other.code == record.code).cloned())
        .collect();
    (!list.is_empty()).then_some(list)
}

/// The current classes of the scenario's diploma and level, each with its new evaluation.
fn new_grids(site: &Site<'_>, d: D, scenario: &Scenario) -> Vec<NewGrid> {
    let school = site.school;
    site.current_classes(d)
        .filter(|class| school.classes[*class].record.niveau == scenario.level)
        .map(|ix| {
            let class = &school.classes[ix];
            let folder = format!("evaluations/{}", class.id());
            let file = free_name(school, scenario, ix);
            NewGrid {
                class: class.record.nom.clone(),
                pupils: present_pupils(school, ix).len(),
                href: super::new_file_link(site, &folder, &file),
                folder,
                file,
                text: evaluation_text(school, scenario, ix),
                anchor: format!("modele-{}", class.key),
            }
        })
        .collect()
}
