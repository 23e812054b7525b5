//! ELEVE-SCOLARITE: the stays of a pupil follow one another within their school years.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Enrolment;
use crate::school::{Pupil, School};
use crate::text::{long_date, quoted};

pub(super) static CODE: Code = Code {
    name: "ELEVE-SCOLARITE",
    severity: Severity::Error,
    summary: "Un élève est dans une classe à la fois, aux dates de l’année scolaire",
    explanation: "Chaque entrée `[[scolarite]]` dit une classe et une année. Les dates `debut` et `fin` ne \
        s’écrivent que pour une arrivée ou un départ en cours d’année ; elles sont alors dans cette année. \
        Quand un élève change de classe, le premier séjour reçoit une date de fin et le second une date de \
        début : sans elles, on ne saurait pas où il était le jour d’une évaluation (EVA-03).",
    wrong: "[[scolarite]]\nannee = \"2026-2027\"\nclasse = \"1mcva1\"\n[[scolarite]]\nannee = \"2026-2027\"\nclasse = \"1mcva2\"",
    right: "[[scolarite]]\nannee = \"2026-2027\"\nclasse = \"1mcva1\"\nfin = 2026-11-27\n[[scolarite]]\nannee = \"2026-2027\"\nclasse = \"1mcva2\"\ndebut = 2026-11-28",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    school.pupils.values().iter().flat_map(of_pupil).collect()
}

fn of_pupil(pupil: &Pupil) -> Vec<Finding> {
    let stays = &pupil.record.scolarite;
    let at = |n: usize, key: &str| Site::value(&pupil.file, key_path!["scolarite", n, key]);
    if stays.is_empty() {
        let message = format!("{} n’a aucune année de scolarité", pupil.full_name());
        let site = Site::value(&pupil.file, key_path!["scolarite"]);
        return vec![Finding::new(&CODE, site, message).help(
            "remplacez cette ligne par une entrée [[scolarite]] avec annee, classe et statut",
        )];
    }
    let mut findings = Vec::new();
    let mut sound: Vec<usize> = Vec::new();
    for (n, stay) in stays.iter().enumerate() {
        if let Some((key, message)) = wrong_dates(stay) {
            findings.push(
                Finding::new(&CODE, at(n, key), message)
                    .help("corrigez la date, ou l’année scolaire de cette entrée"),
            );
            continue;
        }
        let overlapped = sound
            .iter()
            .copied()
            .find(|m| stays[*m].from() <= stay.to() && stay.from() <= stays[*m].to());
        if let Some(m) = overlapped {
            findings.push(overlap(pupil, m, n).related(at(m, "classe"), "l’autre séjour"));
        }
        sound.push(n);
    }
    findings
}

/// The date of a stay that is not in its year, or in disorder.
fn wrong_dates(stay: &Enrolment) -> Option<(&'static str, String)> {
    for (key, date) in [("debut", stay.debut), ("fin", stay.fin)] {
        if let Some(date) = date.filter(|date| !stay.annee.contains(*date)) {
            let message = format!("le {} n’est pas dans l’année {}", long_date(date), stay.annee);
            return Some((key, message));
        }
    }
    let (from, to) = (stay.debut?, stay.fin?);
    (to < from).then(|| {
        let message = format!(
            "ce séjour finit le {}, avant son début, le {}",
            long_date(to),
            long_date(from)
        );
        ("fin", message)
    })
}

fn overlap(pupil: &Pupil, first: usize, second: usize) -> Finding {
    let (a, b) = (&pupil.record.scolarite[first], &pupil.record.scolarite[second]);
    let site = |key: &str| Site::value(&pupil.file, key_path!["scolarite", second, key]);
    let undated = [a, b].iter().all(|stay| stay.debut.is_none() && stay.fin.is_none());
    if a.classe == b.classe && undated {
        let message =
            format!("le séjour en {} de {} est écrit deux fois", quoted(&b.classe), b.annee);
        return Finding::new(&CODE, site("classe"), message)
            .help("supprimez l’une des deux entrées");
    }
    let message = format!(
        "{} serait dans deux classes en même temps en {} : {} et {}",
        pupil.full_name(),
        b.annee,
        quoted(&a.classe),
        quoted(&b.classe)
    );
    Finding::new(&CODE, site("classe"), message).help(if undated {
        "ajoutez une date de fin au premier séjour et une date de debut au second, ou supprimez l’un des deux"
    } else {
        "corrigez les dates : le second séjour commence après la fin du premier"
    })
}
