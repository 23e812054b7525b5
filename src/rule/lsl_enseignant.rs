//! LSL-ENSEIGNANT: a teacher signs a part of the livret once.

use super::shared::twice::repeated;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Id;
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "LSL-ENSEIGNANT",
    severity: Severity::Error,
    summary: "Un enseignant n’est cité qu’une fois dans une partie du livret",
    explanation: "Plusieurs enseignants peuvent signer la spécialité ou le projet, dans l’ordre de la liste \
        (LSL-36) ; le même nom deux fois serait imprimé deux fois. La partie PFMP n’a qu’un nom : le référent \
        ou le professeur principal (LSL-15).",
    wrong: "enseignants = [\"mercier-paul\", \"mercier-paul\"]",
    right: "enseignants = [\"mercier-paul\", \"leroy-jean\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for livret in school.livrets.values() {
        let mut tell = |ids: &[Id], part: Option<&str>| {
            let at = |place: usize| {
                let path = match part {
                    Some(part) => key_path![part, "enseignants", place],
                    None => key_path!["enseignants", place],
                };
                Site::value(&livret.file, path)
            };
            for (again, first) in repeated(ids) {
                let message = format!("{} est déjà dans la liste", quoted(&ids[again]));
                findings.push(
                    Finding::new(&CODE, at(again), message)
                        .help("gardez ce nom une seule fois")
                        .related(at(first), "première mention"),
                );
            }
        };
        tell(&livret.record.enseignants, None);
        if let Some(project) = &livret.record.projet {
            tell(&project.enseignants, Some("projet"));
        }
    }
    findings
}
