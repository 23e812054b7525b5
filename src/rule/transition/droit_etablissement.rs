//! DROIT-ETABLISSEMENT: the settings of the school and the référentiels.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::who;
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;

pub(super) static CODE: Code = Code {
    name: "DROIT-ETABLISSEMENT",
    severity: Severity::Error,
    summary: "Les réglages de l’établissement et les référentiels ne sont pas modifiés par tous",
    explanation: "L’établissement, son logo et les référentiels sont tenus par le DDFPT, le chef d’établissement et \
        l’administrateur. Ouvrir ou fermer le book des apprenants (`book`) revient au DDFPT seul (BOOK-01), et \
        le site des familles (`[familles]`) au chef d’établissement et au DDFPT (NAT-30). Les \
        autres fichiers des dossiers d’élèves et de périodes sont déposés par le personnel.",
    wrong: "# écrit par un enseignant\nbook = true",
    right: "# écrit par le DDFPT\nbook = true",
};

const ACTIONS: &[Action] =
    &[Action::School, Action::BookOpen, Action::FamilySite, Action::Referential, Action::Loose];

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    breaches(case, &CODE, ACTIONS, 1, |share, _| {
        let (what, whom) = match share.action {
            Action::BookOpen => ("le DDFPT seul ouvre et ferme le book des apprenants", "au DDFPT"),
            Action::FamilySite => (
                "le chef d’établissement et le DDFPT ouvrent le site des familles et en datent les étapes",
                "au DDFPT",
            ),
            Action::Referential => (
                "les référentiels sont tenus par le DDFPT, le chef d’établissement et l’administrateur",
                "au DDFPT",
            ),
            Action::Loose => {
                ("ce fichier n’est pas à l’élève : le personnel le dépose", "à un enseignant")
            }
            _ => (
                "les réglages sont tenus par le DDFPT, le chef d’établissement et l’administrateur",
                "au DDFPT",
            ),
        };
        (format!("{what} ; {}", who(case.act)), format!("demandez {whom} de le faire"))
    })
}
