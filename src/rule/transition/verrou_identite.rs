//! VERROU-IDENTITE: pupils and people are never erased, and keep their identity.

use std::sync::Arc;

use super::Case;
use super::actions::{pupil_of, relocated};
use super::told::{named, pupil, site, undo};
use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::history::{Act, Breach, Change, Transition};
use crate::record::{Difference, Kind};
use crate::text::{count, elide_de};

pub(super) static CODE: Code = Code {
    name: "VERROU-IDENTITE",
    severity: Severity::Error,
    summary: "Un élève ou une personne de l’équipe ne s’efface pas, et garde son identité",
    explanation: "Qui part devient inactif (`inactif_depuis`) : son nom reste derrière ce qu’il a écrit ou reçu (IMP-09). \
        Le fichier d’un élève ne se supprime pas, son dossier ne change pas de nom, et son `eleve_id`, une fois \
        connu, ne change plus : c’est par lui que SIECLE le reconnaît. Une personne de l’équipe garde son identifiant.",
    wrong: "# [personnes.leroy-jean] retiré de staff.toml",
    right: "[personnes.leroy-jean]\ninactif_depuis = 2027-08-31",
};

const LEAVER: &str = "s’il est parti, écrivez inactif_depuis = … (la date du départ)";

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    case.judged().flat_map(|one| of_transition(case.act, one)).collect()
}

fn of_transition(act: &Act<'_>, one: &Transition) -> Vec<Breach> {
    match &one.kind_before {
        Some(Kind::Staff) => of_staff(act, one),
        Some(Kind::Student { id, .. }) => of_student(act, one, id),
        _ => Vec::new(),
    }
}

fn of_student(act: &Act<'_>, one: &Transition, id: &str) -> Vec<Breach> {
    let whose = elide_de(pupil(act, id));
    if one.change == Change::Removed {
        // The whole folder goes: it is told once.
        let of_folder = |other: &&Transition| {
            other.change == Change::Removed
                && other.file != one.file
                && pupil_of(&other.file) == Some(id)
        };
        let others: Vec<Arc<str>> =
            act.transitions.iter().filter(of_folder).map(|one| Arc::clone(&one.file)).collect();
        let message = match others.len() {
            0 => format!("le fichier {whose} est supprimé : un élève ne s’efface pas"),
            n => format!(
                "le dossier {whose} est supprimé ({}) : un élève ne s’efface pas",
                count(n + 1, "fichier", "fichiers")
            ),
        };
        let finding = Finding::new(&CODE, Site::file(&one.file), message)
            .help(format!("{LEAVER} ; sinon, {}", undo(one, &[])));
        return vec![Breach { others, ..Breach::whole(finding) }];
    }
    if one.change == Change::Moved && relocated(act, one).is_none() {
        let message = format!("le dossier {whose} change de nom : un élève garde son identifiant");
        let finding = Finding::new(&CODE, Site::file(&one.file), message).help(undo(one, &[]));
        return vec![Breach::whole(finding)];
    }
    let altered = one.below("eleve_id").filter(|difference| difference.before.is_some());
    let told = altered.map(|difference| {
        let thing = [difference];
        let message = format!("l’identifiant SIECLE {whose} est connu : il ne change plus");
        let help = format!("{} ; si c’est un autre élève, créez son dossier", undo(one, &thing));
        Breach::of(Finding::new(&CODE, site(one, &thing), message).help(help), thing)
    });
    told.collect()
}

fn of_staff(act: &Act<'_>, one: &Transition) -> Vec<Breach> {
    if matches!(one.change, Change::Removed | Change::Moved) {
        let message = "l’équipe est supprimée : plus personne ne serait reconnu";
        let finding = Finding::new(&CODE, Site::file(&one.file), message).help(undo(one, &[]));
        return vec![Breach::whole(finding)];
    }
    let gone = |difference: &&Difference| {
        difference.key() == "personnes"
            && difference.path.0.len() <= 2
            && difference.after.is_none()
    };
    let told = one.differences.iter().filter(gone).map(|difference| {
        let who = difference.step(1).map_or("l’équipe", |id| named(act, id));
        let thing = [difference];
        let message = format!("{who} est retiré de l’équipe : une personne ne s’efface pas");
        let help = format!("{LEAVER} ; sinon, {}", undo(one, &thing));
        Breach::of(Finding::new(&CODE, site(one, &thing), message).help(help), thing)
    });
    told.collect()
}
