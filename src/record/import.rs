//! `imports/ANNÉE/DATE.toml`: what an import of SIECLE and STS did, written with it.

use super::decode::{choice, record};
use super::value::Whole;
use crate::text::Date;

record! {
    /// The report of an import. It is written by the import itself, only when something changes.
    pub struct Import = "un compte rendu d’import" {
        fichiers: Vec<ImportedFile> => "les fichiers importés",
        bilan: Vec<ImportCount> => "ce qui a été créé, modifié, désactivé",
        forcages: Vec<String> = Vec::new() => "ce qui aurait été refusé et que quelqu’un a expressément accepté",
        refus: Vec<RefusedPupil> = Vec::new() => "élèves que l’on a refusé d’importer",
        a_faire: Vec<String> = Vec::new() => "ce qui restait à faire",
        a_savoir: Vec<String> = Vec::new() => "ce qui était bon à savoir",
    }
}

record! {
    /// A file that was imported.
    pub struct ImportedFile = "un fichier importé" {
        genre: ImportedKind => "ce qu’il contient",
        nom: String => "son nom",
        sha256: String => "son empreinte SHA-256",
        exporte_le: Option<Date> => "jour de l’export",
        horodatage: Option<String> => "moment de l’export, tel que SIECLE l’écrit",
    }
}

record! {
    /// How many things of a kind were created, changed and deactivated.
    pub struct ImportCount = "une ligne du bilan" {
        quoi: String => "ce qui est compté",
        crees: Whole<0, 1_000_000> => "combien ont été créés",
        modifies: Whole<0, 1_000_000> => "combien ont été modifiés",
        desactives: Whole<0, 1_000_000> => "combien ont été désactivés",
    }
}

record! {
    /// A pupil who was not taken (NAT-06).
    pub struct RefusedPupil = "un élève refusé" {
        eleve_id: String => "identifiant ELEVE_ID de SIECLE",
        motif: String => "motif du refus",
    }
}

choice! {
    /// What an imported file holds.
    pub enum ImportedKind {
        Pupils = "eleves" => "élèves",
        Guardians = "responsables" => "responsables",
        Staff = "sts" => "équipe et classes",
    }
}
