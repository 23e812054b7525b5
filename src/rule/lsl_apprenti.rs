//! LSL-APPRENTI: apprentices have no livret scolaire.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "LSL-APPRENTI",
    severity: Severity::Error,
    summary: "Un apprenti n’a pas de livret scolaire",
    explanation: "Seuls les élèves sous statut scolaire ont un livret scolaire (LSL-02). Le statut qui compte \
        est celui de la fin de l’année : qui devient apprenti en cours d’année n’a plus de livret cette année-là.",
    wrong: "[[scolarite]]\nannee = \"2026-2027\"\nstatut = \"apprenti\"\n(et un fichier lsl/2026-2027.toml)",
    right: "(pas de fichier lsl/2026-2027.toml)",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for livret in school.livrets.values() {
        if !school.ended_as_apprentice(livret.pupil, livret.year) {
            continue;
        }
        let pupil = &school.pupils[livret.pupil];
        let message = format!(
            "{} finit l’année {} comme {} : il n’y a pas de livret scolaire",
            pupil.full_name(),
            livret.year,
            pupil.agree("apprentie", "apprenti", "apprenti ou apprentie")
        );
        findings.push(
            Finding::new(&CODE, Site::file(&livret.file), message)
                .help("supprimez ce fichier, ou corrigez le statut dans la scolarité de l’élève")
                .related(Site::key(&pupil.file, key_path!["scolarite"]), "sa scolarité"),
        );
    }
    findings
}
