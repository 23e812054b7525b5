//! `students/…/certification/SESSION-GRILLE.toml`: a candidate's CCF grid.

use super::decode::{choice, record};
use super::review::Unlock;
use super::value::{Id, Map, Number, Prose, Whole};
use crate::text::Date;

record! {
    /// The national grid of an exam, filled for one candidate (CCF).
    pub struct FilledGrid = "une grille de certification" {
        auteur: Id => "enseignant qui remplit la grille",
        date: Option<Date> => "date de l’évaluation ou de la commission",
        absent: bool = false => "true : le candidat ne s’est pas présenté",
        commentaire: Option<Prose> => "commentaire de la commission, 300 caractères au plus",
        note_proposee: Option<Number<0, 20>> => "note proposée au jury, au demi-point",
        niveaux: Map<Whole<1, 4>> = Map::default() => "niveau de chaque ligne de la grille, de 1 à 4",
        commission: Vec<CommissionMember> = Vec::new() => "membres de la commission, deux au moins",
        verrouillage: Option<Seal> => "première étape : la commission a fini",
        harmonisation: Option<Harmonisation> => "seconde étape : note de la commission d’harmonisation",
        deverrouillage: Vec<Unlock> = Vec::new() => "déverrouillages accordés par le DDFPT",
    }
}

impl FilledGrid {
    /// Whether the commission closed it, and no DDFPT opened it since (LCK-04).
    pub fn is_locked(&self) -> bool {
        let unlocked = self.deverrouillage.iter().map(|unlock| unlock.date).max();
        self.verrouillage
            .as_ref()
            .is_some_and(|seal| unlocked.is_none_or(|unlocked| seal.le > unlocked))
    }
}

record! {
    /// A member of a commission: of the staff, or from outside (CCF-11, CCF-12).
    pub struct CommissionMember = "un membre de la commission" {
        personne: Option<Id> => "personne de l’établissement",
        nom: Option<String> => "nom d’un membre extérieur",
        prenom: Option<String> => "prénom d’un membre extérieur",
        qualite: Option<MemberQuality> => "en quelle qualité",
    }
}

choice! {
    /// In which quality somebody sits.
    pub enum MemberQuality {
        Teacher = "enseignant" => "enseignant",
        Professional = "professionnel" => "professionnel",
        Inspector = "inspection" => "corps d’inspection",
        Other = "autre" => "autre",
    }
}

record! {
    /// Who closed something, and when.
    pub struct Seal = "un verrouillage" {
        le: Date => "date",
        par: Id => "enseignant",
    }
}

record! {
    /// The mark once the commissions of all schools are made even (CCF-09). The proposed one stays.
    pub struct Harmonisation = "une harmonisation" {
        note: Number<0, 20> => "note après harmonisation",
        le: Date => "date de la commission d’harmonisation",
        par: Id => "enseignant qui a saisi la note",
        motif: Option<String> => "motif de l’écart, s’il y en a un",
    }
}
