//! RESP-LETTRE: only those legally responsible have a letter to refuse or to lose.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Pupil, School};

pub(super) static CODE: Code = Code {
    name: "RESP-LETTRE",
    severity: Severity::Warning,
    summary: "Seul un responsable légal a une lettre à refuser ou à perdre",
    explanation: "Une lettre d’accès est faite pour chaque responsable légal (`legal = 1` ou `2`) et pour l’élève. Une \
        personne à prévenir, sans `legal`, n’en a pas : un refus ou une lettre annulée écrits dans son bloc ne \
        ferment rien. C’est souvent le bloc voisin qui devait les recevoir.",
    wrong: "[[responsables]]\nlien = \"autre\"\nnom = \"Petit\"\nprenom = \"Jeanne\"\ncodes_annules = [2026-11-12]",
    right: "[[responsables]]\nlien = \"mère\"\nlegal = 1\nnom = \"Dupont\"\nprenom = \"Nadia\"\ncodes_annules = [2026-11-12]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let pupils = school.pupils.values().iter();
    pupils.filter(|pupil| !school.is_broken(&pupil.file)).flat_map(of_pupil).collect()
}

fn of_pupil(pupil: &Pupil) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (n, one) in pupil.record.responsables.iter().enumerate() {
        // One whom SIECLE does not name any more keeps the traces of the letter that there was.
        if one.legal.is_some() || one.personne_id.is_some() {
            continue;
        }
        let refused = one.refus_site.map(|_| ("refus_site", "de lettre à refuser"));
        let lost =
            (!one.codes_annules.is_empty()).then_some(("codes_annules", "de lettre à annuler"));
        for (key, what) in refused.into_iter().chain(lost) {
            let message = format!(
                "{} {} n’est pas responsable légal : il n’y a pas {what}",
                one.prenom, one.nom
            );
            let site = Site::value(&pupil.file, key_path!["responsables", n, key]);
            findings.push(Finding::new(&CODE, site, message).help(
                "déplacez cette ligne dans le bloc de la personne concernée, ou ajoutez legal = 1 ou 2 à ce bloc",
            ));
        }
    }
    findings
}
