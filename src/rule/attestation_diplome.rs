//! ATTESTATION-DIPLOME: an attestation is for a diploma that was not obtained.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "ATTESTATION-DIPLOME",
    severity: Severity::Warning,
    summary: "Une attestation concerne un diplôme qui n’est pas obtenu",
    explanation: "L’attestation de compétences est un passeport pour l’emploi : elle parle d’un diplôme préparé et \
        non obtenu (ATT-01). Qui a le diplôme n’en a pas besoin.",
    wrong: "# student.toml\n[[diplomes]]\ndiplome = \"mcv-a\"\nsession = 2028\n# attestations/2028-07-01.toml",
    right: "# pas d’attestation, ou pas de diplôme dans student.toml",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for made in school.attestations.values() {
        let pupil = &school.pupils[made.pupil];
        let diploma = &school.referentials[made.diploma];
        let held = pupil.record.diplomes.iter().position(|held| held.diplome.0 == diploma.code);
        let Some(n) = held else { continue };
        let message = format!(
            "{} a obtenu le diplôme {} à la session {} : cette attestation ne sert plus",
            pupil.full_name(),
            diploma.record.sigle,
            pupil.record.diplomes[n].session.0
        );
        let place = Site::key(&pupil.file, key_path!["diplomes", n]);
        findings.push(
            Finding::new(&CODE, Site::file(&made.file), message)
                .help("supprimez l’attestation, ou corrigez la fiche de l’élève")
                .related(place, "le diplôme obtenu"),
        );
    }
    findings
}
