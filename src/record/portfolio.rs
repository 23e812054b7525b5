//! `students/…/pfmp/ANNÉE-NOM.toml`: what one learner did in a company during one period.

use super::decode::{choice, record};
use super::review::ReviewState;
use super::staff::Civility;
use super::value::{Id, Level, Map, Number, Prose, Whole};
use crate::text::Date;

record! {
    /// The portfolio of a learner for a period (POR): company, log, sheets, company review.
    pub struct Portfolio = "un portfolio" {
        entreprise: Option<Company> => "entreprise d’accueil",
        tuteur: Option<Tutor> => "tuteur ou maître d’apprentissage",
        journal: Vec<JournalWeek> = Vec::new() => "journal de bord, une entrée par semaine, écrit par l’apprenant",
        fiches: Vec<ActivitySheet> = Vec::new() => "fiches activités : une par semaine, ou une seule pour un apprenti",
        bilan_personnel: Option<PersonalReview> => "bilan personnel de l’apprenant",
        commentaires: Vec<Comment> = Vec::new() => "commentaires des enseignants et du tuteur",
        visites: Vec<Visit> = Vec::new() => "visites et entretiens de suivi",
        absences: Vec<Absence> = Vec::new() => "absences en entreprise, en demi-journées",
        attestation: Option<PlacementProof> => "attestation signée par l’entreprise",
        bilan_entreprise: Option<CompanyReview> => "bilan fait avec le tuteur",
    }
}

record! {
    /// The company that receives the learner (POR-04).
    pub struct Company = "une entreprise" {
        nom: String => "nom",
        activite: Option<String> => "activité",
        siret: Option<String> => "numéro SIRET",
        adresse: Option<String> => "numéro et rue",
        code_postal: Option<String> => "code postal",
        ville: Option<String> => "ville",
        pays: Option<String> => "pays, si ce n’est pas la France",
        telephone: Option<String> => "numéro de téléphone",
        courriel: Option<String> => "adresse électronique",
        latitude: Option<Number<-90, 90>> => "latitude, en degrés",
        longitude: Option<Number<-180, 180>> => "longitude, en degrés",
    }
}

record! {
    /// The person in charge of the learner in the company.
    pub struct Tutor = "un tuteur" {
        civilite: Option<Civility> => "M. ou Mme",
        nom: String => "nom de famille",
        prenom: Option<String> => "prénom",
        fonction: Option<String> => "fonction",
        telephone: Option<String> => "numéro de téléphone",
        courriel: Option<String> => "adresse électronique",
    }
}

record! {
    /// A week of the log (POR-06, POR-09). The words are the learner's.
    pub struct JournalWeek = "une semaine du journal" {
        semaine: Whole<1, 60> => "numéro de la semaine dans la période",
        saisi_le: Date => "jour où l’apprenant a écrit",
        activites: Prose => "activités de la semaine",
        taches: Vec<String> = Vec::new() => "tâches réalisées, par leur code dans le référentiel",
    }
}

record! {
    /// One significant activity of a week; of the whole period for an apprentice (POR-02, POR-03).
    pub struct ActivitySheet = "une fiche activité" {
        numero: Whole<1, 60> => "numéro : celui de la semaine, ou 1 pour un apprenti",
        titre: String => "titre de l’activité",
        saisi_le: Date => "jour où l’apprenant a écrit",
        texte: Prose => "compte rendu de l’activité",
        taches: Vec<String> = Vec::new() => "tâches réalisées, par leur code dans le référentiel",
    }
}

record! {
    /// What the learner thinks of the period (POR-07).
    pub struct PersonalReview = "un bilan personnel" {
        saisi_le: Date => "jour où l’apprenant a écrit",
        texte: Prose => "bilan de l’apprenant",
    }
}

record! {
    /// A remark beside what the learner wrote, never inside it (POR-08).
    pub struct Comment = "un commentaire" {
        date: Date => "date",
        auteur: Option<Id> => "enseignant qui commente (le tuteur si la ligne manque)",
        semaine: Option<Whole<1, 60>> => "semaine ou fiche commentée (toute la période si la ligne manque)",
        texte: Prose => "commentaire",
    }
}

record! {
    /// A teacher's contact with learner and tutor.
    pub struct Visit = "une visite" {
        date: Date => "date",
        par: Id => "enseignant",
        mode: VisitMode => "sur-place, telephone ou visio",
        remarque: Option<Prose> => "ce qui a été dit ou constaté",
    }
}

choice! {
    /// How a follow-up took place.
    pub enum VisitMode {
        OnSite = "sur-place" => "visite sur place",
        Phone = "telephone" => "entretien téléphonique",
        Video = "visio" => "entretien en visioconférence",
    }
}

record! {
    /// Half-days not spent in the company.
    pub struct Absence = "une absence" {
        du: Date => "premier jour",
        au: Option<Date> => "dernier jour (le même si la ligne manque)",
        demi_journees: Whole<1, 120> => "nombre de demi-journées d’absence",
        motif: Option<String> => "motif",
        rattrapee: bool = false => "true : le temps a été rattrapé",
    }
}

record! {
    /// The company's signed word on the time spent there.
    pub struct PlacementProof = "une attestation de l’entreprise" {
        signee_le: Date => "date de la signature",
        jours: Option<Number<0, 300>> => "nombre de jours attestés (ceux de la période, moins les absences, si la ligne manque)",
    }
}

record! {
    /// What teacher and tutor assess together (POR-12): feeds the dashboard once valid (POR-13).
    pub struct CompanyReview = "un bilan entreprise" {
        date: Date => "date de l’évaluation",
        enseignant: Id => "enseignant",
        tuteur: Option<String> => "nom du tuteur qui a évalué avec l’enseignant",
        sans_tuteur: Option<String> => "motif, si l’évaluation a dû se faire sans le tuteur",
        etat: ReviewState => "brouillon ou valide",
        appreciation: Option<Prose> => "appréciation de l’entreprise",
        resultats: Map<Level> = Map::default() => "un niveau par critère, ou par compétence entière",
    }
}
