//! CCF-ABSENT: an absent candidate has no level and no mark above zero.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "CCF-ABSENT",
    severity: Severity::Error,
    summary: "Un candidat absent n’a ni niveau ni note",
    explanation: "Une absence n’est pas un niveau 1, et ce qu’elle vaut est décidé par le jury. Si le candidat est \
        finalement venu, la ligne `absent` est de trop ; s’il n’est pas venu, ce sont les niveaux qui viennent \
        d’un autre. Une note de 0 est admise, quand la commission la propose.",
    wrong: "absent = true\n[niveaux]\n\"C1.1.a\" = 1",
    right: "absent = true",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for grid in school.grids.values().iter().filter(|grid| grid.record.absent) {
        let record = &grid.record;
        let marked = record.note_proposee.is_some_and(|note| note.0 > 0.0);
        let what = match (record.niveaux.is_empty(), marked) {
            (true, false) => continue,
            (false, false) => "des niveaux",
            (true, true) => "une note",
            (false, true) => "des niveaux et une note",
        };
        let message = format!("ce candidat est noté absent, et la grille a pourtant {what}");
        let site = Site::value(&grid.file, key_path!["absent"]);
        findings.push(
            Finding::new(&CODE, site, message).help(
                "supprimez la ligne absent = true s’il est venu, sinon les niveaux et la note",
            ),
        );
    }
    findings
}
