//! `register/SESSION/…`: who sat, who consulted what, what was handed over against signature.
//!
//! Administrative courts annulled deliberations for want of proof that the jury sat, of its
//! composition, or that it opened the livret (code de l’éducation, D. 337-93): these are kept here.

use super::certification::MemberQuality;
use super::decode::{choice, record};
use super::value::{Id, Prose};
use crate::text::Date;

record! {
    /// `register/SESSION/commissions/NOM.toml`: a commission or a jury, and who sat in it.
    pub struct Commission = "une commission" {
        titre: String => "nom de la commission",
        objet: CommissionPurpose => "certification, harmonisation ou deliberation",
        diplome: Id => "diplôme",
        date: Date => "jour où elle siège",
        lieu: Option<String> => "lieu",
        convocation: Option<Date> => "date de la convocation",
        proces_verbal: Option<String> => "référence du procès-verbal",
        candidats: Option<Vec<Id>> => "candidats examinés (tous ceux de la session si la ligne manque)",
        membres: Vec<Sitting> = Vec::new() => "membres convoqués",
        remarque: Option<Prose> => "remarque",
    }
}

choice! {
    /// What a commission is for.
    pub enum CommissionPurpose {
        Certification = "certification" => "commission de certification",
        Harmonisation = "harmonisation" => "commission d’harmonisation",
        Deliberation = "deliberation" => "délibération du jury",
    }
}

record! {
    /// One member convened, and whether he or she sat and signed.
    pub struct Sitting = "un membre convoqué" {
        personne: Option<Id> => "personne de l’établissement",
        nom: Option<String> => "nom d’un membre extérieur",
        prenom: Option<String> => "prénom d’un membre extérieur",
        qualite: MemberQuality => "en quelle qualité",
        preside: bool = false => "true : préside la commission",
        present: bool = true => "false : convoqué, mais absent",
        emargement: bool = false => "true : a signé la feuille d’émargement",
    }
}

record! {
    /// `register/SESSION/consultations/NOM.toml`: somebody read pupils' documents (NAT-32).
    pub struct Consultation = "une consultation" {
        date: Date => "date",
        par: Reader => "jury, famille, eleve, inspection ou autre",
        commission: Option<Id> => "commission qui a consulté, de la même session",
        demandeur: Option<String> => "nom de la personne, pour une famille ou un tiers",
        documents: Vec<KeptDocument> => "documents consultés",
        mode: ConsultationMode => "sur-place, en-ligne ou copie",
        eleves: Vec<Id> => "élèves concernés",
        temoin: Option<Id> => "personne de l’établissement présente",
        remarque: Option<Prose> => "remarque",
    }
}

choice! {
    /// Who read.
    pub enum Reader {
        Jury = "jury" => "jury",
        Family = "famille" => "famille",
        Pupil = "eleve" => "élève",
        Inspector = "inspection" => "inspection",
        Other = "autre" => "autre personne",
    }
}

choice! {
    /// How it was read.
    pub enum ConsultationMode {
        OnSite = "sur-place" => "sur place",
        Online = "en-ligne" => "en ligne",
        Copy = "copie" => "sur une copie remise",
    }
}

choice! {
    /// A document that is read or handed over.
    pub enum KeptDocument {
        Livret = "livret" => "livret scolaire",
        Reviews = "bilans" => "bilans de compétences",
        Grids = "grilles" => "grilles de certification",
        Attestation = "attestation" => "attestation de compétences",
        PlacementProof = "attestation-pfmp" => "attestation de PFMP",
        Portfolio = "portfolio" => "portfolio",
        Access = "acces" => "accès au site des familles",
    }
}

record! {
    /// `register/SESSION/deliveries/NOM.toml`: a document handed over against signature.
    pub struct Delivery = "une remise" {
        document: KeptDocument => "document remis",
        date: Date => "date de la remise",
        par: Id => "personne de l’établissement qui remet",
        motif: Option<String> => "motif, par exemple un refus du site",
        remises: Vec<HandedOver> => "à qui",
    }
}

record! {
    /// One pupil's copy.
    pub struct HandedOver = "un exemplaire remis" {
        eleve: Id => "élève",
        destinataire: Option<String> => "personne qui reçoit, si ce n’est pas l’élève",
        le: Option<Date> => "date, si elle diffère de celle de la remise",
        emargement: bool = false => "true : a signé",
    }
}
