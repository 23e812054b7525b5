//! `pfmp/annexes/DIPLÔME/NIVEAU/NOM.toml`: an annexe pédagogique, kept from year to year.

use super::decode::record;
use super::value::{Id, Prose};

record! {
    /// Objectives and planned tasks of a time in a company (ANX): periods copy them.
    pub struct Annex = "une annexe pédagogique" {
        titre: String => "titre de l’annexe",
        auteur: Id => "professeur référent qui écrit l’annexe",
        apprentis: bool => "true : destinée à des apprentis ; false : à des élèves sous statut scolaire",
        objectifs: Option<Prose> => "objectifs de formation",
        taches: Vec<String> = Vec::new() => "tâches prévues, par leur code dans le référentiel",
        copie_de: Option<Id> => "annexe dont celle-ci est la copie, du même niveau",
    }
}
