//! DROIT-PERIODE: periods in companies are declared by the DDFPT.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::who;
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;

pub(super) static CODE: Code = Code {
    name: "DROIT-PERIODE",
    severity: Severity::Error,
    summary: "Une période en entreprise est déclarée, modifiée et supprimée par le DDFPT",
    explanation: "Les périodes valent pour toutes les classes d’un niveau : le DDFPT les déclare (PFM-02), et les \
        enseignants le conseillent. Une date de travers fausse les semaines de tous ; une période supprimée \
        emporte ce que les élèves ont écrit.",
    wrong: "# écrit par un enseignant\nfin = 2027-02-06",
    right: "# écrit par le DDFPT, à la demande de l’enseignant\nfin = 2027-02-06",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    breaches(case, &CODE, &[Action::Period], 1, |_, _| {
        let message =
            format!("les périodes en entreprise sont déclarées par le DDFPT ; {}", who(case.act));
        (message, "demandez au DDFPT de le faire".to_owned())
    })
}
