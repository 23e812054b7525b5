//! DROIT-BILAN: a review is made by a professional teacher of the class, and is his or hers.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::{named, pupil, who};
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;
use crate::record::{AnyRecord, Role};
use crate::text::{elide_de, quoted};

pub(super) static CODE: Code = Code {
    name: "DROIT-BILAN",
    severity: Severity::Error,
    summary: "Un bilan est fait par un enseignant professionnel de la classe, qui seul le reprend",
    explanation: "Le bilan intermédiaire est fait par les enseignants professionnels de la classe de l’élève (BIL-19) : \
        ceux de son `equipe`, le jour du bilan. Le brouillon est à son auteur ; un bilan déverrouillé aussi. Un \
        collègue fait le sien, à son nom.",
    wrong: "# brouillon de mercier-paul, modifié par leroy-jean\n\"C1.1\" = \"+\"",
    right: "# bilan de leroy-jean\nauteur = \"leroy-jean\"\n\n[positions]\n\"C1.1\" = \"+\"",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    let act = case.act;
    breaches(case, &CODE, &[Action::ReviewNew, Action::Review], 0, |share, _| {
        let learner = pupil(act, share.pupil().unwrap_or_default());
        let teacher = act.author.person().is_some_and(|person| person.has(Role::Teacher));
        match (&share.one.before, teacher) {
            (Some(AnyRecord::Review(review)), _) => {
                let author = named(act, &review.auteur);
                let message = format!(
                    "ce bilan {} est {} : seul son auteur le reprend, et c’est {} qui le fait ici",
                    elide_de(learner),
                    elide_de(author),
                    act.author.called()
                );
                (message, format!("demandez à {author} de le faire"))
            }
            (_, true) => {
                let classes = share.classes(act);
                let class = classes.first().map_or("de l’élève", |class| &class.id);
                let message = format!(
                    "{} n’est pas dans l’équipe de la classe {} : le bilan {} est fait par ses enseignants professionnels",
                    act.author.called(),
                    if classes.is_empty() { class.to_owned() } else { quoted(class) },
                    elide_de(learner)
                );
                let help =
                    "si c’est un oubli, demandez au DDFPT de compléter l’équipe de la classe";
                (message, help.to_owned())
            }
            (_, false) => {
                let message = format!(
                    "un bilan est fait par un enseignant professionnel de la classe ; {}",
                    who(act)
                );
                (message, "demandez à un enseignant de la classe de le faire".to_owned())
            }
        }
    })
}
