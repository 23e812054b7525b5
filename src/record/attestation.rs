//! `students/…/attestations/DATE.toml`: competences that the school attests.

use super::decode::{choice, record};
use super::value::{Id, Map, Prose};
use crate::text::Date;

record! {
    /// Competences of a diploma prepared and not obtained (ATT).
    pub struct Attestation = "une attestation de compétences" {
        date: Date => "date de l’attestation, la même que dans le nom du fichier",
        auteur: Id => "enseignant qui la prépare",
        motif: AttestationReason => "fin-de-parcours ou sortie",
        remarque: Option<Prose> => "remarque",
        competences: Map<Tick> = Map::default() => "compétences validées, par leur code",
    }
}

choice! {
    /// When an attestation is given.
    pub enum AttestationReason {
        End = "fin-de-parcours" => "fin de parcours",
        Leaving = "sortie" => "sortie en cours de parcours",
    }
}

record! {
    /// Who validated a competence, and when (ATT-03).
    pub struct Tick = "une compétence validée" {
        par: Id => "enseignant qui valide",
        le: Date => "date de la validation",
    }
}
