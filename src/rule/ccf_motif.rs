//! CCF-MOTIF: a mark changed by the harmonisation says why.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "CCF-MOTIF",
    severity: Severity::Warning,
    summary: "Une note que l’harmonisation change a son motif",
    explanation: "Le jury et le candidat peuvent demander d’où vient l’écart entre la note proposée et la note \
        harmonisée (CCF-09). Quelques mots suffisent. Quand les deux notes sont égales, rien n’est demandé.",
    wrong: "note_proposee = 13.5\n[harmonisation]\nnote = 14",
    right: "note_proposee = 13.5\n[harmonisation]\nnote = 14\nmotif = \"même exigence que les autres établissements sur C1.2\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for grid in school.grids.values().iter().filter(|grid| !school.is_broken(&grid.file)) {
        let (Some(made), Some(proposed)) = (&grid.record.harmonisation, grid.record.note_proposee)
        else {
            continue;
        };
        if made.motif.is_some() || (made.note.0 - proposed.0).abs() < 1e-9 {
            continue;
        }
        let number = |note: f64| note.to_string().replace('.', ",");
        let message = format!(
            "la note passe de {} à {} sans que le motif soit dit",
            number(proposed.0),
            number(made.note.0)
        );
        let site = Site::value(&grid.file, key_path!["harmonisation", "note"]);
        findings.push(
            Finding::new(&CODE, site, message)
                .help("ajoutez la ligne motif = \"…\" sous [harmonisation]"),
        );
    }
    findings
}
