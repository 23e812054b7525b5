//! DROIT-ANNEXE: an annexe pédagogique is its author's and the DDFPT's.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::{named, who};
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;
use crate::record::AnyRecord;
use crate::text::elide_de;

pub(super) static CODE: Code = Code {
    name: "DROIT-ANNEXE",
    severity: Severity::Error,
    summary: "Une annexe pédagogique est modifiée par le professeur référent qui l’a écrite, ou par le DDFPT",
    explanation: "L’annexe est écrite par le professeur référent (ANX-01), et le DDFPT la prépare à la rentrée. Un \
        autre enseignant en fait une copie à son nom, du même niveau. Les périodes déjà créées gardent leurs \
        objectifs et leurs tâches.",
    wrong: "# annexe de mercier-paul, modifiée par leroy-jean\nobjectifs = \"Encaisser.\"",
    right: "# copie, faite par leroy-jean\nauteur = \"leroy-jean\"\ncopie_de = \"mcv-a/premiere/decouverte\"\nobjectifs = \"Encaisser.\"",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    let act = case.act;
    breaches(case, &CODE, &[Action::Annex], 0, |share, _| match &share.one.before {
        Some(AnyRecord::Annex(annex)) => {
            let author = named(act, &annex.auteur);
            let message = format!(
                "cette annexe est {} : elle n’est modifiée que par son auteur ou par le DDFPT, et c’est {} qui le fait ici",
                elide_de(author),
                act.author.called()
            );
            (message, format!("demandez à {author} ou au DDFPT de le faire"))
        }
        _ => {
            let message = format!(
                "une annexe pédagogique est écrite par un enseignant ou par le DDFPT ; {}",
                who(act)
            );
            (message, "demandez à un enseignant ou au DDFPT de le faire".to_owned())
        }
    })
}
