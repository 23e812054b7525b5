//! LSL-PERIODE: the marks of the livret are those of the official periods, one each.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Livret, MarkFault, School};
use crate::text::{nearest, or_list, quoted};

pub(super) static CODE: Code = Code {
    name: "LSL-PERIODE",
    severity: Severity::Error,
    summary: "Chaque note du livret est celle d’une période officielle, une seule fois",
    explanation: "Le livret attend une note par trimestre ou par semestre. Les périodes possibles sont celles \
        que le calendrier donne à la classe (LSL-30), et la même période ne peut pas avoir deux notes (LSL-31).",
    wrong: "[[notes]]\nperiode = \"T1\"    # classe au semestre",
    right: "[[notes]]\nperiode = \"S1\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    school.livrets.values().iter().flat_map(|livret| of_livret(school, livret)).collect()
}

fn of_livret(school: &School, livret: &Livret) -> Vec<Finding> {
    let class = &school.classes[livret.class];
    let codes: Vec<String> =
        school.periods_of_class(class).iter().map(|period| period.code.clone()).collect();
    let at = |place: usize| Site::value(&livret.file, key_path!["notes", place, "periode"]);
    let mut findings = Vec::new();
    for (place, fault) in livret.mark_faults(school) {
        let code = &livret.record.notes[place].periode;
        findings.push(match fault {
            MarkFault::UnknownPeriod => {
                let message = format!(
                    "{} n’est pas une période officielle de la classe {}",
                    quoted(code),
                    class.record.nom
                );
                let names: Vec<String> = codes.iter().map(|code| format!("\"{code}\"")).collect();
                let finding = Finding::new(&CODE, at(place), message)
                    .help(format!("écrivez {}", or_list(&names)));
                match nearest(code, codes.iter().map(String::as_str)) {
                    Some(near) if near.eq_ignore_ascii_case(code) => {
                        finding.replace_with(format!("\"{near}\""))
                    }
                    _ => finding,
                }
            }
            MarkFault::Twice(first) => {
                let message = format!("la période {} a déjà une note", quoted(code));
                Finding::new(&CODE, at(place), message)
                    .help("corrigez la période, ou supprimez l’une des deux notes")
                    .related(at(first), "première note de cette période")
            }
            _ => continue,
        });
    }
    findings
}
