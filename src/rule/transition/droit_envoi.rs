//! DROIT-ENVOI: sending the livret is the act of the head or of the DDFPT.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::who;
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;

pub(super) static CODE: Code = Code {
    name: "DROIT-ENVOI",
    severity: Severity::Error,
    summary: "L’envoi du livret est inscrit par le chef d’établissement ou le DDFPT",
    explanation: "L’envoi vers l’application nationale engage la responsabilité de qui le fait (LSL-03) : le chef \
        d’établissement ou le DDFPT l’inscrit lui-même. Un enseignant remplit le livret.",
    wrong: "# écrit par un enseignant\n[[envois]]\nle = 2027-06-04\npar = \"martin-anne\"",
    right: "# écrit par martin-anne, DDFPT\n[[envois]]\nle = 2027-06-04\npar = \"martin-anne\"",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    breaches(case, &CODE, &[Action::LivretSend], 2, |_, _| {
        let message = format!(
            "un envoi est inscrit par le chef d’établissement ou le DDFPT, qui en répond ; {}",
            who(case.act)
        );
        (message, "demandez au chef d’établissement ou au DDFPT de l’inscrire".to_owned())
    })
}
