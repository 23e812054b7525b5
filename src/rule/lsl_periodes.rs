//! LSL-PERIODES: the rhythm of the LSL is that of the official periods.

use std::collections::BTreeMap;

use super::shared::calendar::calendars;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Periodicity;
use crate::school::School;
use crate::text::count;

pub(super) static CODE: Code = Code {
    name: "LSL-PERIODES",
    severity: Severity::Warning,
    summary: "La périodicité du livret va avec le nombre de périodes officielles",
    explanation: "Deux semestres ou trois trimestres : le livret scolaire se remplit au même rythme que les \
        périodes officielles de la classe (PER-02, PER-05). Si les deux diffèrent, l’un des deux réglages \
        est faux.",
    wrong: "[[periodes]]  S1, S2\n[[lsl]]  periodicite = \"trimestre\"",
    right: "[[periodes]]  S1, S2\n[[lsl]]  periodicite = \"semestre\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (year, file, calendar) in calendars(school) {
        for (n, lsl) in calendar.lsl.iter().enumerate() {
            let expected = match lsl.periodicite {
                Periodicity::Semester => 2,
                Periodicity::Trimester => 3,
            };
            // Number of periods → the first class that has as many.
            let mut others: BTreeMap<usize, &str> = BTreeMap::new();
            for class in year.classes.iter().map(|ix| &school.classes[*ix]) {
                if class.record.diplome != lsl.diplome || class.record.niveau != lsl.niveau {
                    continue;
                }
                let number = year.periods_of(class).len();
                // A class without any period has its own rule.
                if number != expected && number != 0 {
                    others.entry(number).or_insert(&class.record.nom);
                }
            }
            for (number, class) in others {
                let message = format!(
                    "le livret se remplit par {}, mais la classe {class} a {} dans l’année",
                    lsl.periodicite.as_str(),
                    count(number, "période officielle", "périodes officielles")
                );
                let site = Site::value(file, key_path!["lsl", n, "periodicite"]);
                let finding = Finding::new(&CODE, site, message);
                findings.push(match number {
                    2 => {
                        finding.help("écrivez \"semestre\", ou corrigez les périodes de la classe")
                    }
                    3 => {
                        finding.help("écrivez \"trimestre\", ou corrigez les périodes de la classe")
                    }
                    _ => finding.help(
                        "corrigez les périodes de la classe : deux semestres ou trois trimestres",
                    ),
                });
            }
        }
    }
    findings
}
