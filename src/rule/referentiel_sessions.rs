//! REFERENTIEL-SESSIONS: the first session is not after the last.

use crate::diagnostic::{Code, Finding, KeyPath, Severity, Site, key_path};
use crate::record::Whole;
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "REFERENTIEL-SESSIONS",
    severity: Severity::Error,
    summary: "La première session d’examen n’est pas après la dernière",
    explanation: "Les sessions disent pour quels candidats le référentiel, ou le règlement d’une épreuve, \
        est en vigueur. Inversées, elles ne valent pour aucun.",
    wrong: "premiere_session = 2026\nderniere_session = 2022",
    right: "premiere_session = 2022\nderniere_session = 2026",
};

type Session = Option<Whole<1980, 2200>>;

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for referential in school.referentials.values() {
        let mut judge = |path: KeyPath, first: Session, last: Session| {
            let (Some(first), Some(last)) = (first, last) else { return };
            if first <= last {
                return;
            }
            let at = |key: &str| Site::value(&referential.file, path.child(key));
            let message =
                format!("la première session, {}, est après la dernière, {}", first.0, last.0);
            findings.push(
                Finding::new(&CODE, at("premiere_session"), message)
                    .help("corrigez l’une des deux années")
                    .related(at("derniere_session"), "dernière session"),
            );
        };
        let record = &referential.record;
        judge(KeyPath::default(), record.premiere_session, record.derniere_session);
        for (n, exam) in record.epreuves.iter().enumerate() {
            judge(key_path!["epreuves", n], exam.premiere_session, exam.derniere_session);
        }
    }
    findings
}
