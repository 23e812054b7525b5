//! `students/…/received/PAQUET/`: what another school sent of a pupil, as it was there, and who wrote it.

use super::decode::{choice, record};
use super::staff::{Civility, Role};
use super::student::Status;
use super::value::{Id, Map, StudyLevel, Whole};
use crate::text::{Date, SchoolYear};

record! {
    /// `paquet.toml`: whose folder it is, who sent it, and each file with its digest (NAT-21, TRF-06).
    pub struct SentFolder = "un dossier reçu" {
        format: String => "jalon-transfert",
        version: Whole<1, 99> => "version du format du paquet",
        fait_le: Date => "jour où le paquet a été préparé",
        fait_par: String => "qui l’a préparé",
        retraits: Whole<0, 100_000> => "combien de fois le nom d’un autre élève a été retiré d’un texte",
        eleve: SentPupil => "l’élève",
        origine: SentSchool => "l’établissement d’origine",
        destination: SentSchool => "l’établissement d’accueil",
        classes: Vec<SentClass> = Vec::new() => "classes de l’élève dans l’établissement d’origine",
        referentiels: Map<SentReferential> = Map::default() => "référentiels dont les fichiers citent des codes",
        personnes: Map<SentPerson> = Map::default() => "personnes que les fichiers nomment",
        fichiers: Vec<SentFile> = Vec::new() => "chaque fichier du paquet",
    }
}

record! {
    /// Whose folder it is: the INE tells, where there is one.
    pub struct SentPupil = "un élève transféré" {
        id: Id => "identifiant de l’élève dans l’établissement d’origine",
        ine: Option<String> => "identifiant national (INE)",
        eleve_id: Option<String> => "identifiant ELEVE_ID dans l’établissement d’origine",
        nom: String => "nom de famille",
        prenom: String => "prénom",
        naissance: Date => "date de naissance",
    }
}

record! {
    /// One of the two schools.
    pub struct SentSchool = "un établissement" {
        uai: String => "code UAI",
        nom: String => "nom",
        ville: Option<String> => "ville",
    }
}

record! {
    /// A class gone through.
    pub struct SentClass = "une classe de l’établissement d’origine" {
        annee: SchoolYear => "année scolaire",
        classe: Id => "identifiant",
        nom: String => "nom affiché",
        diplome: Id => "diplôme",
        niveau: StudyLevel => "niveau",
        statut: Status => "statut scolaire ou apprentissage",
        debut: Date => "premier jour de l’élève dans la classe",
        fin: Date => "dernier jour",
    }
}

record! {
    /// A référentiel, as far as the files quote it.
    pub struct SentReferential = "un référentiel cité" {
        sigle: String => "sigle",
        intitule: String => "intitulé",
        edition: Option<String> => "édition",
        intitules: Map<String> = Map::default() => "intitulé de chaque code cité",
    }
}

record! {
    /// Somebody whom the files name: no address.
    pub struct SentPerson = "une personne de l’établissement d’origine" {
        civilite: Civility => "M. ou Mme",
        nom: String => "nom de famille",
        prenom: String => "prénom",
        roles: Vec<Role> = Vec::new() => "rôles",
        discipline: Option<String> => "discipline enseignée",
    }
}

impl SentPerson {
    /// "Mme Anne Roy".
    pub fn called(&self) -> String {
        format!("{} {} {}", self.civilite.as_str(), self.prenom, self.nom)
    }
}

record! {
    /// A file and what its bytes are.
    pub struct SentFile = "un fichier du paquet" {
        nom: String => "nom dans le paquet",
        taille: Whole<0, 1_000_000_000> => "taille en octets",
        sha256: String => "empreinte SHA-256",
    }
}

record! {
    /// `historique.toml`: who wrote what when, in the school of origin.
    pub struct SentHistory = "l’historique d’un dossier reçu" {
        complet: bool = true => "false : l’établissement d’origine n’avait pas tout l’historique",
        changements: Vec<SentChange> = Vec::new() => "chaque modification, de la plus ancienne à la plus récente",
    }
}

record! {
    /// A change of one file, in the school of origin.
    pub struct SentChange = "une modification dans l’établissement d’origine" {
        le: Date => "jour, à l’horloge de qui a écrit",
        heure: String => "heure et décalage, par exemple 17:45:03+01:00",
        auteur: Option<Id> => "qui a écrit, s’il est de l’établissement",
        nom: String => "nom de qui a écrit",
        depose_par: Option<String> => "nom de qui a déposé, si c’est quelqu’un d’autre",
        fichier: String => "nom du fichier dans le paquet",
        sorte: SentChangeKind => "ce qu’il est advenu du fichier",
        signature: SentSignature => "ce que valait la signature",
        version: String => "numéro de la version, dans l’établissement d’origine",
        avant: Option<String> => "empreinte SHA-256 du texte d’avant, qui est dans le paquet",
        apres: Option<String> => "empreinte SHA-256 du texte d’après, qui est dans le paquet",
        quoi: Vec<String> = Vec::new() => "valeurs qui ont changé",
    }
}

choice! {
    /// What became of a file.
    pub enum SentChangeKind {
        Made = "creation" => "création",
        Changed = "modification" => "modification",
        Removed = "suppression" => "suppression",
    }
}

choice! {
    /// What a signature was worth in the school of origin, that day.
    pub enum SentSignature {
        Good = "bonne" => "signé",
        Forge = "forge" => "signé par la forge",
        Unknown = "inconnue" => "signé d’une clé inconnue",
        Bad = "fausse" => "signature fausse",
        None = "aucune" => "non signé",
    }
}
