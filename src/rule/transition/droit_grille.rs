//! DROIT-GRILLE: a CCF grid is filled by its author and the members of its commission.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::{named, pupil, who};
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;
use crate::record::AnyRecord;
use crate::text::elide_de;

pub(super) static CODE: Code = Code {
    name: "DROIT-GRILLE",
    severity: Severity::Error,
    summary: "Une grille de certification est remplie par son auteur et par sa commission",
    explanation: "Les enseignants ont la charge des grilles, de leur saisie et des commentaires (CCF-18) : l’auteur, et \
        les membres de la commission que la grille nomme. Le DDFPT les dépose, il ne les remplit pas.",
    wrong: "# grille de mercier-paul, remplie par leroy-jean qui n’est pas de la commission\n\"C1\" = 3",
    right: "# ajouté d’abord par l’auteur de la grille\n[[commission]]\npersonne = \"leroy-jean\"",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    let act = case.act;
    breaches(case, &CODE, &[Action::Grid], 0, |share, _| match &share.one.before {
        Some(AnyRecord::FilledGrid(grid)) => {
            let author = named(act, &grid.auteur);
            let message = format!(
                "cette grille {} est {} et de sa commission : {} n’en fait pas partie",
                elide_de(pupil(act, share.pupil().unwrap_or_default())),
                elide_de(author),
                act.author.called()
            );
            (
                message,
                format!("demandez à {author} de le faire, ou de vous ajouter à la commission"),
            )
        }
        _ => {
            let message =
                format!("une grille de certification est remplie par un enseignant ; {}", who(act));
            (message, "demandez à un enseignant de le faire".to_owned())
        }
    })
}
