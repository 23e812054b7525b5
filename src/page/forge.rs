//! Ways out of the site: to the forge where a file is changed, to the files beside a scenario.

use crate::record::{ForgeKind, Resource};
use crate::school::{Ix, Scenario};

use super::{Site, root};

/// The page of the forge where a file is edited, if the school says where its forge is.
pub fn edit_link(site: &Site<'_>, file: &str) -> Option<String> {
    let forge = site.school.establishment.forge.as_ref()?;
    let (base, branch) =
        (forge.adresse.trim_end_matches('/'), forge.branche.as_deref().unwrap_or("main"));
    Some(match forge.logiciel {
        ForgeKind::Gitlab => format!("{base}/-/edit/{branch}/content/{file}"),
        ForgeKind::Forgejo => format!("{base}/_edit/{branch}/content/{file}"),
        ForgeKind::Github => format!("{base}/edit/{branch}/content/{file}"),
    })
}

/// The page of the forge that shows a file as a commit has it.
pub(super) fn version_link(site: &Site<'_>, file: &str, commit: &str) -> Option<String> {
    let forge = site.school.establishment.forge.as_ref()?;
    let base = forge.adresse.trim_end_matches('/');
    Some(match forge.logiciel {
        ForgeKind::Gitlab => format!("{base}/-/blob/{commit}/content/{file}"),
        ForgeKind::Forgejo => format!("{base}/src/commit/{commit}/content/{file}"),
        ForgeKind::Github => format!("{base}/blob/{commit}/content/{file}"),
    })
}

/// The page of the forge where a new file is made in a folder.
pub fn new_file_link(site: &Site<'_>, folder: &str, name: &str) -> Option<String> {
    let forge = site.school.establishment.forge.as_ref()?;
    let (base, branch) =
        (forge.adresse.trim_end_matches('/'), forge.branche.as_deref().unwrap_or("main"));
    Some(match forge.logiciel {
        ForgeKind::Gitlab => format!("{base}/-/new/{branch}/content/{folder}?file_name={name}"),
        ForgeKind::Forgejo => format!("{base}/_new/{branch}/content/{folder}"),
        ForgeKind::Github => format!("{base}/new/{branch}/content/{folder}?filename={name}"),
    })
}

/// Titles and ways of resources: files of a shared scenario are copied under `fichiers/`.
///
/// A private scenario stays with its author, and so do its files (SCE-15).
pub fn resource_links(
    site: &Site<'_>,
    at: &str,
    resources: &[Resource],
    scenario: Option<Ix<Scenario>>,
) -> Vec<(String, String)> {
    let shared = scenario
        .map(|scenario| &site.school.scenarios[scenario])
        .filter(|scenario| !scenario.record.prive);
    resources
        .iter()
        .filter_map(|resource| {
            let href = match (&resource.lien, &resource.fichier, shared) {
                (Some(link), _, _) if is_harmless(link) => link.clone(),
                (None, Some(file), Some(scenario)) => {
                    let path = format!("scenarios/{}/{file}", scenario.id);
                    scenario.files.contains(&path).then(|| file_href(at, &path))?
                }
                _ => return None,
            };
            Some((resource.titre.clone(), href))
        })
        .collect()
}

/// The way to the copy of a file of a scenario.
pub(super) fn file_href(at: &str, path: &str) -> String {
    let mut href = format!("{}fichiers/", root(at));
    for c in path.chars() {
        match c {
            '%' | ' ' | '#' | '?' | '"' | '<' | '>' | '\\' => {
                href.push_str(&format!("%{:02X}", u32::from(c)));
            }
            _ => href.push(c),
        }
    }
    href
}

/// Whether an address leads to a page and not to a script.
fn is_harmless(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}
