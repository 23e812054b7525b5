//! `classes/ANNÉE.toml`: the divisions of a school year.

use super::decode::record;
use super::value::{Id, Map, StudyLevel};

record! {
    /// The divisions of one school year.
    pub struct Classes = "les classes" {
        classes: Map<ClassRecord> => "une classe par titre [classes.identifiant]",
        groupes: Map<GroupRecord> = Map::default() => "un groupe par titre [groupes.identifiant]",
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
        services: Vec<Service> = Vec::new() => "ce qui est enseigné à toute la classe, et par qui",
    }
}

record! {
    /// A group of pupils, of one division or of several.
    pub struct GroupRecord = "un groupe" {
        nom: String => "nom du groupe, comme dans l’emploi du temps",
        libelle: Option<String> => "nom long",
        classes: Vec<Id> = Vec::new() => "classes dont viennent ses élèves",
        services: Vec<Service> = Vec::new() => "ce qui est enseigné au groupe, et par qui",
    }
}

record! {
    /// A subject taught to a class or a group.
    pub struct Service = "un service d’enseignement" {
        matiere: String => "code national de la matière (six chiffres)",
        libelle: Option<String> => "nom de la matière",
        enseignants: Vec<Id> = Vec::new() => "enseignants",
    }
}
