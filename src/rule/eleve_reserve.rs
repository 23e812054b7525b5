//! ELEVE-RESERVE: only a pupil of age keeps the page of the families' site.

use super::shared::schooling::out_of_schooling;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Pupil, School};
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "ELEVE-RESERVE",
    severity: Severity::Error,
    summary: "Un élève ne réserve sa page qu’à partir de 18 ans, pendant sa scolarité",
    explanation: "À sa majorité, un élève peut demander à être seul à lire sa page en ligne : les lettres de ses \
        responsables se ferment. Avant 18 ans, l’autorité parentale s’exerce : la demande est sans effet, et la \
        ligne tromperait qui la lit.",
    wrong: "# né le 14 mars 2010\nlecture_reservee = 2026-11-12",
    right: "# né le 14 mars 2008\nlecture_reservee = 2026-11-12",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let pupils = school.pupils.values().iter();
    pupils.filter(|pupil| !school.is_broken(&pupil.file)).filter_map(of_pupil).collect()
}

fn of_pupil(pupil: &Pupil) -> Option<Finding> {
    let day = pupil.record.lecture_reservee?;
    let site = Site::value(&pupil.file, key_path!["lecture_reservee"]);
    if !pupil.is_of_age(day) {
        let message = format!("{} n’avait pas 18 ans le {}", pupil.full_name(), long_date(day));
        return Some(
            Finding::new(&CODE, site, message)
                .help("retirez cette ligne : l’élève pourra demander à être seul à lire à 18 ans")
                .related(Site::value(&pupil.file, key_path!["naissance"]), "sa naissance"),
        );
    }
    let when = out_of_schooling(pupil, day)?;
    let message = format!("cette demande est datée du {}, {when}", long_date(day));
    Some(Finding::new(&CODE, site, message).help("écrivez la date de la demande"))
}
