//! ATTESTATION-DATE: an attestation has the date of its file's name, and nothing in it is later.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Attestation, School};
use crate::text::{long_date, quoted};

pub(super) static CODE: Code = Code {
    name: "ATTESTATION-DATE",
    severity: Severity::Error,
    summary: "La date d’une attestation est celle de son fichier, et rien n’y est plus tardif",
    explanation: "Le nom du fichier donne la date de l’attestation. Une compétence est validée au plus tard ce \
        jour-là : une validation plus tardive n’aurait pas pu y figurer (ATT-03).",
    wrong: "# attestations/2027-06-30.toml\n\"C1.2\" = { par = \"mercier-paul\", le = 2027-07-02 }",
    right: "# attestations/2027-06-30.toml\n\"C1.2\" = { par = \"mercier-paul\", le = 2027-06-25 }",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    school.attestations.values().iter().flat_map(of_attestation).collect()
}

fn of_attestation(made: &Attestation) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (written, named) = (made.record.date, made.key.date);
    if written != named {
        let message = format!(
            "cette attestation est datée du {}, mais son fichier du {}",
            long_date(written),
            long_date(named)
        );
        let help = format!("écrivez date = {named}, ou renommez le fichier {written}.toml");
        let site = Site::value(&made.file, key_path!["date"]);
        findings.push(Finding::new(&CODE, site, message).help(help));
    }
    for (code, tick) in made.record.competences.iter().filter(|(_, tick)| tick.le > named) {
        let message = format!(
            "la compétence {} serait validée le {}, après l’attestation du {}",
            quoted(code),
            long_date(tick.le),
            long_date(named)
        );
        let site = Site::value(&made.file, key_path!["competences", code, "le"]);
        findings.push(Finding::new(&CODE, site, message).help("corrigez la date de validation"));
    }
    findings
}
