//! ELEVE-ID: the SIECLE number of a pupil is one, and nobody else's.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Pupil, School};
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "ELEVE-ID",
    severity: Severity::Error,
    summary: "L’identifiant ELEVE_ID est un numéro, propre à un seul élève",
    explanation: "ELEVE_ID est le numéro que SIECLE donne à l’élève et que le livret scolaire attend. Il ne \
        change jamais. Deux fiches au même numéro sont celles d’un même élève, ou l’une a été recopiée de \
        l’autre : l’import ne saurait plus laquelle mettre à jour.",
    wrong: "# dupont-lea\neleve_id = \"2345678\"\n# martin-hugo\neleve_id = \"2345678\"",
    right: "# dupont-lea\neleve_id = \"2345678\"\n# martin-hugo\neleve_id = \"2345679\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut owners: BTreeMap<&str, &Pupil> = BTreeMap::new();
    let site = |pupil: &Pupil| Site::value(&pupil.file, key_path!["eleve_id"]);
    for pupil in school.pupils.values() {
        let Some(number) = pupil.record.eleve_id.as_deref() else { continue };
        if !number.bytes().all(|b| b.is_ascii_digit()) {
            let message = format!("{} n’est pas un identifiant ELEVE_ID de SIECLE", quoted(number));
            findings.push(
                Finding::new(&CODE, site(pupil), message).help(
                    "recopiez le numéro de SIECLE, des chiffres seuls, ou supprimez la ligne",
                ),
            );
            continue;
        }
        let owner = *owners.entry(number).or_insert(pupil);
        if owner.id != pupil.id {
            let message = format!(
                "{} et {} ont le même identifiant ELEVE_ID, {number}",
                pupil.full_name(),
                owner.full_name()
            );
            findings.push(
                Finding::new(&CODE, site(pupil), message)
                    .help("vérifiez les deux numéros dans SIECLE ; si c’est le même élève, gardez une seule fiche")
                    .related(site(owner), "le même identifiant"),
            );
        }
    }
    findings
}
