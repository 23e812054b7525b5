//! The scenarios a team shares, by level then folder; private ones are not there at all (SCE-15).

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde::Serialize;

use super::{D, Frame, Menu, Site, Subject, address, all_resources, frame, link, new_file_link};
use crate::record::StudyLevel;
use crate::school::{Ix, Scenario};

/// The context of the list of scenarios.
#[derive(Debug, Serialize)]
pub struct ScenariosPage {
    /// Around the page.
    pub frame: Frame,
    /// Levels, in order.
    pub levels: Vec<LevelPart>,
    /// The text of a new scenario, ready to be completed.
    pub model: String,
}

/// The scenarios of a level.
#[derive(Debug, Serialize)]
pub struct LevelPart {
    /// "Première".
    pub label: &'static str,
    /// "premiere".
    pub anchor: &'static str,
    /// How many there are.
    pub count: usize,
    /// Way to make a new one (SCE-04).
    pub create: Option<String>,
    /// Folders, in order; those without one come last.
    pub folders: Vec<FolderPart>,
}

/// The scenarios of a folder.
#[derive(Debug, Serialize)]
pub struct FolderPart {
    /// Name; none for scenarios outside folders.
    pub name: Option<String>,
    /// Scenarios, in order.
    pub scenarios: Vec<ScenarioLine>,
}

/// A scenario in the list.
#[derive(Debug, Serialize)]
pub struct ScenarioLine {
    /// Title.
    pub title: String,
    /// Way to it.
    pub href: String,
    /// "M. Mercier".
    pub author: String,
    /// The word and its code, as the page has them.
    pub complexity: Option<String>,
    /// How many tasks.
    pub tasks: usize,
    /// How many criteria.
    pub criteria: usize,
    /// How many resources (SCE-25).
    pub resources: usize,
}

/// The shared scenarios of a diploma and level, in the order of the list: folders in French order,
/// scenarios outside folders last; within a folder those with a number by number, then the others
/// by title, "2" before "10" (SCE-11, SCE-12).
pub fn shared_scenarios(site: &Site<'_>, d: D, level: StudyLevel) -> Vec<Ix<Scenario>> {
    let school = site.school;
    let mut list: Vec<_> = school
        .scenarios
        .iter()
        .filter(|(_, scenario)| {
            !scenario.record.prive && scenario.diploma == d && scenario.level == level
        })
        .map(|(ix, _)| ix)
        .collect();
    list.sort_by(|a, b| order(site, &school.scenarios[*a], &school.scenarios[*b]));
    list
}

fn order(site: &Site<'_>, a: &Scenario, b: &Scenario) -> Ordering {
    let folders = match (&a.record.dossier, &b.record.dossier) {
        (Some(a), Some(b)) => site.collation.compare(a, b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    let number = |scenario: &Scenario| scenario.record.ordre.as_ref().map_or(i64::MAX, |n| n.0);
    folders
        .then_with(|| number(a).cmp(&number(b)))
        .then_with(|| site.collation.compare(&a.record.titre, &b.record.titre))
        .then_with(|| a.id.cmp(&b.id))
}

/// The levels of a diploma: those of the référentiel, and those that scenarios have besides.
fn levels(site: &Site<'_>, d: D) -> BTreeSet<StudyLevel> {
    let scenarios = site.school.scenarios.values().iter();
    let others = scenarios
        .filter(|scenario| !scenario.record.prive && scenario.diploma == d)
        .map(|scenario| scenario.level);
    site.school.referentials[d].record.niveaux.iter().copied().chain(others).collect()
}

/// Computes the list of scenarios of a diploma.
pub fn scenarios_page(site: &Site<'_>, d: D, at: &str) -> ScenariosPage {
    let code = &site.school.referentials[d].code;
    let part = |level: StudyLevel| {
        let list = shared_scenarios(site, d, level);
        let mut folders: Vec<FolderPart> = Vec::new();
        for ix in &list {
            let name = &site.school.scenarios[*ix].record.dossier;
            if folders.last().is_none_or(|folder| folder.name != *name) {
                folders.push(FolderPart { name: name.clone(), scenarios: Vec::new() });
            }
            if let Some(folder) = folders.last_mut() {
                folder.scenarios.push(line(site, *ix, at));
            }
        }
        LevelPart {
            label: level.label(),
            anchor: level.as_str(),
            count: list.len(),
            create: new_file_link(
                site,
                &format!("scenarios/{code}/{}", level.as_str()),
                "nom-du-scenario.toml",
            ),
            folders,
        }
    };
    ScenariosPage {
        frame: frame(site, at, "Scénarios", Some(d), Some(Menu::Scenarios)),
        levels: levels(site, d).into_iter().map(part).collect(),
        model: MODEL.to_owned(),
    }
}

/// A new scenario: a question mark for each thing to decide.
const MODEL: &str = "titre = \"?\"\nauteur = \"?\"\ncomplexite = \"?\"\ntaches = [\"?\"]\n\
    criteres = [\"?\"]\ncontexte = \"\"\"\n?\n\"\"\"\n";

fn line(site: &Site<'_>, ix: Ix<Scenario>, at: &str) -> ScenarioLine {
    let scenario = &site.school.scenarios[ix];
    ScenarioLine {
        title: scenario.record.titre.clone(),
        href: link(at, &address(site, Subject::Scenario(ix))),
        author: author_name(site, scenario),
        complexity: scenario
            .record
            .complexite
            .map(|complexity| format!("{} [{}]", complexity.label(), complexity.as_str())),
        tasks: scenario.tasks.len(),
        criteria: scenario.criteria.len(),
        resources: all_resources(site, at, ix).len(),
    }
}

/// "M. Mercier"; the identifier of somebody unknown.
pub(super) fn author_name(site: &Site<'_>, scenario: &Scenario) -> String {
    scenario.author.map_or_else(
        || scenario.record.auteur.0.clone(),
        |person| site.school.people[person].formal_name(),
    )
}
