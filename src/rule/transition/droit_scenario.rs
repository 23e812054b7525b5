//! DROIT-SCENARIO: a scenario is changed by its author alone; only teachers make them.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::{named, who};
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;
use crate::record::Role;
use crate::text::elide_de;

pub(super) static CODE: Code = Code {
    name: "DROIT-SCENARIO",
    severity: Severity::Error,
    summary: "Un scénario n’est modifié que par son auteur",
    explanation: "L’auteur d’un scénario est le seul à le modifier, à le rendre privé ou à le partager de nouveau, \
        à le ranger, à en changer les documents et à le supprimer (SCE-14 à SCE-16) ; pas même le DDFPT. Un \
        enseignant qui veut le changer en fait une copie à son nom. Le scénario privé d’un collègue ne se copie \
        pas. La suppression n’ôte rien aux évaluations : elles gardent leur copie.",
    wrong: "# scénario de leroy-jean, modifié par mercier-paul\ntitre = \"Câbler une armoire\"",
    right: "# copie, faite par mercier-paul\nauteur = \"mercier-paul\"\ncopie_de = \"melec/premiere/cabler-un-tableau\"\ntitre = \"Câbler une armoire\"",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    let act = case.act;
    breaches(case, &CODE, &[Action::Scenario, Action::ScenarioNew], 0, |share, _| {
        let teacher = act.author.person().is_some_and(|person| person.has(Role::Teacher));
        if share.action == Action::ScenarioNew {
            return if teacher {
                (
                    "ce scénario est la copie du scénario privé d’un collègue".to_owned(),
                    "demandez à son auteur de le partager".to_owned(),
                )
            } else {
                (
                    format!("un scénario est créé par un enseignant ; {}", who(act)),
                    "demandez à un enseignant de le créer à son nom".to_owned(),
                )
            };
        }
        let Some(author) = share.scenario_author(act) else {
            let message = "l’auteur de ce scénario n’est pas connu : personne ne peut le modifier";
            return (message.to_owned(), "créez un autre scénario à votre nom".to_owned());
        };
        let author = named(act, author);
        let message = format!(
            "ce scénario est {} : seul son auteur le modifie, le range ou le supprime, et c’est {} qui le fait ici",
            elide_de(author),
            act.author.called()
        );
        let help = match teacher {
            true => format!(
                "faites-en une copie à votre nom (copie_de), ou demandez à {author} de le modifier"
            ),
            false => format!("demandez à {author} de le modifier"),
        };
        (message, help)
    })
}
