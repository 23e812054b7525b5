//! CCF-COMMISSION: each member is one person, and two members are two people.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::CommissionMember;
use crate::school::{FilledGrid, School, Seat};
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "CCF-COMMISSION",
    severity: Severity::Error,
    summary: "Les membres d’une commission sont des personnes différentes, bien nommées",
    explanation: "Un membre est une personne de l’établissement, par son identifiant, ou un membre extérieur, \
        par son nom et son prénom (CCF-12). Une commission compte au moins deux personnes : la même, écrite \
        deux fois, ne compte que pour une (CCF-11, CCF-13). Un seul membre n’est pas une faute tant que la \
        grille n’est pas verrouillée.",
    wrong: "[[commission]]\npersonne = \"mercier-paul\"\n[[commission]]\nnom = \"Mercier\"\nprenom = \"Paul\"",
    right: "[[commission]]\npersonne = \"mercier-paul\"\n[[commission]]\nnom = \"Perrin\"\nprenom = \"Claire\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let grids = school.grids.values().iter().filter(|grid| !school.is_broken(&grid.file));
    grids.flat_map(|grid| of_grid(school, grid)).collect()
}

fn of_grid(school: &School, grid: &FilledGrid) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut first: BTreeMap<&Seat, usize> = BTreeMap::new();
    for (n, (member, seat)) in grid.record.commission.iter().zip(&grid.seats).enumerate() {
        let at = Site::key(&grid.file, key_path!["commission", n]);
        if let Some((message, help)) = malformed(member) {
            findings.push(Finding::new(&CODE, at, message).help(help));
            continue;
        }
        let Some(seat) = seat else { continue };
        if let Some(before) = first.get(seat) {
            let place = Site::key(&grid.file, key_path!["commission", *before]);
            let message =
                format!("{} est deux fois dans la commission", name(school, seat, member));
            let help =
                "gardez-en un seul, et ajoutez une autre personne : il en faut au moins deux";
            findings.push(
                Finding::new(&CODE, at, message).help(help).related(place, "la première fois"),
            );
            continue;
        }
        if let (None, Seat::Staff(id)) = (&member.personne, seat) {
            let message = format!(
                "{} fait partie de l’établissement : ce n’est pas un membre extérieur",
                name(school, seat, member)
            );
            let help = format!(
                "écrivez personne = \"{id}\" à la place du nom et du prénom ; si c’est un homonyme, ajoutez son second prénom"
            );
            findings.push(Finding::new(&CODE, at, message).help(help));
        }
        first.insert(seat, n);
    }
    findings
}

/// What is wrong with the way a member is named.
fn malformed(member: &CommissionMember) -> Option<(&'static str, &'static str)> {
    match (&member.personne, &member.nom, &member.prenom) {
        (Some(_), None, None) | (None, Some(_), Some(_)) => None,
        (Some(_), _, _) => Some((
            "ce membre a un identifiant et un nom : on ne sait pas lequel compte",
            "gardez personne = \"…\" pour quelqu’un de l’établissement, nom et prenom pour un membre extérieur",
        )),
        (None, None, None) => Some((
            "ce membre de la commission n’est pas nommé",
            "ajoutez personne = \"…\" pour quelqu’un de l’établissement, ou nom = \"…\" et prenom = \"…\"",
        )),
        (None, Some(_), None) => {
            Some(("ce membre extérieur n’a pas de prénom", "ajoutez la ligne prenom = \"…\""))
        }
        (None, None, Some(_)) => {
            Some(("ce membre extérieur n’a pas de nom", "ajoutez la ligne nom = \"…\""))
        }
    }
}

fn name(school: &School, seat: &Seat, member: &CommissionMember) -> String {
    match seat {
        Seat::Staff(id) => match school.person(id) {
            Some(person) => school.people[person].full_name(),
            None => quoted(id),
        },
        Seat::Outside(..) => {
            let part = |text: &Option<String>| text.clone().unwrap_or_default();
            format!("{} {}", part(&member.prenom), part(&member.nom))
        }
    }
}
