//! The documents and links of a scenario: those it lists, then the other files of its folder.

use serde::Serialize;

use super::{Site, file_href, resource_links};
use crate::school::{Ix, Scenario};

/// A document or a link, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResourceLink {
    /// Title.
    pub title: String,
    /// Way to it.
    pub href: String,
    /// "PDF", "ODT"…; none for a page elsewhere.
    pub kind: Option<String>,
}

/// All resources of a shared scenario; a private one shows none (SCE-15).
pub fn all_resources(site: &Site<'_>, at: &str, ix: Ix<Scenario>) -> Vec<ResourceLink> {
    let scenario = &site.school.scenarios[ix];
    if scenario.record.prive {
        return Vec::new();
    }
    let is_file = |href: &str| scenario.files.iter().any(|path| file_href(at, path) == href);
    let mut links: Vec<ResourceLink> =
        resource_links(site, at, &scenario.record.ressources, Some(ix))
            .into_iter()
            .map(|(title, href)| {
                let kind = is_file(&href).then(|| kind(&href)).flatten();
                ResourceLink { title, href, kind }
            })
            .collect();
    for path in &scenario.files {
        let href = file_href(at, path);
        if !links.iter().any(|link| link.href == href) {
            let name = path.rsplit('/').next().unwrap_or(path);
            links.push(ResourceLink { title: name.to_owned(), kind: kind(path), href });
        }
    }
    links
}

/// The kind of a file, from its name.
fn kind(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let (_, extension) = name.rsplit_once('.')?;
    Some(extension.to_uppercase())
}
