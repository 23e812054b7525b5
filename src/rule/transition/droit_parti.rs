//! DROIT-PARTI: somebody who left the school does not change its records any more.

use std::sync::Arc;

use super::Case;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::history::{Breach, Known};
use crate::text::{count, long_date};

pub(super) static CODE: Code = Code {
    name: "DROIT-PARTI",
    severity: Severity::Error,
    summary: "Une personne partie ne modifie plus rien",
    explanation: "Le compte d’une personne partie (`inactif_depuis`) ne doit plus servir. Ce qu’elle a écrit avant son \
        départ reste. Si la date est fausse, le DDFPT la corrige ; si la personne est revenue, il retire la ligne.",
    wrong: "[personnes.mercier-paul]\ninactif_depuis = 2026-12-31   # il modifie un fichier en janvier",
    right: "[personnes.mercier-paul]\n# revenu le 4 janvier : la ligne inactif_depuis est retirée",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    let (Known::Gone(person), [first, others @ ..]) =
        (&case.act.author.known, case.act.transitions)
    else {
        return Vec::new();
    };
    let more = match others.len() {
        0 => String::new(),
        1 => ", ainsi qu’un autre,".to_owned(),
        n => format!(", ainsi que {},", count(n, "autre", "autres")),
    };
    let since = person.gone.map_or(String::new(), |gone| format!(" depuis le {}", long_date(gone)));
    let message = format!(
        "ce fichier est modifié{more} par {}, qui n’est plus dans l’établissement{since}",
        person.name
    );
    let gone = key_path!["personnes", &person.id, "inactif_depuis"];
    let finding = Finding::new(&CODE, Site::file(&first.file), message)
        .help("demandez à une personne de l’établissement de faire cette modification ; si la date de départ est fausse, le DDFPT la corrige d’abord")
        .related(Site::value(&Arc::from("staff.toml"), gone), "sa date de départ");
    let others = others.iter().map(|one| Arc::clone(&one.file)).collect();
    vec![Breach { others, ..Breach::whole(finding) }]
}
