//! DROIT-SIGNATURE: nobody signs for another.

use super::Case;
use super::signatures::{of_another, written};
use super::told::{named, site, undo};
use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::history::{Act, Breach, Known, Transition};
use crate::record::quote;
use crate::text::elide_de;

pub(super) static CODE: Code = Code {
    name: "DROIT-SIGNATURE",
    severity: Severity::Error,
    summary: "Personne ne signe à la place d’un autre",
    explanation: "Un nom écrit comme auteur, comme validant (`valide_par`), comme témoin d’une visite (`par`), comme \
        enseignant d’un bilan entreprise ou d’une compétence attestée est une signature : elle est de la main de qui \
        fait la modification. Un commentaire ou une visite signés ne sont repris que par leur signataire. Les noms \
        des professeurs dans les classes, les périodes, les commissions et les parties du livret ne sont pas des \
        signatures, ni ceux que le DDFPT inscrit au registre.",
    wrong: "# écrit par leroy-jean\nvalide_par = \"mercier-paul\"",
    right: "# écrit par mercier-paul\nvalide_par = \"mercier-paul\"",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    let act = case.act;
    if !matches!(act.author.known, Known::Person(_) | Known::Learner(_)) {
        return Vec::new();
    }
    case.judged().flat_map(|one| of_transition(act, one)).collect()
}

fn of_transition(act: &Act<'_>, one: &Transition) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for signature in written(one).into_iter().filter(|signature| !act.author.is(signature.id)) {
        let message = format!(
            "cette signature est celle {}, et c’est {} qui l’écrit",
            elide_de(named(act, signature.id)),
            act.author.called()
        );
        let mine = act.author.person().map(|person| quote(&person.id));
        let sign = mine.map_or(String::new(), |mine| format!("signez de votre nom ({mine}), ou "));
        let help = format!("{sign}laissez {} faire cette modification", named(act, signature.id));
        let finding =
            Finding::new(&CODE, Site::value(&one.file, signature.path), message).help(help);
        breaches.push(Breach::of(finding, [signature.difference]));
    }
    for (difference, signer) in of_another(act, one) {
        let message =
            format!("ces mots sont signés {signer} : {} ne les reprend pas", act.author.called());
        let thing = [difference];
        let help = format!("ajoutez les vôtres à côté, ou {}", undo(one, &thing));
        let finding = Finding::new(&CODE, site(one, &thing), message).help(help);
        breaches.push(Breach::of(finding, thing));
    }
    breaches
}
