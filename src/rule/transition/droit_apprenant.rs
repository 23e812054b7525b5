//! DROIT-APPRENANT: what a learner writes is written by the learner alone.

use super::Case;
use super::matrix::Action;
use super::right::breaches;
use super::told::pupil;
use crate::diagnostic::{Code, Severity};
use crate::history::Breach;
use crate::text::elide_de;

pub(super) static CODE: Code = Code {
    name: "DROIT-APPRENANT",
    severity: Severity::Error,
    summary: "Les mots de l’apprenant ne sont écrits que par lui",
    explanation: "Le journal, les fiches activités, le bilan personnel, les pages du book, leurs photographies et leur \
        choix sont à l’apprenant (POR-07, POR-08, BOOK-07). Un enseignant ou un tuteur n’y touche pas, même pour \
        une faute d’orthographe : il écrit un commentaire. Quelqu’un peut déposer pour l’apprenant ce qu’il a \
        écrit, en le nommant auteur de la modification, avec l’une de ses adresses (`courriels` de `student.toml`).",
    wrong: "# écrit par un enseignant\n[[journal]]\nsemaine = 2\nactivites = \"J’ai rangé la réserve.\"",
    right: "# écrit par un enseignant\n[[commentaires]]\ndate = 2027-01-15\nauteur = \"mercier-paul\"\nsemaine = 2\ntexte = \"Quels produits ?\"",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    let act = case.act;
    breaches(case, &CODE, &[Action::LearnerWords, Action::BookPage], 2, |share, thing| {
        let learner = pupil(act, share.pupil().unwrap_or_default());
        let of = elide_de(learner);
        let what = match (share.action, thing.first().map(|first| first.key())) {
            _ if share.one.unreadable => {
                return (
                    format!(
                        "ce fichier ne se lit plus : rien ne dit si les mots {of} sont restés les mêmes"
                    ),
                    "corrigez la faute d’écriture".to_owned(),
                );
            }
            (Action::BookPage, _) if share.kind().is_none() => {
                format!("cette photographie est dans le book {of}")
            }
            (Action::BookPage, _) => format!("cette page est du book {of}"),
            (_, Some("journal")) => format!("le journal est {of}"),
            (_, Some("fiches")) => format!("cette fiche est {of}"),
            (_, Some(_)) => format!("ce bilan personnel est {of}"),
            (_, None) => format!("ce portfolio contient les mots {of}"),
        };
        let message = format!(
            "{what} : personne d’autre n’y écrit, et c’est {} qui le fait ici",
            act.author.called()
        );
        let help = match share.action {
            Action::BookPage => {
                "si c’est l’élève qui l’a faite, nommez-le auteur de la modification"
            }
            _ => {
                "écrivez plutôt un commentaire ; si c’est l’élève qui l’a écrit, nommez-le auteur de la modification"
            }
        };
        (message, help.to_owned())
    })
}
