//! `students/…/lsl/ANNÉE.toml`: what the school writes in a pupil's livret scolaire for a year.

use super::decode::record;
use super::value::{Id, Map, Number, Prose, Whole};
use crate::text::Date;

record! {
    /// The spécialité, PFMP and projet parts of the livret (LSL).
    pub struct Livret = "un livret scolaire" {
        appreciation: Option<Prose> => "appréciation générale de l’année",
        enseignants: Vec<Id> = Vec::new() => "enseignants de la spécialité",
        niveaux: Map<Whole<1, 4>> = Map::default() => "niveau de chaque compétence attendue, de 1 à 4",
        notes: Vec<PeriodMark> = Vec::new() => "note de chaque période",
        pfmp: Option<LivretPfmp> => "partie PFMP",
        projet: Option<LivretProject> => "partie projet (chef-d’œuvre jusqu’en 2024)",
        parcours: Option<LivretOpinion> => "parcours personnalisé ou différencié",
        engagements: Vec<String> = Vec::new() => "engagements et responsabilités de l’élève, par leur code dans les règles du livret",
        engagement_autre: Option<Prose> => "autre engagement, en toutes lettres",
        avis_cpe: Option<LivretOpinion> => "observation du CPE sur les engagements",
        avis_investissement: Option<LivretOpinion> => "avis de l’équipe, consigné par le professeur principal, sur l’investissement",
        avis_chef: Option<LivretOpinion> => "visa et observation du chef d’établissement",
        avis_examen: Option<String> => "avis en vue de l’examen, par son code dans les règles du livret",
        mobilite: Option<LivretMobility> => "mobilité à l’étranger",
        envois: Vec<Sending> = Vec::new() => "envois vers l’application nationale",
        transmis: Map<String> = Map::default() => "valeurs du dernier envoi, écrites par jalon export lsl",
    }
}

record! {
    /// A signed text of the livret besides the subjects: an opinion, an observation (LSL national).
    pub struct LivretOpinion = "un avis du livret" {
        texte: Option<Prose> => "texte",
        par: Option<Id> => "qui le signe",
        le: Option<Date> => "date",
    }
}

record! {
    /// What the livret says of a stay abroad.
    pub struct LivretMobility = "la mobilité d’un livret" {
        pays: String => "pays",
        rapport: Option<String> => "titre du rapport",
        note_presentation: Option<Number<0, 20>> => "note de présentation, sur 20",
        note_theme: Option<Number<0, 20>> => "note du thème, sur 20",
        note_reflexion: Option<Number<0, 20>> => "note de réflexion, sur 20",
    }
}

record! {
    /// The mean of a period (LSL-08), tied to the review it stands beside (LSL-32).
    pub struct PeriodMark = "la note d’une période" {
        periode: String => "code de la période officielle, par exemple S1 ou T2",
        bilan: Option<Date> => "date du bilan auquel la note correspond",
        note: Option<Number<0, 20>> => "note moyenne de la période, sur 20",
        non_note: bool = false => "true : pas de note pour cette période (NN)",
    }
}

record! {
    /// What the livret says of the PFMP (LSL-11 to LSL-17).
    pub struct LivretPfmp = "la partie PFMP du livret" {
        exporte: bool = true => "false : cette partie n’est pas envoyée",
        synthese: Option<Prose> => "synthèse des PFMP",
        enseignant: Option<Id> => "référent ou professeur principal",
        etranger: bool = false => "true : PFMP réalisée en partie à l’étranger",
    }
}

record! {
    /// What the livret says of the projet (LSL-18).
    pub struct LivretProject = "la partie projet du livret" {
        exporte: bool = true => "false : cette partie n’est pas envoyée",
        note: Option<Number<0, 20>> => "note annuelle, sur 20",
        synthese: Option<Prose> => "appréciation",
        enseignants: Vec<Id> = Vec::new() => "enseignants",
    }
}

record! {
    /// One sending to the national application (LSL-03, LSL-04).
    pub struct Sending = "un envoi" {
        le: Date => "date",
        par: Id => "chef d’établissement ou DDFPT",
        empreinte: Option<String> => "empreinte de ce qui a été envoyé, écrite par jalon export lsl",
        remarque: Option<String> => "remarque",
    }
}
