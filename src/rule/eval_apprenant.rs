//! EVAL-APPRENANT: the pupils of an evaluation were in its class that day.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Enrolment;
use crate::school::{Class, Evaluation, Pupil, School};
use crate::text::{Date, long_date};

pub(super) static CODE: Code = Code {
    name: "EVAL-APPRENANT",
    severity: Severity::Error,
    summary: "Un élève évalué était dans la classe ce jour-là",
    explanation: "Une évaluation concerne les élèves choisis dans la classe (EVA-03). Un élève d’une autre \
        classe a une évaluation dans le dossier de sa classe ; un élève arrivé après, ou parti avant, n’a pas \
        pu être évalué. Si l’élève vient de changer de classe, l’administration met d’abord SIECLE à jour, \
        puis le DDFPT refait l’import (IMP-08).",
    wrong: "# evaluations/2026-2027/1mcva1/accueil-client.toml\n[resultats]\nroux-nadia = [\"+\"]   # élève de 2mrc1",
    right: "# evaluations/2026-2027/2mrc1/accueil-client.toml\n[resultats]\nroux-nadia = [\"+\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let evaluations = school.evaluations.values().iter();
    evaluations.flat_map(|evaluation| of_evaluation(school, evaluation)).collect()
}

fn of_evaluation(school: &School, evaluation: &Evaluation) -> Vec<Finding> {
    let class = &school.classes[evaluation.class];
    let date = evaluation.record.date;
    // A date of another year has its own rule.
    if !class.year.contains(date) {
        return Vec::new();
    }
    let mut known = 0;
    let mut strangers = Vec::new();
    for (id, _) in evaluation.record.resultats.iter() {
        let Some(ix) = school.pupil(id) else { continue };
        known += 1;
        if !school.was_in(ix, evaluation.class, date)
            && is_linked(school, &school.pupils[ix], class)
        {
            strangers.push(&school.pupils[ix]);
        }
    }
    // Nobody of the class: the evaluation itself is in the wrong folder.
    if strangers.len() >= 2 && strangers.len() == known {
        let message = format!(
            "aucun des {known} élèves n’était dans la classe {} le {}",
            class.record.nom,
            long_date(date)
        );
        let site = Site::key(&evaluation.file, key_path!["resultats"]);
        return vec![Finding::new(&CODE, site, message).help(
            "vérifiez la date, ou rangez l’évaluation dans le dossier de la classe de ces élèves",
        )];
    }
    let found = strangers.into_iter();
    found
        .map(|pupil| {
            let site = Site::key(&evaluation.file, key_path!["resultats", &pupil.id]);
            Finding::new(&CODE, site, where_then(school, pupil, class, date))
                .help("supprimez cette ligne, ou corrigez le nom de l’élève ou la date ; si l’élève a changé de classe, faites d’abord mettre à jour SIECLE")
                .related(Site::value(&pupil.file, key_path!["scolarite"]), "scolarité de l’élève")
        })
        .collect()
}

/// Whether all stays of the pupil in that year could be linked: otherwise another finding says why.
fn is_linked(school: &School, pupil: &Pupil, class: &Class) -> bool {
    let written = pupil.record.scolarite.iter().filter(|stay| stay.annee == class.year).count();
    let linked =
        pupil.stays.iter().filter(|stay| school.classes[stay.class].year == class.year).count();
    written == linked
}

fn where_then(school: &School, pupil: &Pupil, class: &Class, date: Date) -> String {
    let name = pupil.full_name();
    let here = &class.record.nom;
    let day = long_date(date);
    let covering = pupil.stays.iter().find(|stay| stay.from <= date && date <= stay.to);
    if let Some(stay) = covering {
        let there = &school.classes[stay.class].record.nom;
        return format!(
            "le {day}, {name} n’était pas dans la classe {here} mais dans la classe {there}"
        );
    }
    let of_class = |stay: &&Enrolment| stay.annee == class.year && *stay.classe == class.key;
    let mut stays = pupil.record.scolarite.iter().filter(of_class);
    match stays.next() {
        Some(stay) if date < stay.from() => {
            format!(
                "{name} n’est arrivé{} dans la classe {here} que le {}",
                pupil.agree("e", "", "·e"),
                long_date(stay.from())
            )
        }
        Some(stay) => format!("{name} a quitté la classe {here} le {}", long_date(stay.to())),
        None => format!("{name} n’était dans aucune classe le {day}"),
    }
}
