//! DROIT-EVALUATION: evaluations are the teachers' work.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::who;
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;

pub(super) static CODE: Code = Code {
    name: "DROIT-EVALUATION",
    severity: Severity::Error,
    summary: "Une évaluation est créée, remplie et supprimée par des enseignants",
    explanation: "Tout enseignant peut créer une évaluation, en compléter une, la supprimer, tant qu’aucun bilan \
        validé ne la prend en compte. Ni le DDFPT, ni la vie scolaire, ni les élèves n’évaluent.",
    wrong: "# écrit par le DDFPT\ndupont-lea = [\"+\"]",
    right: "# écrit par un enseignant\ndupont-lea = [\"+\"]",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    breaches(case, &CODE, &[Action::Evaluation], 2, |_, _| {
        let message =
            format!("les évaluations sont remplies par les enseignants ; {}", who(case.act));
        (message, "demandez à un enseignant de le faire".to_owned())
    })
}
