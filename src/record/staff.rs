//! `staff.toml`: the people who write and read, by identifier.

use super::decode::{choice, record};
use super::value::Map;
use crate::text::Date;

record! {
    /// Everybody who works in the school.
    pub struct Staff = "l’équipe" {
        personnes: Map<PersonRecord> => "une personne par titre [personnes.identifiant]",
    }
}

record! {
    /// One member of the staff.
    pub struct PersonRecord = "une personne de l’équipe" {
        sts: Option<String> => "numéro dans STS, posé par l’import (epp-41001)",
        civilite: Civility => "M. ou Mme",
        nom: String => "nom de famille",
        prenom: String => "prénom",
        naissance: Option<Date> => "date de naissance : elle distingue les homonymes d’un import à l’autre",
        courriels: Vec<String> => "adresses électroniques ; elles identifient l’auteur de chaque modification",
        cles: Vec<StaffKey> = Vec::new() => "clés qui signent ses modifications, s’il en a",
        roles: Vec<Role> => "rôles dans l’établissement",
        discipline: Option<String> => "discipline enseignée",
        acces_remis_le: Option<Date> => "date de remise de l’accès",
        origine: Option<Origin> => "import STS (par défaut) ou création à la main",
        inactif_depuis: Option<Date> => "date de départ",
    }
}

record! {
    /// A public key, and when it was in the person's hands.
    pub struct StaffKey = "une clé de signature" {
        cle: String => "clé publique SSH sur une ligne, ou clé publique OpenPGP",
        du: Option<Date> => "premier jour où elle vaut",
        au: Option<Date> => "dernier jour où elle vaut",
    }
}

choice! {
    /// A form of address.
    pub enum Civility {
        Sir = "M." => "Monsieur",
        Madam = "Mme" => "Madame",
    }
}

choice! {
    /// What a person may do (domain table "who may do what").
    pub enum Role {
        Teacher = "enseignant" => "enseignant",
        Ddfpt = "ddfpt" => "DDFPT",
        Head = "chef-etablissement" => "chef d’établissement",
        Cpe = "cpe" => "CPE",
        Administrator = "administrateur" => "administrateur",
    }
}

choice! {
    /// Where a person's record comes from.
    pub enum Origin {
        Sts = "sts" => "import STS",
        Manual = "manuel" => "création à la main",
    }
}
