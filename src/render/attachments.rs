//! The files of shared scenarios, and where their copies stand in the site.

use crate::page::Site;

/// Path in the content and path in the site of each file attached to a shared scenario; the files
/// of a private one stay with its author (SCE-15).
pub fn attachments(site: &Site<'_>) -> Vec<(String, String)> {
    site.school
        .scenarios
        .values()
        .iter()
        .filter(|scenario| !scenario.record.prive)
        .flat_map(|scenario| &scenario.files)
        .map(|path| (path.clone(), format!("fichiers/{path}")))
        .collect()
}
