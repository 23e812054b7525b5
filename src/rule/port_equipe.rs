//! PORT-EQUIPE: those who visit, comment and assess are of the class's team, or the referent.

use std::collections::BTreeSet;

use super::shared::team;
use crate::diagnostic::{Code, Finding, KeyPath, Severity, Site, key_path};
use crate::record::Role;
use crate::school::{Portfolio, School};
use crate::text::Date;

pub(super) static CODE: Code = Code {
    name: "PORT-EQUIPE",
    severity: Severity::Warning,
    summary: "Visites, commentaires et bilan entreprise sont de l’équipe de la classe",
    explanation: "Le suivi en entreprise est fait par le professeur référent et l’équipe de la classe \
        (POR-12, POR-14) ; le DDFPT peut aussi y passer. Un nom étranger est souvent une faute de recopie, une \
        équipe qui n’est plus à jour, ou une date après le départ de la personne. Un même nom n’est signalé \
        qu’une fois par portfolio.",
    wrong: "[[visites]]\npar = \"leroy-jean\"   # n’enseigne pas dans cette classe, et n’est pas référent",
    right: "[[visites]]\npar = \"mercier-paul\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let portfolios = school.portfolios.values().iter();
    portfolios.flat_map(|portfolio| of_portfolio(school, portfolio)).collect()
}

fn of_portfolio(school: &School, portfolio: &Portfolio) -> Vec<Finding> {
    let record = &portfolio.record;
    let mut names: Vec<(&str, Date, KeyPath)> = Vec::new();
    for (n, visit) in record.visites.iter().enumerate() {
        names.push((&visit.par, visit.date, key_path!["visites", n, "par"]));
    }
    for (n, comment) in record.commentaires.iter().enumerate() {
        if let Some(author) = &comment.auteur {
            names.push((author, comment.date, key_path!["commentaires", n, "auteur"]));
        }
    }
    if let Some(review) = &record.bilan_entreprise {
        let path = key_path!["bilan_entreprise", "enseignant"];
        names.push((&review.enseignant, review.date, path));
    }
    let period = &school.periods[portfolio.period];
    let referent = period.referent(portfolio.pupil);
    let mut told = BTreeSet::new();
    let mut findings = Vec::new();
    for (id, day, path) in names {
        let Some(person) = school.person(id) else { continue };
        let who = &school.people[person];
        let expected = referent == Some(person) || who.has_role(Role::Ddfpt);
        if expected && who.record.inactif_depuis.is_none() {
            continue;
        }
        let start = period.record.debut;
        let Some(class) = school.class_of(&school.pupils[portfolio.pupil], start) else { continue };
        let site = Site::value(&portfolio.file, path);
        let found = team::outsider(school, &CODE, site, person, class, day);
        findings.extend(found.filter(|_| told.insert(person)));
    }
    findings
}
