//! LSL-NOTE: a period has a mark of two decimals at most, or none (NN).

use crate::diagnostic::{Code, Finding, KeyPath, Severity, Site, key_path};
use crate::record::Number;
use crate::school::{Livret, MarkFault, School};
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "LSL-NOTE",
    severity: Severity::Error,
    summary: "Une période du livret a une note, ou bien NN",
    explanation: "Une période sans note s’écrit non_note = true : le livret affiche NN, et la moyenne de \
        l’année n’en tient pas compte (NAT-24). Une note a au plus deux décimales.",
    wrong: "[[notes]]\nperiode = \"S2\"",
    right: "[[notes]]\nperiode = \"S2\"\nnon_note = true",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    school.livrets.values().iter().flat_map(|livret| of_livret(school, livret)).collect()
}

fn of_livret(school: &School, livret: &Livret) -> Vec<Finding> {
    let mut findings = Vec::new();
    // An entry whose note could not be read is told already.
    if !school.is_broken(&livret.file) {
        for (place, fault) in livret.mark_faults(school) {
            let code = quoted(&livret.record.notes[place].periode);
            findings.push(match fault {
                MarkFault::Empty => {
                    let site = Site::value(&livret.file, key_path!["notes", place, "periode"]);
                    let message = format!("la période {code} n’a ni note ni NN");
                    Finding::new(&CODE, site, message).help(
                        "ajoutez note = … ; si la période n’est pas notée, écrivez non_note = true",
                    )
                }
                MarkFault::Both => {
                    let site = Site::value(&livret.file, key_path!["notes", place, "non_note"]);
                    let message = format!("la période {code} a une note, et dit ne pas en avoir");
                    Finding::new(&CODE, site, message)
                        .help("supprimez la ligne note, ou la ligne non_note")
                }
                _ => continue,
            });
        }
    }
    let marks = livret.record.notes.iter().enumerate();
    let marks = marks.map(|(place, mark)| (mark.note, key_path!["notes", place, "note"]));
    let project = livret.record.projet.as_ref().and_then(|project| project.note);
    let all = marks.chain([(project, key_path!["projet", "note"])]);
    findings.extend(all.filter_map(|(note, path)| too_fine(livret, note?, path)));
    findings
}

fn too_fine(livret: &Livret, Number(note): Number<0, 20>, path: KeyPath) -> Option<Finding> {
    let rounded = (note * 100.0).round() / 100.0;
    ((note - rounded).abs() >= 1e-9).then(|| {
        let message = format!("la note {note} a plus de deux décimales");
        Finding::new(&CODE, Site::value(&livret.file, path), message)
            .help(format!("arrondissez-la, par exemple à {rounded}"))
    })
}
