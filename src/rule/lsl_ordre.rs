//! LSL-ORDRE: the marks follow the reviews in time.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Livret, MarkFault, School};
use crate::text::{long_date, quoted};

pub(super) static CODE: Code = Code {
    name: "LSL-ORDRE",
    severity: Severity::Error,
    summary: "L’ordre des périodes du livret suit celui des bilans",
    explanation: "Chaque note est posée à côté d’un bilan. La chronologie des périodes suit celle des bilans : \
        la note du deuxième semestre ne peut pas être celle d’un bilan plus ancien que celle du premier \
        (LSL-32). Un même bilan ne porte qu’une note ; deux bilans du même jour n’ont pas d’ordre entre eux.",
    wrong: "S1, bilan = 2027-05-21\nS2, bilan = 2026-12-11",
    right: "S1, bilan = 2026-12-11\nS2, bilan = 2027-05-21",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    school.livrets.values().iter().flat_map(|livret| of_livret(school, livret)).collect()
}

fn of_livret(school: &School, livret: &Livret) -> Vec<Finding> {
    let at = |place: usize| Site::value(&livret.file, key_path!["notes", place, "bilan"]);
    let mut findings = Vec::new();
    for (place, fault) in livret.mark_faults(school) {
        let MarkFault::Order(other) = fault else { continue };
        let (mark, earlier) = (&livret.record.notes[place], &livret.record.notes[other]);
        let (Some(day), Some(earlier_day)) = (mark.bilan, earlier.bilan) else { continue };
        let (message, help) = if day == earlier_day {
            (
                format!(
                    "les notes de {} et de {} sont posées sur le même bilan du {}",
                    quoted(&earlier.periode),
                    quoted(&mark.periode),
                    long_date(day)
                ),
                "donnez à chaque période la date de son bilan",
            )
        } else {
            (
                format!(
                    "la note de {} est posée sur le bilan du {}, avant celui de {} ({})",
                    quoted(&mark.periode),
                    long_date(day),
                    quoted(&earlier.periode),
                    long_date(earlier_day)
                ),
                "échangez les périodes ou les dates de bilan",
            )
        };
        findings.push(
            Finding::new(&CODE, at(place), message)
                .help(help)
                .related(at(other), "bilan de l’autre période"),
        );
    }
    findings
}
