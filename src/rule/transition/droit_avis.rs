//! DROIT-AVIS: engagements, opinions and visa of the livret have each their hand.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::{pupil, who};
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;
use crate::text::elide_de;

pub(super) static CODE: Code = Code {
    name: "DROIT-AVIS",
    severity: Severity::Error,
    summary: "Engagements, avis et visa du livret scolaire ont chacun leur auteur",
    explanation: "Comme dans l’application nationale : le CPE écrit les engagements et son observation, le professeur \
        principal l’avis sur l’investissement et l’avis pour l’examen, le chef d’établissement son visa ; le chef \
        d’établissement peut tout écrire (NAT-10, NAT-13, NAT-14).",
    wrong: "# écrit par un enseignant\nengagements = [\"C\"]",
    right: "# écrit par le CPE\nengagements = [\"C\"]",
};

const ACTIONS: &[Action] =
    &[Action::LivretEngagements, Action::LivretInvestment, Action::LivretVisa];

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    let act = case.act;
    breaches(case, &CODE, ACTIONS, 0, |share, _| {
        let learner = elide_de(pupil(act, share.pupil().unwrap_or_default()));
        let (what, hand) = match share.action {
            Action::LivretEngagements => {
                ("les engagements et l’observation du CPE", "le CPE ou le chef d’établissement")
            }
            Action::LivretInvestment => (
                "les avis sur l’investissement et pour l’examen",
                "le professeur principal ou le chef d’établissement",
            ),
            _ => ("le visa", "le chef d’établissement"),
        };
        let verb = if share.action == Action::LivretVisa { "est écrit" } else { "sont écrits" };
        let message = format!("au livret {learner}, {what} {verb} par {hand} ; {}", who(act));
        let help = match share.action {
            Action::LivretEngagements => "demandez au CPE de le faire",
            Action::LivretInvestment => "demandez au professeur principal de le faire",
            _ => "demandez au chef d’établissement de le faire",
        };
        (message, help.to_owned())
    })
}
