//! DROIT-SUIVI: what others write in a portfolio is the teachers' work.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::who;
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;

pub(super) static CODE: Code = Code {
    name: "DROIT-SUIVI",
    severity: Severity::Error,
    summary: "Le suivi d’une période en entreprise est écrit par les enseignants",
    explanation: "Commentaires, visites, absences, attestation de l’entreprise et bilan entreprise sont écrits par les \
        enseignants. L’entreprise et le tuteur peuvent aussi être écrits par l’apprenant et par le DDFPT. Le tuteur \
        n’écrit pas lui-même : l’enseignant fait le bilan avec lui et le nomme.",
    wrong: "# écrit par l’élève\n[[visites]]\ndate = 2027-01-14\npar = \"mercier-paul\"\nmode = \"visio\"",
    right: "# écrit par mercier-paul\n[[visites]]\ndate = 2027-01-14\npar = \"mercier-paul\"\nmode = \"visio\"",
};

const ACTIONS: &[Action] = &[Action::FollowUp, Action::CompanyReview, Action::Hosting];

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    breaches(case, &CODE, ACTIONS, 2, |share, thing| {
        if share.one.unreadable {
            let message = "ce fichier ne se lit plus : rien ne dit si le suivi des enseignants est resté le même";
            return (message.to_owned(), "corrigez la faute d’écriture".to_owned());
        }
        let what = match (share.action, thing.first().map(|first| first.key())) {
            (Action::CompanyReview, _) => "le bilan entreprise est écrit par un enseignant",
            (Action::Hosting, _) => {
                "l’entreprise et le tuteur sont écrits par l’apprenant, un enseignant ou le DDFPT"
            }
            (_, Some("commentaires")) => "les commentaires sont écrits par les enseignants",
            (_, Some("visites")) => "les visites sont écrites par les enseignants",
            (_, Some("absences")) => "les absences en entreprise sont écrites par les enseignants",
            _ => "le suivi en entreprise est écrit par les enseignants",
        };
        (format!("{what} ; {}", who(case.act)), "demandez à un enseignant de le faire".to_owned())
    })
}
