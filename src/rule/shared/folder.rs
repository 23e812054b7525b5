//! Records of a pupil that lie in another folder than the pupil's own.

use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Site};
use crate::school::{Ix, Pupil, School};
use crate::text::{elide_de, quoted};

/// A finding when a file is not in its pupil's folder; `what` is "cette grille", `within` the
/// folder's own folder for such files.
pub(in crate::rule) fn misplaced(
    school: &School,
    code: &'static Code,
    file: &Arc<str>,
    pupil_ix: Ix<Pupil>,
    what: &str,
    within: &str,
) -> Option<Finding> {
    let pupil = &school.pupils[pupil_ix];
    let folder = format!("students/{}/{}/", pupil.cohort, pupil.id);
    // Two folders of one name have their own rule.
    let twin = school.twins.iter().any(|twin| twin.kept == pupil_ix);
    if file.starts_with(&folder) || twin {
        return None;
    }
    let message = format!(
        "{what} n’est pas dans le dossier {}, {}",
        elide_de(&pupil.full_name()),
        quoted(folder.trim_end_matches('/'))
    );
    Some(
        Finding::new(code, Site::file(file), message)
            .help(format!("déplacez le fichier dans {folder}{within}/"))
            .related(Site::file(&pupil.file), "la fiche de l’élève"),
    )
}
