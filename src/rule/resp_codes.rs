//! RESP-CODES: cancelled letters are dated once each, in order, within the schooling.

use super::shared::schooling::out_of_schooling;
use super::shared::twice::repeated;
use crate::diagnostic::{Code, Finding, KeyPath, Severity, Site, key_path};
use crate::school::{Pupil, School};
use crate::text::{Date, long_date};

pub(super) static CODE: Code = Code {
    name: "RESP-CODES",
    severity: Severity::Error,
    summary: "Les lettres annulées ont chacune leur date, dans l’ordre et dans la scolarité",
    explanation: "Chaque date de `codes_annules` annule la lettre qui valait jusque-là : la lettre d’aujourd’hui est celle \
        qui suit la dernière date. La même date écrite deux fois annulerait deux lettres pour une seule perte, et celle \
        qui vient d’être remise ne s’ouvrirait pas.",
    wrong: "codes_annules = [2026-11-12, 2026-11-12]",
    right: "codes_annules = [2026-11-12]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let pupils = school.pupils.values().iter();
    pupils.filter(|pupil| !school.is_broken(&pupil.file)).flat_map(of_pupil).collect()
}

fn of_pupil(pupil: &Pupil) -> Vec<Finding> {
    let guardians = pupil.record.responsables.iter().enumerate();
    let mut findings: Vec<Finding> = guardians
        .flat_map(|(n, one)| {
            let path = key_path!["responsables", n, "codes_annules"];
            of_letters(pupil, &one.codes_annules, &path)
        })
        .collect();
    findings.extend(of_letters(pupil, &pupil.record.codes_annules, &key_path!["codes_annules"]));
    findings
}

fn of_letters(pupil: &Pupil, days: &[Date], path: &KeyPath) -> Vec<Finding> {
    let at = |n: usize| Site::value(&pupil.file, path.child(n));
    let mut findings = Vec::new();
    for (again, first) in repeated(days) {
        let message = format!("le {} figure deux fois", long_date(days[again]));
        findings.push(
            Finding::new(&CODE, at(again), message)
                .help("gardez une seule date pour une lettre perdue")
                .related(at(first), "la première fois"),
        );
    }
    for (n, pair) in days.windows(2).enumerate() {
        if let [before, after] = pair
            && after < before
        {
            let message = format!("le {} vient après le {}", long_date(*after), long_date(*before));
            findings.push(
                Finding::new(&CODE, at(n + 1), message)
                    .help("écrivez les dates de la plus ancienne à la plus récente")
                    .related(at(n), "la date d’avant"),
            );
        }
    }
    for (n, day) in days.iter().enumerate() {
        if let Some(when) = out_of_schooling(pupil, *day) {
            let message = format!("cette lettre est annulée le {}, {when}", long_date(*day));
            findings.push(
                Finding::new(&CODE, at(n), message)
                    .help("écrivez le jour où la perte est signalée"),
            );
        }
    }
    findings
}
