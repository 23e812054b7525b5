//! DROIT-EQUIPE: who works in the school, with which role, is told by the DDFPT or the head.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::who;
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;

pub(super) static CODE: Code = Code {
    name: "DROIT-EQUIPE",
    severity: Severity::Error,
    summary: "L’équipe est tenue par le DDFPT et le chef d’établissement",
    explanation: "`staff.toml` dit qui est qui : les rôles, les adresses qui identifient l’auteur d’une modification, \
        les clés qui la signent. Tous les droits en dépendent ; personne ne se les donne.",
    wrong: "# écrit par mercier-paul\n[personnes.mercier-paul]\nroles = [\"enseignant\", \"ddfpt\"]",
    right: "# écrit par le DDFPT ou le chef d’établissement\n[personnes.mercier-paul]\nroles = [\"enseignant\", \"ddfpt\"]",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    breaches(case, &CODE, &[Action::Staff], 2, |_, _| {
        let message = format!(
            "l’équipe est tenue par le DDFPT et le chef d’établissement ; {}",
            who(case.act)
        );
        (message, "demandez au DDFPT de le faire".to_owned())
    })
}
