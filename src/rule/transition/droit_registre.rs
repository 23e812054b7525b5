//! DROIT-REGISTRE: the register is kept by the DDFPT and the head.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::who;
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;

pub(super) static CODE: Code = Code {
    name: "DROIT-REGISTRE",
    severity: Severity::Error,
    summary: "Le registre est tenu par le DDFPT et le chef d’établissement",
    explanation: "Commissions, jurys et émargements servent de preuve : le DDFPT et le chef d’établissement les \
        inscrivent. L’enseignant ou le CPE qui remet lui-même un document (`par`), ou qui assiste à une \
        consultation (`temoin`), peut l’inscrire.",
    wrong: "# écrit par leroy-jean\ndocument = \"livret\"\npar = \"mercier-paul\"",
    right: "# écrit par leroy-jean\ndocument = \"livret\"\npar = \"leroy-jean\"",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    breaches(case, &CODE, &[Action::Register, Action::RegisterDesk], 1, |share, _| {
        let more = match share.action {
            Action::RegisterDesk => ", ou par la personne qui y est nommée",
            _ => "",
        };
        let message = format!(
            "le registre est tenu par le DDFPT et le chef d’établissement{more} ; {}",
            who(case.act)
        );
        (message, "demandez au DDFPT de le faire".to_owned())
    })
}
