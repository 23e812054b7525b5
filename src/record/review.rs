//! `students/…/reviews/DATE.toml`: a bilan intermédiaire de compétences.

use super::decode::{choice, record};
use super::value::{Id, Level, Map, Number, Prose};
use crate::text::Date;

record! {
    /// Where a pupil stands on each competence, at a date, in a teacher's judgement (BIL).
    pub struct Review = "un bilan" {
        date: Date => "date du bilan, la même que dans le nom du fichier",
        auteur: Id => "enseignant qui fait le bilan",
        etat: ReviewState => "brouillon ou valide",
        valide_le: Option<Date> => "date de validation",
        valide_par: Option<Id> => "enseignant qui a validé",
        terminal: bool = false => "true : bilan terminal, en fin d’année",
        note: Option<Number<0, 20>> => "note sur 20",
        constats: Option<Prose> => "constats",
        conseils: Option<Prose> => "conseils",
        evaluations: Vec<Id> = Vec::new() => "évaluations prises en compte, qui ne se modifient plus",
        positions: Map<Level> = Map::default() => "un niveau par compétence",
        professionnalisation: Map<String> = Map::default() => "niveau de professionnalisation par compétence",
        deverrouillage: Vec<Unlock> = Vec::new() => "déverrouillages accordés par le DDFPT",
    }
}

impl Review {
    /// Whether it is closed: validated, and not unlocked since (LCK-01, EVA-13).
    pub fn is_locked(&self) -> bool {
        let unlocked = self.deverrouillage.iter().map(|unlock| unlock.date).max();
        self.etat == ReviewState::Valid
            && match (self.valide_le, unlocked) {
                (Some(validated), Some(unlocked)) => validated > unlocked,
                _ => true,
            }
    }
}

record! {
    /// A permission to change a validated review, given by a DDFPT.
    pub struct Unlock = "un déverrouillage" {
        par: Id => "DDFPT qui déverrouille",
        date: Date => "date",
        motif: String => "motif",
    }
}

choice! {
    /// Whether a review counts.
    pub enum ReviewState {
        Draft = "brouillon" => "brouillon",
        Valid = "valide" => "validé",
    }
}
