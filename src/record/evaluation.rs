//! `evaluations/ANNÉE/CLASSE/NOM.toml`: a class rated in one table, one line a pupil.

use super::decode::{choice, record};
use super::scenario::Resource;
use super::value::{Id, Map, Outcome, Prose};
use crate::text::Date;

record! {
    /// A situation rated for some pupils of a class (EVA-01). Its tasks and criteria are its own
    /// copy: the scenario may change or go, they stay (EVA-02).
    pub struct Evaluation = "une évaluation" {
        titre: String => "titre de la situation",
        date: Date => "date de l’évaluation",
        auteur: Id => "enseignant qui évalue",
        scenario: Option<Id> => "scénario d’origine, par exemple mcv-a/premiere/accueil-client",
        complexite: Complexity => "code de complexité",
        secteurs: Vec<String> = Vec::new() => "secteurs d’activité",
        taches: Vec<String> = Vec::new() => "codes des tâches professionnelles",
        criteres: Vec<String> => "codes des critères : les colonnes du tableau des résultats",
        affichage: bool = true => "affichage des résultats dans le tableau de bord",
        contexte: Option<Prose> => "contexte professionnel",
        ressources: Vec<Resource> = Vec::new() => "documents et liens",
        resultats: Map<Vec<Outcome>> = Map::default() => "une ligne par élève choisi : un signe par critère",
    }
}

choice! {
    /// How complex a situation is (EVA-08). `E` is kept for what companies assess.
    pub enum Complexity {
        Intermediate = "Int" => "Intermédiaire",
        Complex = "C" => "Complexe",
    }
}
