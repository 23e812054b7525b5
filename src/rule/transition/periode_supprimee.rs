//! PERIODE-SUPPRIMEE: the DDFPT sees what goes with a period.

use super::Case;
use super::emptied::emptied;
use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::history::{Breach, Change};
use crate::record::Role;

pub(super) static CODE: Code = Code {
    name: "PERIODE-SUPPRIMEE",
    severity: Severity::Warning,
    summary: "Supprimer une période emporte ce que les élèves y ont écrit",
    explanation: "Le DDFPT peut supprimer ou renommer une période en entreprise ; il voit ici combien de semaines de \
        journal, de fiches et de bilans n’ont alors plus de période (PFM-14). L’historique les garde : une période \
        supprimée par erreur se rétablit telle qu’elle était.",
    wrong: "# supprimé, alors que 24 élèves y ont écrit\npfmp/periods/2026-2027/pfmp-3.toml",
    right: "# corrigé plutôt que supprimé\nfin = 2027-02-06",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    let act = case.act;
    if !act.author.person().is_some_and(|person| person.has(Role::Ddfpt)) {
        return Vec::new();
    }
    let told = case.judged().filter_map(|one| {
        let lost = emptied(act, one)?;
        let what = match one.change {
            Change::Moved => "cette période change de nom",
            _ => "cette période est supprimée",
        };
        let message = format!("{what} : {lost} n’auraient plus de période");
        let help = "si ses dates sont fausses, corrigez-les plutôt ; si c’est une erreur, rétablissez le fichier";
        Some(Breach::whole(Finding::new(&CODE, Site::file(&one.file), message).help(help)))
    });
    told.collect()
}
