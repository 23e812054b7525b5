//! `students/COHORTE/ÉLÈVE/student.toml`: identity, schooling by year, guardians.

use std::collections::BTreeMap;

use super::decode::{choice, record};
use super::value::{Id, Whole};
use crate::text::{Date, SchoolYear, slug};

record! {
    /// A pupil or apprentice. Identity comes from SIECLE.
    pub struct Student = "un élève" {
        eleve_id: Option<String> => "identifiant ELEVE_ID de SIECLE",
        empreinte_siecle: Option<String> => "empreinte de l’identité telle que SIECLE l’a donnée, posée par l’import",
        ine: Option<String> => "identifiant national (INE), s’il est connu",
        nom: String => "nom de famille",
        nom_usage: Option<String> => "nom d’usage",
        prenom: String => "prénom",
        courriels: Vec<String> = Vec::new() => "adresses électroniques de l’élève : elles disent que c’est lui qui a écrit",
        sexe: Option<Sex> => "F ou M",
        naissance: Date => "date de naissance",
        numero_candidat: Option<String> => "numéro de candidat à l’examen",
        inactif_depuis: Option<Date> => "date de départ de l’établissement",
        refus_site: Option<Date> => "date à laquelle l’élève majeur a refusé de lire son livret en ligne",
        lecture_reservee: Option<Date> => "date à laquelle l’élève majeur a demandé à être seul à lire sa page en ligne",
        codes_annules: Vec<Date> = Vec::new() => "jours où la lettre d’accès de l’élève a été annulée (perdue, volée) : une nouvelle est à lui remettre",
        scolarite: Vec<Enrolment> => "une entrée par année et par classe",
        diplomes: Vec<ObtainedDiploma> = Vec::new() => "diplômes obtenus dans l’établissement",
        responsables: Vec<Guardian> = Vec::new() => "responsables légaux",
    }
}

impl Student {
    /// How many letters of the families' site were cancelled, by who has them: the pupil (no name), and
    /// each person responsible by [`Guardian::letter_key`].
    pub fn cancelled_letters(&self) -> BTreeMap<String, usize> {
        let mut all = BTreeMap::from([(String::new(), self.codes_annules.len())]);
        for guardian in &self.responsables {
            *all.entry(guardian.letter_key()).or_default() += guardian.codes_annules.len();
        }
        all
    }

    /// A short digest of the identity: that of the last import tells whether a hand has changed it since
    /// (IMP-07).
    pub fn identity_digest(&self) -> String {
        let parts = [
            self.ine.as_deref().unwrap_or_default(),
            &self.nom,
            self.nom_usage.as_deref().unwrap_or_default(),
            &self.prenom,
            self.sexe.map_or("", Sex::as_str),
            &self.naissance.to_string(),
        ];
        blake3::hash(parts.join("\n").as_bytes()).to_hex()[..12].to_owned()
    }

    /// Whether the pupil, of age, or a person responsible refused to read the livret online (NAT-28).
    pub fn refused_site(&self) -> bool {
        self.refus_site.is_some() || self.responsables.iter().any(|one| one.refus_site.is_some())
    }
}

record! {
    /// A stay in a class.
    pub struct Enrolment = "une année de scolarité" {
        annee: SchoolYear => "année scolaire",
        classe: Id => "classe",
        statut: Status => "statut scolaire ou apprentissage",
        debut: Option<Date> => "arrivée, si elle a lieu en cours d’année",
        fin: Option<Date> => "départ, s’il a lieu en cours d’année",
        mef: Option<String> => "code MEF de l’élève, s’il n’est pas celui de la classe",
        groupes: Vec<Id> = Vec::new() => "groupes dont il fait partie",
        options: Vec<Elective> = Vec::new() => "matières choisies",
    }
}

record! {
    /// A subject that the pupil chose, or that not all follow.
    pub struct Elective = "une matière choisie" {
        matiere: String => "code national de la matière (six chiffres)",
        modalite: Option<String> => "S tronc commun, O obligatoire au choix, F facultative",
    }
}

impl Enrolment {
    /// The first day of the stay: the first of the school year when none is given.
    pub fn from(&self) -> Date {
        self.debut.unwrap_or(self.annee.first_day())
    }

    /// The last day of the stay: the last of the school year when none is given.
    pub fn to(&self) -> Date {
        self.fin.unwrap_or(self.annee.last_day())
    }
}

record! {
    /// A diploma that the pupil holds: no attestation of competences is needed for it (ATT-01).
    pub struct ObtainedDiploma = "un diplôme obtenu" {
        diplome: Id => "diplôme",
        session: Whole<1980, 2200> => "session d’examen",
    }
}

record! {
    /// A legal guardian.
    pub struct Guardian = "un responsable" {
        personne_id: Option<String> => "identifiant PERSONNE_ID de SIECLE, posé par l’import",
        cle_lettre: Option<String> => "nom sous lequel sa lettre a été faite, gardé par l’import quand le nom change",
        lien: GuardianLink => "lien avec l’élève",
        legal: Option<Whole<1, 2>> => "responsable légal 1 ou 2",
        civilite: Option<super::staff::Civility> => "M. ou Mme",
        nom: String => "nom de famille",
        prenom: String => "prénom",
        adresse: Option<String> => "numéro et rue",
        code_postal: Option<String> => "code postal",
        ville: Option<String> => "ville",
        courriel: Option<String> => "adresse électronique",
        telephone: Option<String> => "numéro de téléphone",
        refus_site: Option<Date> => "date du coupon par lequel le responsable refuse de lire le livret en ligne",
        codes_annules: Vec<Date> = Vec::new() => "jours où la lettre d’accès du responsable a été annulée (perdue, volée) : une nouvelle est à lui remettre",
    }
}

impl Guardian {
    /// What tells this person's letter from those of the others, wherever the block stands: the name under
    /// which it was made, so that a code outlives a correction of the name (IMP-06).
    pub fn letter_key(&self) -> String {
        let name = || slug(&format!("{} {}", self.prenom, self.nom));
        self.cle_lettre.clone().unwrap_or_else(name)
    }
}

choice! {
    /// Sex, for agreement in texts.
    pub enum Sex {
        Female = "F" => "féminin",
        Male = "M" => "masculin",
    }
}

choice! {
    /// Under which status a pupil studies.
    pub enum Status {
        School = "scolaire" => "statut scolaire",
        Apprentice = "apprenti" => "apprentissage",
    }
}

choice! {
    /// What a guardian is to the pupil.
    pub enum GuardianLink {
        Mother = "mère" => "mère",
        Father = "père" => "père",
        FemaleTutor = "tutrice" => "tutrice",
        MaleTutor = "tuteur" => "tuteur",
        Other = "autre" => "autre",
    }
}
