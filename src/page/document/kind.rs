//! The kinds of documents, as the gallery and the folders of `pdf/` name them.

use super::Document;

/// Which shelf of the gallery a kind stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Reviews, follow-up, certification.
    FollowUp,
    /// Periods in companies, apprentices.
    Company,
    /// Livret, book, scenarios, class, register, console.
    SchoolLife,
}

impl Family {
    /// Its name in French.
    pub fn name(self) -> &'static str {
        match self {
            Self::FollowUp => "Bilans et certification",
            Self::Company => "Entreprise et apprentissage",
            Self::SchoolLife => "Livret, classe et préparation",
        }
    }
}

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DocumentKind {
    /// Name of its folder, and of its example in the gallery.
    pub slug: &'static str,
    /// Its name, in French: "Bilan de compétences".
    pub name: &'static str,
    /// What it is for and who signs it, in one French sentence.
    pub purpose: &'static str,
    /// Where it stands in the gallery.
    pub family: Family,
}

macro_rules! kinds {
    ($($family:ident $pattern:ident $slug:literal $name:literal $purpose:literal)*) => {
        /// All kinds, in the order of the gallery.
        pub const DOCUMENT_KINDS: &[DocumentKind] = &[$(DocumentKind {
            slug: $slug, name: $name, purpose: $purpose, family: Family::$family,
        }),*];

        /// Place of the kind of a document in [`DOCUMENT_KINDS`].
        #[derive(Clone, Copy)]
        enum Place { $($pattern),* }
    };
}

kinds! {
    FollowUp Review "bilans" "Bilan de compétences" "Le bilan d’une date avec son radar, à remettre à la famille."
    FollowUp ClassReviews "bilans-classe" "Derniers bilans de la classe" "Le dernier bilan de chaque élève de la classe, en un seul fichier pour le conseil de classe."
    FollowUp FollowUp "suivi" "Livret de suivi" "Le tableau de bord d’un apprenant, avec ses seules données, à lui remettre."
    FollowUp Grid "grilles" "Grille de certification" "La grille nationale d’un candidat à une épreuve, à signer par la commission."
    FollowUp Recap "recapitulatif" "Récapitulatif des notes proposées" "Candidats et épreuves d’une session, pour la commission d’harmonisation."
    FollowUp Bordereau "bordereau" "Bordereau de notes" "Les notes d’une épreuve dans l’ordre de saisie des bordereaux nationaux."
    FollowUp Dossier "dossiers" "Dossier du candidat" "Livret de suivi, bilans et grilles d’un candidat, réunis pour le jury."
    FollowUp Attestation "attestations" "Attestation de compétences" "Les compétences acquises, à signer par le chef d’établissement."
    Company Annex "annexes" "Annexe pédagogique" "Objectifs et tâches d’une période, à joindre à la convention."
    Company CompanyFile "entreprise" "Dossier de PFMP" "Pour l’entreprise : objectifs, tâches et fiche d’évaluation à remplir à la main par le tuteur."
    Company Portfolio "portfolios" "Portfolio" "Journal, fiches et bilan entreprise d’une période."
    Company ActivitySheet "fiches" "Fiche d’activité" "Une activité significative de la semaine, sur une page."
    Company PlacementProof "attestations-pfmp" "Attestation de PFMP" "À signer par l’entreprise à la fin de la période."
    Company PlacementRecap "recapitulatifs-pfmp" "Attestation récapitulative de PFMP" "Toutes les périodes du cycle avec leurs semaines, pour l’inscription à l’examen."
    Company Booklet "livrets-apprentis" "Livret d’apprentissage" "Formation en entreprise et au centre, positions et tâches d’un apprenti."
    SchoolLife Livret "livrets" "Livret scolaire" "Le livret d’une année dans la présentation nationale, pour le jury."
    SchoolLife PaperEdition "livrets-papier" "Livrets scolaires sur papier" "Les livrets de la classe pour les familles qui ont refusé le site."
    SchoolLife PaperSigning "livrets-emargement" "Émargement des livrets sur papier" "Nom, date et signature de chaque famille qui reçoit un livret sur papier."
    SchoolLife DeliverySheet "emargements" "Feuille d’émargement" "Une remise du registre : à qui, quand, signature."
    SchoolLife Book "books" "Book de l’apprenant" "Une page pour chacune de ses réussites."
    SchoolLife Scenario "scenarios" "Scénario" "Une situation d’évaluation : contexte, tâches, critères."
    SchoolLife BlankGrid "grilles-vierges" "Grille d’évaluation à remplir" "Élèves et critères d’un scénario, pour évaluer au stylo."
    SchoolLife ClassList "classes" "Liste de classe" "Les élèves d’une classe, avec des colonnes libres."
    SchoolLife Reminders "rappels" "Rappels" "Ce que chaque personne doit encore faire, une page par personne."
    SchoolLife Kickoff "cadrage" "Réunion de cadrage" "La liste de contrôle de la rentrée."
}

impl Document {
    /// Its kind.
    pub fn kind(self) -> DocumentKind {
        DOCUMENT_KINDS[self.place()]
    }

    /// Place of its kind in [`DOCUMENT_KINDS`].
    pub(super) fn place(self) -> usize {
        let place = match self {
            Self::Review(_) => Place::Review,
            Self::ClassReviews(_) => Place::ClassReviews,
            Self::FollowUp(..) => Place::FollowUp,
            Self::Grid(_) => Place::Grid,
            Self::Recap(..) => Place::Recap,
            Self::Bordereau(..) => Place::Bordereau,
            Self::Dossier(..) => Place::Dossier,
            Self::Attestation(_) => Place::Attestation,
            Self::Annex(_) => Place::Annex,
            Self::CompanyFile(..) => Place::CompanyFile,
            Self::Portfolio(_) => Place::Portfolio,
            Self::ActivitySheet(..) => Place::ActivitySheet,
            Self::PlacementProof(_) => Place::PlacementProof,
            Self::PlacementRecap(..) => Place::PlacementRecap,
            Self::Booklet(..) => Place::Booklet,
            Self::Livret(_) => Place::Livret,
            Self::PaperEdition(_) => Place::PaperEdition,
            Self::PaperSigning(_) => Place::PaperSigning,
            Self::DeliverySheet(_) => Place::DeliverySheet,
            Self::Book(_) => Place::Book,
            Self::Scenario(_) => Place::Scenario,
            Self::BlankGrid(..) => Place::BlankGrid,
            Self::ClassList(_) => Place::ClassList,
            Self::Reminders => Place::Reminders,
            Self::Kickoff => Place::Kickoff,
        };
        place as usize
    }
}
