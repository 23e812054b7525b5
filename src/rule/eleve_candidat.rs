//! ELEVE-CANDIDAT: a candidate's number is one person's in a session.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Pupil, School};

pub(super) static CODE: Code = Code {
    name: "ELEVE-CANDIDAT",
    severity: Severity::Error,
    summary: "Un numéro de candidat n’est qu’à un seul élève",
    explanation: "Le numéro de candidat figure sur les grilles de CCF. Attribué à deux élèves de la même \
        année, il ferait compter les notes de l’un pour l’autre.",
    wrong: "# dupont-lea\nnumero_candidat = \"02134567890\"\n# martin-hugo\nnumero_candidat = \"02134567890\"",
    right: "# dupont-lea\nnumero_candidat = \"02134567890\"\n# martin-hugo\nnumero_candidat = \"02134567891\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut owners: BTreeMap<_, &Pupil> = BTreeMap::new();
    let site = |pupil: &Pupil| Site::value(&pupil.file, key_path!["numero_candidat"]);
    for pupil in school.pupils.values() {
        let Some(number) = pupil.record.numero_candidat.as_deref() else { continue };
        // Numbers may come back after years: those of one last year of study must differ.
        let last = pupil.record.scolarite.iter().map(|stay| stay.annee).max();
        // Convocations print the number in groups: spaces make no other number of it.
        let digits: String = number.chars().filter(|c| c.is_alphanumeric()).collect();
        let owner = *owners.entry((last, digits)).or_insert(pupil);
        if owner.id != pupil.id {
            let message = format!(
                "{} et {} ont le même numéro de candidat, {number}",
                pupil.full_name(),
                owner.full_name()
            );
            findings.push(
                Finding::new(&CODE, site(pupil), message)
                    .help("vérifiez les deux numéros sur les convocations")
                    .related(site(owner), "le même numéro"),
            );
        }
    }
    findings
}
