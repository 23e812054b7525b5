//! DROIT-CALENDRIER: the calendar is set by the DDFPT.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::who;
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;

pub(super) static CODE: Code = Code {
    name: "DROIT-CALENDRIER",
    severity: Severity::Error,
    summary: "Le calendrier est fixé par le DDFPT",
    explanation: "Périodes officielles, dates de PFMP, dates limites de certification, dates de PRONOTE et du \
        service du livret : le DDFPT les fixe pour tous. La périodicité du livret (`lsl`) peut aussi être fixée \
        par le chef d’établissement (PER-05). Les enseignants lisent le calendrier.",
    wrong: "# écrit par un enseignant\ndate_limite = 2027-06-30",
    right: "# écrit par le DDFPT\ndate_limite = 2027-06-30",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    breaches(case, &CODE, &[Action::Calendar, Action::Periodicity], 2, |share, _| {
        let (what, whom) = match share.action {
            Action::Periodicity => (
                "la périodicité du livret est fixée par le DDFPT ou le chef d’établissement",
                "au DDFPT ou au chef d’établissement",
            ),
            _ => ("le calendrier est fixé par le DDFPT", "au DDFPT"),
        };
        (format!("{what} ; {}", who(case.act)), format!("demandez {whom} de le faire"))
    })
}
