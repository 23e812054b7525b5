//! `pfmp/periods/ANNÉE/NOM.toml`: a PFMP or an employer period, one for all classes of a level.

use super::decode::record;
use super::value::{Id, Map, Prose, StudyLevel, Whole};
use crate::text::Date;

record! {
    /// A time in companies, with dates, learners, objectives and tasks of its own (PFM).
    pub struct Period = "une période en entreprise" {
        titre: String => "titre de la période",
        diplome: Id => "diplôme préparé",
        niveau: StudyLevel => "niveau concerné",
        annexe: Option<Id> => "annexe dont les objectifs et les tâches ont été copiés, par exemple mcv-a/premiere/decouverte",
        apprentis: bool = false => "true : période employeur d’apprentis ; false : PFMP",
        numero: Option<Whole<1, 12>> => "numéro de la PFMP dans le cycle",
        debut: Date => "premier jour",
        fin: Date => "dernier jour",
        objectifs: Option<Prose> => "objectifs de formation de cette période",
        taches: Vec<String> = Vec::new() => "tâches prévues pour cette période",
        apprenants: Option<Vec<Id>> => "apprenants concernés (tous ceux du niveau si la ligne manque)",
        sauf: Vec<Id> = Vec::new() => "apprenants du niveau qui ne font pas cette période",
        referents: Map<Id> = Map::default() => "professeur référent de chaque apprenant",
    }
}
