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
        civilite: Civility => "M. ou Mme",
        nom: String => "nom de famille",
        prenom: String => "prénom",
        courriels: Vec<String> => "adresses électroniques ; elles identifient l’auteur de chaque modification",
        roles: Vec<Role> => "rôles dans l’établissement",
        discipline: Option<String> => "discipline enseignée",
        acces_remis_le: Option<Date> => "date de remise de l’accès",
        origine: Option<Origin> => "import STS (par défaut) ou création à la main",
        inactif_depuis: Option<Date> => "date de départ",
        cles: Vec<StaffKey> = Vec::new() => "clés publiques qui signent ses modifications",
    }
}

record! {
    /// A public key that signs commits, and the days on which it may.
    pub struct StaffKey = "une clé publique" {
        cle: String => "clé publique, telle que le logiciel la donne : « ssh-ed25519 … », ou un bloc PGP",
        du: Option<Date> => "premier jour où la clé vaut",
        au: Option<Date> => "dernier jour où la clé vaut",
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
