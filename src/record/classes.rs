//! `classes/ANNÉE.toml`: the divisions of a school year.

use super::decode::record;
use super::value::{Id, Map, StudyLevel};

record! {
    /// The divisions of one school year.
    pub struct Classes = "les classes" {
        classes: Map<ClassRecord> => "une classe par titre [classes.identifiant]",
    }
}

record! {
    /// One division.
    pub struct ClassRecord = "une classe" {
        nom: String => "nom de la classe, comme dans l’emploi du temps",
        diplome: Id => "diplôme préparé, ou famille de métiers en seconde",
        niveau: StudyLevel => "niveau",
        mef: Option<String> => "code MEF (11 chiffres)",
        professeur_principal: Option<Id> => "professeur principal",
        equipe: Vec<Id> => "enseignants professionnels de la classe",
    }
}
