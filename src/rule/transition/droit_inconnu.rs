//! DROIT-INCONNU: whoever changes a record is somebody the school knows.

use std::sync::Arc;

use super::Case;
use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::history::{Breach, Known};
use crate::text::{count, quoted};

pub(super) static CODE: Code = Code {
    name: "DROIT-INCONNU",
    severity: Severity::Error,
    summary: "Chaque modification vient d’une personne que l’établissement connaît",
    explanation: "L’auteur d’une modification se reconnaît à son adresse électronique : elle doit être \
        parmi les `courriels` d’une personne de `staff.toml`, ou d’un élève pour ce qu’il écrit lui-même. \
        Sans cela, personne ne pourrait dire plus tard qui a écrit. L’adresse est celle que la forge donne \
        aux modifications : elle se lit et se règle dans les préférences du compte.",
    wrong: "[personnes.mercier-paul]\ncourriels = [\"paul.mercier@lycee.example\"]   # il modifie sous une autre adresse",
    right: "[personnes.mercier-paul]\ncourriels = [\"paul.mercier@lycee.example\", \"p.mercier@forge.example\"]",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    let act = case.act;
    let (Known::Nobody, [first, others @ ..]) = (&act.author.known, act.transitions) else {
        return Vec::new();
    };
    let more = match others.len() {
        0 => String::new(),
        1 => ", ainsi qu’un autre,".to_owned(),
        n => format!(", ainsi que {},", count(n, "autre", "autres")),
    };
    let message = format!(
        "ce fichier est modifié{more} depuis l’adresse {}, qui n’est celle de personne dans l’établissement",
        quoted(act.author.email)
    );
    let finding = Finding::new(&CODE, Site::file(&first.file), message).help(
        "demandez au DDFPT d’ajouter cette adresse aux courriels de la personne dans staff.toml, ou corrigez l’adresse de votre compte sur la forge",
    );
    let others = others.iter().map(|one| Arc::clone(&one.file)).collect();
    vec![Breach { others, ..Breach::whole(finding) }]
}
