//! RESP-REFUS: a refusal of the site falls in the schooling of the pupil, by somebody who can refuse.

use super::shared::schooling::out_of_schooling;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Pupil, School};
use crate::text::{Date, long_date};

pub(super) static CODE: Code = Code {
    name: "RESP-REFUS",
    severity: Severity::Warning,
    summary: "Un refus du site est daté de la scolarité, et vient d’un responsable ou d’un élève majeur",
    explanation: "Un responsable peut refuser, par un coupon, de lire le livret en ligne (NAT-28) : le livret lui est \
        alors remis sur papier, contre signature. Le coupon se signe au plus tôt à l’inscription, trois mois avant \
        la première rentrée, et au plus tard avant le départ. Un élève ne refuse en son nom qu’à partir de 18 ans : \
        avant, c’est le bloc `[[responsables]]` de la personne qui a signé qui porte la date.",
    wrong: "# dans l’établissement depuis la rentrée 2025\nrefus_site = 2015-09-12",
    right: "refus_site = 2025-09-12",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let pupils = school.pupils.values().iter();
    pupils.filter(|pupil| !school.is_broken(&pupil.file)).flat_map(of_pupil).collect()
}

fn of_pupil(pupil: &Pupil) -> Vec<Finding> {
    let mut findings = Vec::new();
    let guardians = pupil.record.responsables.iter().enumerate();
    let told = guardians
        .filter_map(|(n, one)| Some((one.refus_site?, key_path!["responsables", n, "refus_site"])));
    for (day, path) in told.chain(pupil.record.refus_site.map(|day| (day, key_path!["refus_site"])))
    {
        findings.extend(misplaced(pupil, day, Site::value(&pupil.file, path)));
    }
    if let Some(day) = pupil.record.refus_site.filter(|day| !pupil.is_of_age(*day)) {
        let message = format!("{} n’avait pas 18 ans le {}", pupil.full_name(), long_date(day));
        findings.push(
            Finding::new(&CODE, Site::value(&pupil.file, key_path!["refus_site"]), message)
                .help(
                    "déplacez cette ligne dans le bloc [[responsables]] de la personne qui a signé",
                )
                .related(Site::value(&pupil.file, key_path!["naissance"]), "sa naissance"),
        );
    }
    findings
}

fn misplaced(pupil: &Pupil, day: Date, site: Site) -> Option<Finding> {
    let when = out_of_schooling(pupil, day)?;
    let message = format!("ce refus est daté du {}, {when}", long_date(day));
    Some(Finding::new(&CODE, site, message).help("écrivez la date du coupon"))
}
