//! LSL-BILAN: the review beside a mark is one of this pupil, this year.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Livret, School};
use crate::text::{Date, elide_de, long_date, or_list};

pub(super) static CODE: Code = Code {
    name: "LSL-BILAN",
    severity: Severity::Error,
    summary: "La note du livret se rapporte à un bilan de l’élève, fait dans l’année",
    explanation: "La note d’une période reflète le travail évalué dans un bilan : elle est posée à côté de \
        lui, et lui seul dit d’où elle vient. Seuls les bilans de l’année portent une note (LSL-23).",
    wrong: "[[notes]]\nperiode = \"S1\"\nbilan = 2026-12-12    # le bilan est du 11",
    right: "[[notes]]\nperiode = \"S1\"\nbilan = 2026-12-11",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    school.livrets.values().iter().flat_map(|livret| of_livret(school, livret)).collect()
}

fn of_livret(school: &School, livret: &Livret) -> Vec<Finding> {
    let pupil = &school.pupils[livret.pupil];
    let days: Vec<Date> = pupil
        .reviews
        .iter()
        .map(|ix| &school.reviews[*ix])
        .filter(|review| {
            review.diploma == livret.diploma && school.classes[review.class].year == livret.year
        })
        .map(|review| review.key.date)
        .collect();
    // Reviews that were not read, or not placed in a class, are told already.
    let folder = livret.file.rsplit_once("/lsl/").map_or("", |(folder, _)| folder);
    let unread = |day: Date| {
        let start = format!("{folder}/reviews/{day}");
        school.broken.keys().any(|file| file.starts_with(&start))
            || (school.unplaced.iter())
                .any(|review| review.pupil == livret.pupil && review.key.date == day)
    };
    let mut findings = Vec::new();
    for (place, mark) in livret.record.notes.iter().enumerate() {
        let Some(day) = mark.bilan.filter(|day| !days.contains(day) && !unread(*day)) else {
            continue;
        };
        let message = format!(
            "aucun bilan {} n’est du {} en {}",
            elide_de(&pupil.full_name()),
            long_date(day),
            livret.year
        );
        let mut known: Vec<String> = days.iter().map(ToString::to_string).collect();
        known.dedup();
        let help = if known.is_empty() {
            "faites d’abord le bilan, ou retirez cette ligne".to_owned()
        } else {
            format!("écrivez la date d’un de ses bilans de l’année : {}", or_list(&known))
        };
        let site = Site::value(&livret.file, key_path!["notes", place, "bilan"]);
        findings.push(Finding::new(&CODE, site, message).help(help));
    }
    findings
}
