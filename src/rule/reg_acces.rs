//! REG-ACCES: a letter of the families' site is handed over to somebody who has one.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::{HandedOver, KeptDocument};
use crate::school::{Addressee, Delivery, Pupil, School};
use crate::text::{Date, elide_de, long_date, quoted};

pub(super) static CODE: Code = Code {
    name: "REG-ACCES",
    severity: Severity::Warning,
    summary: "Une lettre d’accès est remise à quelqu’un qui en a une",
    explanation: "La page « Site des familles » compte les lettres remises d’après le registre. `destinataire` est le nom \
        d’un responsable légal de l’élève (les accents, les majuscules et l’ordre n’importent pas ; « M. » ou « Mme » \
        suffit à départager) ; sans cette ligne, c’est la lettre de l’élève. Un nom que rien ne rattache à l’élève ne \
        compterait pour personne. Qui a refusé le site n’a plus de lettre à recevoir.",
    wrong: "[[remises]]\neleve = \"dupont-lea\"\ndestinataire = \"Mme Durand\"",
    right: "[[remises]]\neleve = \"dupont-lea\"\ndestinataire = \"Mme Dupont\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let deliveries = school.deliveries.values().iter();
    let letters = deliveries.filter(|one| one.record.document == KeptDocument::Access);
    letters
        .filter(|one| !school.is_broken(&one.file))
        .flat_map(|one| of_delivery(school, one))
        .collect()
}

fn of_delivery(school: &School, delivery: &Delivery) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (n, copy) in delivery.record.remises.iter().enumerate() {
        let Some(pupil) = delivery.pupils[n].map(|ix| &school.pupils[ix]) else { continue };
        if school.is_broken(&pupil.file) {
            continue;
        }
        let key = if copy.destinataire.is_some() { "destinataire" } else { "eleve" };
        let site = || Site::value(&delivery.file, key_path!["remises", n, key]);
        let people = pupil.addressees(copy.destinataire.as_deref());
        if people.is_empty() {
            findings.push(unknown(pupil, copy, site()));
        }
        let on = copy.le.unwrap_or(delivery.record.date);
        for one in people {
            findings.extend(without_letter(pupil, one, on, site()));
        }
    }
    findings
}

/// Nobody around the pupil is called so, or several people are.
fn unknown(pupil: &Pupil, copy: &HandedOver, site: Site) -> Finding {
    let typed = copy.destinataire.as_deref().unwrap_or_default();
    let message = format!(
        "{} ne désigne pas un seul des responsables {}",
        quoted(typed),
        elide_de(&pupil.full_name())
    );
    let legal = pupil.record.responsables.iter().filter(|one| one.legal.is_some());
    let names: Vec<String> = legal
        .map(|one| {
            let title = one.civilite.map_or("", |title| title.as_str());
            quoted(format!("{title} {} {}", one.prenom, one.nom).trim())
        })
        .collect();
    let help = match names.as_slice() {
        [] => "retirez la ligne destinataire : seul l’élève a une lettre".to_owned(),
        names => format!(
            "écrivez {}, ou retirez la ligne si c’est la lettre de l’élève",
            crate::text::or_list(names)
        ),
    };
    Finding::new(&CODE, site, message).help(help)
}

/// Somebody who has no letter, or none any more on that day.
fn without_letter(pupil: &Pupil, to: Addressee, on: Date, site: Site) -> Option<Finding> {
    let (name, refused, path) = match to {
        Addressee::Pupil => (pupil.full_name(), pupil.record.refus_site, key_path!["refus_site"]),
        Addressee::Guardian(n) => {
            let one = &pupil.record.responsables[n];
            let name = format!("{} {}", one.prenom, one.nom);
            if one.legal.is_none() {
                let message =
                    format!("{name} n’est pas responsable légal : il n’y a pas de lettre");
                let block = Site::key(&pupil.file, key_path!["responsables", n]);
                return Some(
                    Finding::new(&CODE, site, message)
                        .help(
                            "nommez le responsable légal qui a reçu la lettre, ou retirez ce bloc",
                        )
                        .related(block, "une personne à prévenir"),
                );
            }
            (name, one.refus_site, key_path!["responsables", n, "refus_site"])
        }
    };
    let day = refused.filter(|day| *day < on)?;
    let message = format!(
        "{name} a refusé le site le {}, avant cette remise du {}",
        long_date(day),
        long_date(on)
    );
    Some(
        Finding::new(&CODE, site, message)
            .help("corrigez l’une des deux dates, ou retirez ce bloc")
            .related(Site::value(&pupil.file, path), "le refus"),
    )
}
