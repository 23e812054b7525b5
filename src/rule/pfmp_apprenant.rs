//! PFMP-APPRENANT: the learners that a period names are of its level and status, at its dates.

use super::shared::period::is_sound;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Status;
use crate::school::{Ix, Period, Pupil, School};
use crate::text::{and_list, count, short_date};

pub(super) static CODE: Code = Code {
    name: "PFMP-APPRENANT",
    severity: Severity::Error,
    summary: "Les apprenants cités par une période sont de son niveau et de son statut",
    explanation: "Une période concerne les apprenants d’un niveau, tous par défaut (PFM-08) : les élèves pour une \
        PFMP, les apprentis pour une période employeur (PFM-01). `apprenants` n’en garde que quelques-uns, \
        `sauf` en écarte ; le même nom dans les deux lignes se contredit. Si l’élève vient de changer de classe \
        ou de statut, l’administration met d’abord SIECLE à jour, puis le DDFPT refait l’import (IMP-08).",
    wrong: "apprentis = false\napprenants = [\"roux-karim\"]   # apprenti",
    right: "apprentis = false\napprenants = [\"dupont-lea\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let periods = school.periods.values().iter().filter(|period| is_sound(period));
    periods.flat_map(|period| of_period(school, period)).collect()
}

fn of_period(school: &School, period: &Period) -> Vec<Finding> {
    let mut findings = Vec::new();
    let named = period.record.apprenants.as_deref().unwrap_or_default();
    let known: Vec<(usize, Ix<Pupil>)> =
        named.iter().enumerate().filter_map(|(n, id)| Some((n, school.pupil(id)?))).collect();
    let strangers: Vec<(usize, Ix<Pupil>, String)> = known
        .iter()
        .filter_map(|(n, ix)| Some((*n, *ix, stranger(school, period, *ix)?)))
        .collect();
    // Nobody fits: the period itself is wrong.
    if strangers.len() >= 3 && strangers.len() == known.len() {
        let message = format!("aucun des {}", concerned(school, period, known.len()));
        let site = Site::key(&period.file, key_path!["apprenants"]);
        findings.push(
            Finding::new(&CODE, site, message)
                .help("corrigez diplome, niveau, apprentis ou les dates de la période"),
        );
    } else {
        for (n, _, why) in strangers {
            let site = Site::value(&period.file, key_path!["apprenants", n]);
            findings.push(Finding::new(&CODE, site, why).help(
                "retirez ce nom, ou corrigez le niveau, le statut ou les dates de la période",
            ));
        }
    }
    for (n, id) in period.record.sauf.iter().enumerate() {
        let Some(ix) = school.pupil(id) else { continue };
        let pupil = &school.pupils[ix];
        let site = Site::value(&period.file, key_path!["sauf", n]);
        if period.record.apprenants.is_some() {
            let message = if known.iter().any(|(_, other)| *other == ix) {
                format!("{} est à la fois dans apprenants et dans sauf", pupil.full_name())
            } else {
                format!("{} n’est pas dans apprenants : l’écarter est inutile", pupil.full_name())
            };
            findings.push(
                Finding::new(&CODE, site, message)
                    .help("retirez ce nom de la ligne sauf, ou de l’autre"),
            );
        } else if !pupil.stays.iter().any(|stay| period.is_for(&school.classes[stay.class])) {
            let message = format!("{} : l’écarter est inutile", elsewhere(school, period, ix));
            findings
                .push(Finding::new(&CODE, site, message).help("retirez ce nom de la ligne sauf"));
        }
    }
    findings
}

/// Why a learner cannot be in a period; nothing when it is right.
fn stranger(school: &School, period: &Period, ix: Ix<Pupil>) -> Option<String> {
    let pupil = &school.pupils[ix];
    let name = pupil.full_name();
    if pupil.stays.iter().any(|stay| school.concerns(period, stay)) {
        let gone = pupil.record.inactif_depuis.filter(|day| *day <= period.record.debut)?;
        return Some(format!("{name} a quitté l’établissement le {}", short_date(gone)));
    }
    let here: Vec<_> =
        pupil.stays.iter().filter(|stay| period.is_for(&school.classes[stay.class])).collect();
    let Some(stay) = here.iter().find(|stay| stay.status == period.status()).or(here.first())
    else {
        // A school record that lacks its year has its own rules.
        return pupil
            .stays
            .iter()
            .any(|stay| school.classes[stay.class].year == period.year)
            .then(|| elsewhere(school, period, ix));
    };
    Some(if stay.status == period.status() {
        format!(
            "{name} n’est en {} que du {} au {}",
            school.classes[stay.class].record.nom,
            short_date(stay.from),
            short_date(stay.to)
        )
    } else if stay.status == Status::Apprentice {
        let word = pupil.agree("apprentie", "apprenti", "apprenti ou apprentie");
        format!("{name} est {word}, et cette période est une PFMP d’élèves sous statut scolaire")
    } else {
        format!("{name} est sous statut scolaire, et cette période est une période d’apprentis")
    })
}

/// "Zoé Petit est en 1 MELEC 1, pas en première MCV A".
fn elsewhere(school: &School, period: &Period, ix: Ix<Pupil>) -> String {
    let pupil = &school.pupils[ix];
    let classes: Vec<&str> = pupil
        .stays
        .iter()
        .map(|stay| &school.classes[stay.class])
        .filter(|class| class.year == period.year)
        .map(|class| class.record.nom.as_str())
        .collect();
    let place = if classes.is_empty() {
        format!("n’a pas de classe en {}", period.year)
    } else {
        format!("est en {}", and_list(&classes))
    };
    format!("{} {place}, pas en {}", pupil.full_name(), public(school, period))
}

/// "première MCV A".
fn public(school: &School, period: &Period) -> String {
    let sigle = &school.referentials[period.diploma].record.sigle;
    format!("{} {sigle}", period.record.niveau.label().to_lowercase())
}

fn concerned(school: &School, period: &Period, number: usize) -> String {
    let status = match period.status() {
        Status::School => "sous statut scolaire",
        Status::Apprentice => "en apprentissage",
    };
    let learners = count(number, "apprenant cité", "apprenants cités");
    format!("{learners} n’est en {} {status} à ces dates", public(school, period))
}
