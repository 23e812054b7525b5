//! DROIT-TRANSFERT: folders go and come by the DDFPT or the head; the administrator opens the way.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::who;
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;

pub(super) static CODE: Code = Code {
    name: "DROIT-TRANSFERT",
    severity: Severity::Error,
    summary: "Les transferts sont ouverts par l’administrateur et suivis par le DDFPT ou le chef d’établissement",
    explanation: "Un dossier qui part ou qui arrive engage l’établissement. L’administrateur ouvre les transferts et inscrit \
        les établissements partenaires avec leurs clés (`[transferts]` de school.toml, TRF-01) ; le DDFPT et le chef \
        d’établissement tiennent les étapes (`transfers/`) et rangent les dossiers reçus (`received/`).",
    wrong: "# écrit par un enseignant\n[transferts]\nouvert = true",
    right: "# écrit par l’administrateur\n[transferts]\nouvert = true",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    breaches(case, &CODE, &[Action::Transfer, Action::TransferSwitch], 1, |share, _| {
        let (what, whom) = match share.action {
            Action::TransferSwitch => (
                "l’administrateur ouvre et ferme les transferts, et en inscrit les partenaires",
                "à l’administrateur",
            ),
            _ => ("les transferts sont suivis par le DDFPT et le chef d’établissement", "au DDFPT"),
        };
        (format!("{what} ; {}", who(case.act)), format!("demandez {whom} de le faire"))
    })
}
