//! DROIT-ATTESTATION: an attestation is its author's; a colleague validates under his or her name.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::{named, who};
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;
use crate::record::{AnyRecord, Role};
use crate::text::elide_de;

pub(super) static CODE: Code = Code {
    name: "DROIT-ATTESTATION",
    severity: Severity::Error,
    summary: "Une attestation est à son auteur ; un collègue n’y valide qu’à son propre nom",
    explanation: "L’enseignant qui prépare l’attestation en répond. Un autre enseignant peut y ajouter une compétence \
        qu’il valide lui-même, et retirer les siennes (ATT-03). Le chef d’établissement signe le papier.",
    wrong: "# attestation de mercier-paul, modifiée par leroy-jean\nmotif = \"sortie\"",
    right: "# ajouté par leroy-jean\n\"C1.2\" = { par = \"leroy-jean\", le = 2027-06-25 }",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    let act = case.act;
    breaches(case, &CODE, &[Action::Attestation, Action::Tick], 2, |share, _| {
        let teacher = act.author.person().is_some_and(|person| person.has(Role::Teacher));
        match (&share.one.before, teacher) {
            (Some(AnyRecord::Attestation(made)), true) => {
                let author = named(act, &made.auteur);
                let message = format!(
                    "cette attestation est {} : {} n’y change que les compétences validées à son propre nom",
                    elide_de(author),
                    act.author.called()
                );
                (message, format!("demandez à {author} de le faire"))
            }
            _ => {
                let message = format!(
                    "une attestation de compétences est préparée par un enseignant ; {}",
                    who(act)
                );
                (message, "demandez à un enseignant de le faire".to_owned())
            }
        }
    })
}
