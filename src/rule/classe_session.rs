//! CLASSE-SESSION: the référentiel of a class is still, or already, examined in its session.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::ReferentialType;
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "CLASSE-SESSION",
    severity: Severity::Warning,
    summary: "Une classe suit un référentiel en vigueur pour sa session d’examen",
    explanation: "Un référentiel vaut pour les sessions d’examen qu’il déclare. Une seconde entrée en \
        2026 passe l’examen en 2029 : si le diplôme a été rénové entre-temps, elle suit déjà le nouveau \
        référentiel.",
    wrong: "[classes.1sn1]   # 1re de 2026-2027, session 2028\ndiplome = \"sn\"   # dernière session : 2025",
    right: "[classes.1ciel1]\ndiplome = \"ciel\"   # première session : 2026",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for class in school.classes.values() {
        let diploma = &school.referentials[class.diploma];
        if diploma.record.genre != ReferentialType::BacPro {
            continue;
        }
        let session = class.session();
        let number = i64::from(session);
        let record = &diploma.record;
        let (key, bound, words) = match (record.premiere_session, record.derniere_session) {
            // A référentiel that ends before it begins has its own rule.
            (Some(first), Some(last)) if last < first => continue,
            (Some(first), _) if number < first.0 => {
                ("premiere_session", first.0, "ne commence qu’à la session")
            }
            (_, Some(last)) if last.0 < number => {
                ("derniere_session", last.0, "s’arrête à la session")
            }
            _ => continue,
        };
        let message = format!(
            "la classe {} passera l’examen en {session}, mais le référentiel {} {words} {bound}",
            class.record.nom, record.sigle
        );
        let site = Site::value(&class.file, key_path!["classes", &class.key, "diplome"]);
        findings.push(
            Finding::new(&CODE, site, message)
                .help("rattachez la classe au référentiel en vigueur pour cette session")
                .related(Site::value(&diploma.file, key_path![key]), "limite du référentiel"),
        );
    }
    findings
}
