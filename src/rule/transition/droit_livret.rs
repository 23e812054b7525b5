//! DROIT-LIVRET: the livret is filled by the teachers of the class.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::{pupil, who};
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;
use crate::record::Role;
use crate::text::{elide_de, quoted};

pub(super) static CODE: Code = Code {
    name: "DROIT-LIVRET",
    severity: Severity::Error,
    summary: "Le livret scolaire est rempli par les enseignants de la classe",
    explanation: "L’équipe de la classe remplit le livret, avec le professeur principal et les enseignants que le livret \
        nomme déjà. Le DDFPT et le chef d’établissement l’envoient ; ils complètent et corrigent un livret envoyé, \
        dont ils répondent.",
    wrong: "# écrit par un enseignant d’une autre classe\nappreciation = \"Bonne année.\"",
    right: "# écrit par un enseignant de l’équipe de la classe\nappreciation = \"Bonne année.\"",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    let act = case.act;
    breaches(case, &CODE, &[Action::Livret, Action::LivretMore], 0, |share, _| {
        let learner = elide_de(pupil(act, share.pupil().unwrap_or_default()));
        let teacher = act.author.person().is_some_and(|person| person.has(Role::Teacher));
        if !teacher {
            let message = format!(
                "le livret {learner} est rempli par les enseignants de la classe ; {}",
                who(act)
            );
            return (message, "demandez à un enseignant de la classe de le faire".to_owned());
        }
        let class = match share.classes(act).first() {
            Some(class) => format!("de la classe {}", quoted(&class.id)),
            None => "de sa classe".to_owned(),
        };
        let message = format!(
            "le livret {learner} est rempli par l’équipe {class}, dont {} n’est pas",
            act.author.called()
        );
        let help = "si c’est un oubli, demandez au DDFPT de compléter l’équipe de la classe";
        (message, help.to_owned())
    })
}
