//! `scenarios/DIPLÔME/NIVEAU/NOM.toml`: a pedagogical scenario, shared by the team.

use super::decode::record;
use super::evaluation::Complexity;
use super::value::{Id, Prose, Whole};

record! {
    /// A situation that teachers can turn into evaluations (SCE-01).
    pub struct Scenario = "un scénario" {
        titre: String => "titre du scénario",
        auteur: Id => "auteur ; lui seul modifie le scénario",
        prive: bool = false => "true : visible de l’auteur seul",
        dossier: Option<String> => "dossier dans lequel le ranger",
        ordre: Option<Whole<1, 9999>> => "place dans la liste (ordre alphanumérique sinon)",
        copie_de: Option<Id> => "scénario dont celui-ci est la copie",
        origine: Option<String> => "auteur et établissement d’où il vient, s’il vient d’ailleurs",
        complexite: Option<Complexity> => "code de complexité proposé",
        secteurs: Vec<String> = Vec::new() => "secteurs d’activité",
        taches: Vec<String> = Vec::new() => "codes des tâches professionnelles du référentiel",
        criteres: Vec<String> = Vec::new() => "codes des critères évalués",
        contexte: Option<Prose> => "contexte professionnel",
        ressources: Vec<Resource> = Vec::new() => "documents et liens",
    }
}

record! {
    /// A document or a link of a scenario or evaluation (SCE-25).
    pub struct Resource = "une ressource" {
        titre: String => "titre de la ressource",
        fichier: Option<String> => "nom du fichier, dans le dossier qui porte le nom du scénario",
        lien: Option<String> => "adresse de la page",
    }
}
