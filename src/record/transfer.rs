//! `transfers/ANNÉE/NOM.toml`: a pupil's folder that goes to another school or comes from one, step by step.

use super::decode::{choice, record};
use super::staff::StaffKey;
use super::value::Id;
use crate::text::Date;

record! {
    /// Where a transfer stands (TRF-05). Both schools keep one of their own.
    pub struct Transfer = "un transfert" {
        sens: TransferWay => "depart ou arrivee",
        etablissement: String => "code UAI de l’autre établissement",
        eleve: Option<Id> => "élève, une fois que son dossier existe ici",
        ine: Option<String> => "identifiant national (INE), s’il est connu",
        nom: String => "nom de famille",
        prenom: String => "prénom",
        naissance: Date => "date de naissance",
        demande: Option<TransferStep> => "le dossier a été demandé",
        envoi: Option<TransferStep> => "le paquet a été préparé pour l’autre établissement",
        reception: Option<TransferStep> => "le paquet est arrivé et sa signature est bonne",
        fusion: Option<TransferStep> => "le dossier est rangé dans celui de l’élève",
    }
}

choice! {
    /// Whether the pupil leaves or arrives.
    pub enum TransferWay {
        Leaves = "depart" => "départ",
        Arrives = "arrivee" => "arrivée",
    }
}

record! {
    /// One step of a transfer.
    pub struct TransferStep = "une étape d’un transfert" {
        le: Date => "date",
        par: Option<Id> => "DDFPT ou chef d’établissement ; pour ce qui se fait dans l’autre établissement, la ligne manque",
        paquet: Option<String> => "empreinte SHA-256 du paquet",
    }
}

/// The four steps, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TransferStage {
    /// Somebody asked for the folder.
    Requested,
    /// The package was made.
    Sent,
    /// It arrived.
    Received,
    /// It is in the pupil's folder.
    Merged,
}

impl TransferStage {
    /// All steps, in order.
    pub const ALL: [Self; 4] = [Self::Requested, Self::Sent, Self::Received, Self::Merged];

    /// The key of the step in the record.
    pub fn key(self) -> &'static str {
        match self {
            Self::Requested => "demande",
            Self::Sent => "envoi",
            Self::Received => "reception",
            Self::Merged => "fusion",
        }
    }

    /// "demandé", "envoyé" …
    pub fn label(self) -> &'static str {
        match self {
            Self::Requested => "demandé",
            Self::Sent => "envoyé",
            Self::Received => "reçu",
            Self::Merged => "rangé",
        }
    }
}

impl Transfer {
    /// A step, if it was made.
    pub fn step(&self, stage: TransferStage) -> Option<&TransferStep> {
        match stage {
            TransferStage::Requested => self.demande.as_ref(),
            TransferStage::Sent => self.envoi.as_ref(),
            TransferStage::Received => self.reception.as_ref(),
            TransferStage::Merged => self.fusion.as_ref(),
        }
    }

    /// The last step that was made.
    pub fn stage(&self) -> Option<TransferStage> {
        TransferStage::ALL.into_iter().rev().find(|stage| self.step(*stage).is_some())
    }
}

record! {
    /// Whether folders may go and come, and with whom (TRF-01).
    pub struct TransferSettings = "les transferts entre établissements" {
        ouvert: bool = false => "true : des dossiers peuvent partir et arriver",
        cles: Vec<StaffKey> = Vec::new() => "clés publiques avec lesquelles cet établissement signe les dossiers qui partent",
        partenaires: Vec<TransferPartner> = Vec::new() => "établissements avec lesquels des dossiers s’échangent",
    }
}

record! {
    /// A school with which folders are exchanged, and the keys it signs with.
    pub struct TransferPartner = "un établissement partenaire" {
        uai: String => "code UAI",
        nom: String => "nom",
        ville: Option<String> => "ville",
        cles: Vec<StaffKey> = Vec::new() => "clés publiques avec lesquelles il signe, vérifiées par téléphone",
    }
}

impl TransferSettings {
    /// A partner by its code.
    pub fn partner(&self, uai: &str) -> Option<&TransferPartner> {
        self.partenaires.iter().find(|one| one.uai.eq_ignore_ascii_case(uai))
    }
}
