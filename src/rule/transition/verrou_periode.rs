//! VERROU-PERIODE: a period in which learners wrote is deleted by nobody but the DDFPT.

use super::Case;
use super::emptied::emptied;
use super::told::who;
use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::history::Breach;
use crate::record::Role;

pub(super) static CODE: Code = Code {
    name: "VERROU-PERIODE",
    severity: Severity::Error,
    summary: "Une période où des élèves ont écrit n’est supprimée que par le DDFPT",
    explanation: "Supprimer ou renommer une période en entreprise emporte tout ce qui a été saisi sur elle : journaux, \
        fiches, bilans (PFM-14). Une période fausse se corrige, elle ne se refait pas ; s’il faut vraiment la \
        supprimer, le DDFPT le fait.",
    wrong: "# supprimé par un enseignant\npfmp/periods/2026-2027/pfmp-3.toml",
    right: "# corrigé par le DDFPT, à la demande de l’enseignant\nfin = 2027-02-06",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    let act = case.act;
    if act.author.person().is_some_and(|person| person.has(Role::Ddfpt)) {
        return Vec::new();
    }
    let told = case.judged().filter_map(|one| {
        let lost = emptied(act, one)?;
        let message = format!(
            "cette période contient {lost} : la supprimer les emporterait, et le DDFPT seul le peut ; {}",
            who(act)
        );
        let help = "rétablissez la période, et demandez au DDFPT de la corriger";
        Some(Breach::whole(Finding::new(&CODE, Site::file(&one.file), message).help(help)))
    });
    told.collect()
}
