//! `school.toml`: the establishment.

use super::decode::{choice, record};
use super::staff::StaffKey;
use super::transfer::TransferSettings;
use super::value::{Id, StudyLevel, Whole};
use crate::text::{Date, SchoolYear};

record! {
    /// The establishment and its settings.
    pub struct SchoolRecord = "l’établissement" {
        format: Whole<1, 1> => "version du format des fichiers : 1",
        nom: String => "nom complet de l’établissement",
        uai: String => "code UAI (ancien RNE) de l’établissement, par exemple 0549999A",
        academie: Option<String> => "académie",
        adresse: Option<String> => "numéro et rue",
        code_postal: Option<String> => "code postal",
        ville: Option<String> => "ville",
        telephone: Option<String> => "numéro de téléphone",
        courriel: String => "adresse électronique de l’établissement",
        annee: SchoolYear => "année scolaire en cours",
        logo: Option<String> => "fichier du logo, à côté de school.toml : PNG ou JPEG",
        book: bool = false => "true : le book des apprenants est ouvert",
        forge: Option<Forge> => "où les fichiers se modifient",
        familles: Option<FamilySite> => "le site des familles, s’il est ouvert",
        accessibilite: Option<AccessibilityAudit> => "ce qu’un audit d’accessibilité a constaté",
        transferts: Option<TransferSettings> => "les transferts de dossiers entre établissements",
        documents: Option<DocumentSettings> => "réglages des documents à imprimer",
        siecle: Option<SiecleSettings> => "ce que l’import de SIECLE et de STS ne peut pas deviner",
    }
}

record! {
    /// What the import of SIECLE and STS cannot guess.
    pub struct SiecleSettings = "les réglages de l’import" {
        matieres_professionnelles: Vec<String> = Vec::new() => "codes des matières professionnelles : leurs enseignants forment l’équipe de la classe",
        matieres_generales: Vec<String> = Vec::new() => "codes des autres matières, pour que l’import ne les demande plus",
        mef_ignores: Vec<String> = Vec::new() => "codes MEF des formations qui ne sont pas suivies ici",
        mef: Vec<KnownMef> = Vec::new() => "formations que l’import ne connaît pas par les classes",
    }
}

record! {
    /// The diploma and the level of a formation of SIECLE.
    pub struct KnownMef = "une formation de SIECLE" {
        code: String => "code MEF (11 caractères)",
        diplome: Id => "diplôme préparé, ou famille de métiers en seconde",
        niveau: StudyLevel => "niveau",
    }
}

record! {
    /// What an establishment may choose about its printed documents.
    pub struct DocumentSettings = "les réglages des documents" {
        nom_grille: Option<String> => "modèle du nom des grilles, par exemple {session}-{epreuve}-{nom}-{prenom}",
    }
}

record! {
    /// The families' site: where it is, and the steps of its opening (NAT-30).
    pub struct FamilySite = "le site des familles" {
        adresse: String => "adresse publique du site, en https, telle que les lettres la donnent",
        contact: Option<String> => "à qui écrire ou téléphoner pour une nouvelle lettre (le secrétariat de l’établissement si la ligne manque)",
        activation: Option<Date> => "jour où le chef d’établissement a décidé d’ouvrir le service",
        ouverture: Option<Date> => "jour où le site a été mis en ligne",
        notification: Option<Date> => "jour où les lettres ont été remises ou envoyées",
        refus_avant: Option<Date> => "dernier jour pour rendre le coupon de refus, tel que les lettres le donnent",
    }
}

record! {
    /// What an audit by the RGAA found: the statement of accessibility is made from it. Without an
    /// audit a site is "non conforme" (arrêté du 20 septembre 2019).
    pub struct AccessibilityAudit = "un audit d’accessibilité" {
        conformite: Conformity => "non, partielle ou totale",
        audit: Date => "jour de l’audit",
        taux: Option<Whole<0, 100>> => "part des critères respectés, en pour cent",
        auditeur: Option<String> => "qui a fait l’audit",
        exceptions: Vec<String> = Vec::new() => "contenus non accessibles que l’audit a relevés",
    }
}

choice! {
    /// How far the sites conform to the RGAA.
    pub enum Conformity {
        Not = "non" => "non conforme",
        Partly = "partielle" => "partiellement conforme",
        Fully = "totale" => "totalement conforme",
    }
}

record! {
    /// Where the files are edited.
    pub struct Forge = "la forge" {
        logiciel: ForgeKind => "logiciel de la forge",
        adresse: String => "adresse du dépôt sur la forge, en https",
        branche: Option<String> => "branche publiée (main par défaut)",
        cles: Vec<StaffKey> = Vec::new() => "clés avec lesquelles la forge signe ce qui se fait dans ses pages",
    }
}

choice! {
    /// The software of the forge: addresses of pages differ.
    pub enum ForgeKind {
        Gitlab = "gitlab" => "GitLab",
        Forgejo = "forgejo" => "Forgejo ou Gitea",
        Github = "github" => "GitHub",
    }
}
