//! Files attached to scenarios, and links and official texts: nothing more (CNX-18).

use serde::Serialize;

use super::referential::{Source, Sources};
use super::{
    D, Frame, Menu, ResourceLink, Site, Subject, address, all_resources, frame, link,
    shared_scenarios,
};
use crate::record::StudyLevel;

/// The context of the list of files.
#[derive(Debug, Serialize)]
pub struct StoragePage {
    /// Around the page.
    pub frame: Frame,
    /// Levels that have files.
    pub levels: Vec<StorageLevel>,
    /// How many files.
    pub count: usize,
    /// Way to the scenarios.
    pub scenarios: String,
}

/// The files or links of a level.
#[derive(Debug, Serialize)]
pub struct StorageLevel {
    /// "Première".
    pub label: &'static str,
    /// Files or links: scenario, way to it, resource.
    pub lines: Vec<(String, String, ResourceLink)>,
}

/// The context of the list of links and texts.
#[derive(Debug, Serialize)]
pub struct ResourcesPage {
    /// Around the page.
    pub frame: Frame,
    /// The official text, with its source.
    pub text: Option<(Source, Option<Source>)>,
    /// Way to the référentiel.
    pub referential: String,
    /// Way to the rules common to all diplomas.
    pub common: Option<String>,
    /// Sources of the référentiel: name and address.
    pub sources: Vec<(String, Source)>,
    /// Links of scenarios, by level.
    pub levels: Vec<StorageLevel>,
    /// How many links.
    pub count: usize,
}

/// Computes the list of files of a diploma.
pub fn storage_page(site: &Site<'_>, d: D, at: &str) -> StoragePage {
    let (levels, count) = resources(site, d, at, true);
    StoragePage {
        frame: frame(site, at, "Espace de stockage", Some(d), Some(Menu::Storage)),
        levels,
        count,
        scenarios: link(at, &address(site, Subject::Scenarios(d))),
    }
}

/// Computes the list of links and texts of a diploma.
pub fn resources_page(site: &Site<'_>, d: D, at: &str) -> ResourcesPage {
    let referential = &site.school.referentials[d];
    let record = &referential.record;
    let to = |subject| link(at, &address(site, subject));
    let page = to(Subject::Referential(d));
    let sources = Sources::new(referential, page.clone());
    let (levels, count) = resources(site, d, at, false);
    ResourcesPage {
        frame: frame(site, at, "Ressources", Some(d), Some(Menu::Resources)),
        text: record
            .texte
            .as_ref()
            .map(|text| (sources.read(text), sources.maybe(record.provenance.get("texte")))),
        referential: page,
        common: site.common.map(|common| to(Subject::CommonRules(common))),
        sources: record
            .sources
            .iter()
            .map(|source| (source.id.clone(), sources.read(&source.adresse)))
            .collect(),
        levels,
        count,
    }
}

/// The files, or the links, of the shared scenarios of a diploma, by level; and how many.
fn resources(site: &Site<'_>, d: D, at: &str, files: bool) -> (Vec<StorageLevel>, usize) {
    let mut levels = Vec::new();
    let mut count = 0;
    for level in StudyLevel::ALL {
        let mut lines = Vec::new();
        for ix in shared_scenarios(site, d, *level) {
            let title = &site.school.scenarios[ix].record.titre;
            let href = link(at, &address(site, Subject::Scenario(ix)));
            let wanted = |resource: &ResourceLink| is_file(resource) == files;
            let found = all_resources(site, at, ix).into_iter().filter(wanted);
            lines.extend(found.map(|resource| (title.clone(), href.clone(), resource)));
        }
        count += lines.len();
        if !lines.is_empty() {
            levels.push(StorageLevel { label: level.label(), lines });
        }
    }
    (levels, count)
}

/// Whether a resource is a file copied into the site, and not a page elsewhere.
fn is_file(resource: &ResourceLink) -> bool {
    !resource.href.contains("://")
}
