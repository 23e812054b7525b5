//! Who may do what, as data: one row an action, one column a part that somebody plays.
//!
//! Rows that quote the guides keep their cells as they are; `Unsaid` and `Settled` are both a "?" there.

/// The part somebody plays towards a record: a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The DDFPT.
    Ddfpt,
    /// The head of the school.
    Head,
    /// The teacher whose record it is.
    Author,
    /// Another teacher.
    Teacher,
    /// The form teacher of the class.
    FormTeacher,
    /// The CPE.
    Cpe,
    /// The learner whose folder it is.
    Learner,
    /// The tutor in the company.
    Tutor,
    /// A family.
    Family,
    /// The administrator of the application.
    Administrator,
}

impl Part {
    /// All columns, in order.
    pub(super) const ALL: [Self; 10] = [
        Self::Ddfpt,
        Self::Head,
        Self::Author,
        Self::Teacher,
        Self::FormTeacher,
        Self::Cpe,
        Self::Learner,
        Self::Tutor,
        Self::Family,
        Self::Administrator,
    ];

    /// The heading of the column.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Ddfpt => "DDFPT",
            Self::Head => "Chef d’établissement",
            Self::Author => "Enseignant, auteur",
            Self::Teacher => "Autre enseignant",
            Self::FormTeacher => "Professeur principal",
            Self::Cpe => "CPE",
            Self::Learner => "Apprenant",
            Self::Tutor => "Tuteur",
            Self::Family => "Famille",
            Self::Administrator => "Administrateur",
        }
    }
}

/// What is asked of somebody, besides the part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bond {
    /// To be in the team of the pupil's class.
    Team,
    /// To sit in the commission of the grid.
    Commission,
    /// To be named in the record as the one who did it.
    Named,
    /// The scenario that is copied is not another teacher's private one.
    Shared,
}

impl Bond {
    /// The condition, in a table.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Team => "équipe de la classe",
            Self::Commission => "membre de la commission",
            Self::Named => "nommé dans le fichier",
            Self::Shared => "scénario non privé",
        }
    }
}

/// What a part may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// W: writes.
    Write,
    /// W, on a condition.
    WriteIf(Bond),
    /// "?" of the guides, or a right of ours, that we allow, and why.
    Settled(&'static str),
    /// R: reads.
    Read,
    /// –: nothing.
    Never,
    /// "?" of the guides: refused.
    Unsaid,
    /// What the guides grant, which writes no such record.
    Aside(&'static str),
}

impl Cell {
    /// The condition under which this cell lets write: `None` when it never does, `Some(None)` when it
    /// always does.
    pub(super) fn writes(self) -> Option<Option<Bond>> {
        match self {
            Self::Write | Self::Settled(_) => Some(None),
            Self::WriteIf(bond) => Some(Some(bond)),
            Self::Read | Self::Never | Self::Unsaid | Self::Aside(_) => None,
        }
    }
}

/// What is done: a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Action {
    /// Pupils and classes, which come from SIECLE and STS.
    Import,
    /// Refusals of the families' site, cancelled letters, pupils of age who keep their page.
    FamilyAccess,
    /// The people of the school.
    Staff,
    /// Official periods, dates.
    Calendar,
    /// How often the livret is filled.
    Periodicity,
    /// A new scenario, of one's own or copied.
    ScenarioNew,
    /// A scenario that exists, and its documents.
    Scenario,
    /// An evaluation and its results.
    Evaluation,
    /// An evaluation that a validated review took into account.
    EvaluationFrozen,
    /// An annexe pédagogique.
    Annex,
    /// A period in companies.
    Period,
    /// The log and the sheets, in the learner's words; the learner's own review.
    LearnerWords,
    /// The review made with the company.
    CompanyReview,
    /// A new review.
    ReviewNew,
    /// A review that is not closed.
    Review,
    /// A permission to change a validated review.
    ReviewUnlock,
    /// An attestation of competences.
    Attestation,
    /// A competence that a teacher validates in an attestation.
    Tick,
    /// A CCF grid.
    Grid,
    /// A permission to change a locked grid.
    GridUnlock,
    /// Whether learners have a book.
    BookOpen,
    /// A page of a book, its photographs, whether it is chosen.
    BookPage,
    /// The livret, before it is sent.
    Livret,
    /// What a sent livret lacks.
    LivretMore,
    /// What a sent livret says.
    LivretSent,
    /// The sending of the livret.
    LivretSend,
    /// Engagements of the pupil, and the observation of the CPE.
    LivretEngagements,
    /// The opinion on investment, and that for the exam.
    LivretInvestment,
    /// The visa of the head.
    LivretVisa,
    /// The company and the tutor.
    Hosting,
    /// Comments, visits, absences, the company's attestation.
    FollowUp,
    /// The settings of the establishment.
    School,
    /// The opening of the families' site.
    FamilySite,
    /// The référentiels.
    Referential,
    /// The commissions of the register.
    Register,
    /// Consultations and deliveries.
    RegisterDesk,
    /// Whether folders go to other schools and come from them, and with whom.
    TransferSwitch,
    /// Folders that go and come, and where they stand.
    Transfer,
    /// Files that are no record and belong to none.
    Loose,
}

/// A row of the matrix.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// What is done.
    pub(super) action: Action,
    /// The row of the guides, in their words; none for what is ours.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test compares with the guides"))]
    pub(super) guide: Option<&'static str>,
    /// What is done, in a table.
    pub(super) title: &'static str,
    /// A sentence or two that explain.
    pub(super) line: &'static str,
    /// One cell a part, in the order of [`Part::ALL`].
    pub(super) cells: [Cell; 10],
}

impl Row {
    /// The row of an action.
    pub(super) fn of(action: Action) -> &'static Self {
        MATRIX.iter().find(|row| row.action == action).unwrap_or(&MATRIX[0])
    }

    /// The cell of a part.
    pub(super) fn cell(&self, part: Part) -> Cell {
        Part::ALL.iter().position(|one| *one == part).map_or(Cell::Never, |at| self.cells[at])
    }
}

const W: Cell = Cell::Write;
const R: Cell = Cell::Read;
const N: Cell = Cell::Never;
const Q: Cell = Cell::Unsaid;
const TEAM: Cell = Cell::WriteIf(Bond::Team);
const NAMED: Cell = Cell::WriteIf(Bond::Named);

/// Rows of the guides that no file of ours holds: the national livret has its own application.
#[cfg(test)]
pub(super) const ELSEWHERE: &[&str] = &["LSL national (002)"];

/// The matrix. The last column, the administrator, is ours throughout.
pub(super) const MATRIX: &[Row] = &[
    Row {
        action: Action::Import,
        guide: Some("Import SIECLE / STS"),
        title: "Élèves et classes (`student.toml`, `classes/`), comptes rendus d’import (`imports/`)",
        line: "Ce sont les données de SIECLE et de STS : elles se corrigent d’abord là-bas. Déplacer le dossier \
            d’un élève vers une autre cohorte est du même ordre.",
        cells: [W, W, N, N, N, N, N, N, N, N],
    },
    Row {
        action: Action::FamilyAccess,
        guide: None,
        title: "Site des familles : refus, lettres annulées, lecture réservée (`refus_site`, `codes_annules`, `lecture_reservee`)",
        line: "Qui reçoit les coupons et les demandes. Une lettre annulée le reste : une date ne se retire pas.",
        cells: [
            Cell::Settled("il tient les fichiers des élèves"),
            Cell::Settled("il reçoit les coupons de refus (NAT-29)"),
            N,
            N,
            N,
            N,
            N,
            N,
            N,
            N,
        ],
    },
    Row {
        action: Action::Staff,
        guide: Some("Create user by hand"),
        title: "Équipe (`staff.toml`)",
        line: "Les personnes, leurs rôles, leurs adresses et leurs clés : tous les autres droits en dépendent.",
        cells: [W, W, N, N, N, N, N, N, N, N],
    },
    Row {
        action: Action::Calendar,
        guide: Some("Official periods, certification dates"),
        title: "Calendrier : périodes officielles, PFMP, certification, PRONOTE, service du livret",
        line: "Le DDFPT le fixe pour tous.",
        cells: [W, Q, R, R, R, R, Q, Q, Q, N],
    },
    Row {
        action: Action::Periodicity,
        guide: Some("LSL periodicity"),
        title: "Calendrier : périodicité du livret (`lsl`)",
        line: "Trimestre ou semestre, pour chaque diplôme et chaque niveau.",
        cells: [W, W, R, R, R, N, N, N, N, N],
    },
    Row {
        action: Action::ScenarioNew,
        guide: Some("Scenario: read, duplicate, export"),
        title: "Scénario : créer, dupliquer",
        line: "Sous son propre nom. Une copie le dit par `copie_de` ; le scénario privé d’un collègue ne se copie pas.",
        cells: [R, Q, W, Cell::WriteIf(Bond::Shared), Cell::WriteIf(Bond::Shared), N, N, N, N, N],
    },
    Row {
        action: Action::Scenario,
        guide: Some("Scenario: edit, private, delete"),
        title: "Scénario : modifier, rendre privé, ranger, supprimer, et ses documents",
        line: "L’auteur seul, même devant le DDFPT. La suppression n’ôte rien aux évaluations : elles ont leur copie.",
        cells: [N, N, W, N, N, N, N, N, N, N],
    },
    Row {
        action: Action::Evaluation,
        guide: Some("Evaluation: create, fill"),
        title: "Évaluation : créer, remplir, supprimer",
        line: "Une évaluation est à l’équipe : chaque enseignant la complète, tant qu’aucun bilan validé ne la prend \
            en compte.",
        cells: [N, N, W, W, W, N, N, N, N, N],
    },
    Row {
        action: Action::EvaluationFrozen,
        guide: Some("Evaluation after a bilan used it"),
        title: "Évaluation prise en compte par un bilan validé",
        line: "Personne, pour les résultats de l’élève du bilan et pour ce que toute la classe partage. Le DDFPT déverrouille \
            le bilan ; l’évaluation redevient alors modifiable.",
        cells: [Cell::Aside("unlock"), N, N, N, N, N, N, N, N, N],
    },
    Row {
        action: Action::Annex,
        guide: Some("Annex"),
        title: "Annexe pédagogique",
        line: "Le professeur référent, auteur de l’annexe, et le DDFPT, qui prépare la rentrée.",
        cells: [W, Q, W, R, R, N, R, R, N, N],
    },
    Row {
        action: Action::Period,
        guide: Some("Declare / delete PFMP or employer period"),
        title: "Période en entreprise (`pfmp/periods/`)",
        line: "Le DDFPT seul : une période supprimée emporte ce que les élèves ont écrit.",
        cells: [W, Q, N, N, N, N, N, N, N, N],
    },
    Row {
        action: Action::LearnerWords,
        guide: Some("Journal, fiches"),
        title: "Portfolio : journal, fiches, bilan personnel",
        line: "Les mots de l’apprenant sont à lui. Quelqu’un les dépose pour lui, avec son adresse comme auteur ; les \
            remarques des autres vont dans les commentaires.",
        cells: [R, Q, R, R, R, Q, W, R, Q, N],
    },
    Row {
        action: Action::CompanyReview,
        guide: Some("Bilan entreprise"),
        title: "Portfolio : bilan entreprise",
        line: "L’enseignant l’écrit avec le tuteur, qui y est nommé et n’écrit pas lui-même ici.",
        cells: [
            R,
            Q,
            W,
            Cell::Settled("un collègue termine le bilan de qui est absent, sous son propre nom"),
            Cell::Settled(
                "le professeur principal est souvent celui qui se rend dans l’entreprise",
            ),
            N,
            R,
            Cell::Aside("W with ENS"),
            Q,
            N,
        ],
    },
    Row {
        action: Action::ReviewNew,
        guide: Some("Bilan intermédiaire: create"),
        title: "Bilan intermédiaire : créer",
        line: "Un enseignant professionnel de la classe, sous son propre nom.",
        cells: [N, N, TEAM, N, N, N, N, N, N, N],
    },
    Row {
        action: Action::Review,
        guide: None,
        title: "Bilan intermédiaire : modifier, valider, supprimer un brouillon",
        line: "Son auteur, tant que le bilan est un brouillon, ou après un déverrouillage.",
        cells: [N, N, W, N, N, N, N, N, N, N],
    },
    Row {
        action: Action::ReviewUnlock,
        guide: Some("Bilan intermédiaire: unlock"),
        title: "Bilan intermédiaire : déverrouiller",
        line: "Le DDFPT, sous son propre nom, avec le motif.",
        cells: [W, N, N, N, N, N, N, N, N, N],
    },
    Row {
        action: Action::Attestation,
        guide: Some("Attestation: tick / sign"),
        title: "Attestation de compétences",
        line: "L’enseignant qui la prépare ; le chef d’établissement la signe sur le papier.",
        cells: [N, Cell::Aside("sign (paper)"), W, Q, Q, N, Cell::Aside("receives"), N, N, N],
    },
    Row {
        action: Action::Tick,
        guide: Some("Attestation: tick / sign"),
        title: "Attestation : valider une compétence",
        line: "Chaque compétence validée porte le nom de qui la valide : un collègue ajoute et retire les siennes.",
        cells: [
            N,
            Cell::Aside("sign (paper)"),
            W,
            Cell::Settled("la compétence porte son nom"),
            Cell::Settled("la compétence porte son nom"),
            N,
            Cell::Aside("receives"),
            N,
            N,
            N,
        ],
    },
    Row {
        action: Action::Grid,
        guide: Some("CCF grid: fill, lock"),
        title: "Grille de certification : remplir, verrouiller, harmoniser",
        line: "L’auteur et les membres de la commission. Le DDFPT dépose les grilles, il ne les remplit pas.",
        cells: [
            Cell::Aside("deposit only"),
            N,
            W,
            Cell::WriteIf(Bond::Commission),
            Q,
            N,
            N,
            N,
            N,
            N,
        ],
    },
    Row {
        action: Action::GridUnlock,
        guide: None,
        title: "Grille de certification : déverrouiller",
        line: "Les guides ne le disent pas : comme pour un bilan, le DDFPT, sous son propre nom, avec le motif.",
        cells: [Cell::Settled("comme pour un bilan"), N, N, N, N, N, N, N, N, N],
    },
    Row {
        action: Action::BookOpen,
        guide: Some("Book: activate / write"),
        title: "Book : l’ouvrir (`book` de `school.toml`)",
        line: "Le DDFPT seul.",
        cells: [W, N, N, N, N, N, N, N, N, N],
    },
    Row {
        action: Action::BookPage,
        guide: Some("Book: activate / write"),
        title: "Book : pages, photographies, choix des pages",
        line: "L’apprenant présente lui-même ce qu’il a fait de mieux : personne n’ajoute rien à son book.",
        cells: [N, N, R, R, R, N, W, Q, N, N],
    },
    Row {
        action: Action::Livret,
        guide: Some("LSL Pro: fill / send"),
        title: "Livret scolaire : remplir",
        line: "L’équipe de la classe, le professeur principal, et les enseignants que le livret nomme déjà (c’est leur \
            colonne « auteur »).",
        cells: [Cell::Aside("send (001)"), Cell::Aside("send"), W, TEAM, W, N, N, N, N, N],
    },
    Row {
        action: Action::LivretMore,
        guide: None,
        title: "Livret scolaire envoyé : ajouter ce qui manque",
        line: "Un nouvel envoi ajoute ce qui manquait au premier.",
        cells: [
            Cell::Settled("il répond de l’envoi"),
            Cell::Settled("il répond de l’envoi"),
            W,
            TEAM,
            W,
            N,
            N,
            N,
            N,
            N,
        ],
    },
    Row {
        action: Action::LivretSent,
        guide: None,
        title: "Livret scolaire envoyé : corriger ce qui a été envoyé",
        line: "Le chef d’établissement et le DDFPT, qui répondent de l’envoi, tant que le service national est ouvert.",
        cells: [
            Cell::Settled("il répond de l’envoi"),
            Cell::Settled("il répond de l’envoi"),
            N,
            N,
            N,
            N,
            N,
            N,
            N,
            N,
        ],
    },
    Row {
        action: Action::LivretSend,
        guide: Some("LSL Pro: fill / send"),
        title: "Livret scolaire : inscrire un envoi (`envois`, `transmis`)",
        line: "Le chef d’établissement ou le DDFPT, sous son propre nom : l’envoi engage sa responsabilité.",
        cells: [W, W, N, N, N, N, N, N, N, N],
    },
    Row {
        action: Action::LivretEngagements,
        guide: None,
        title: "Livret scolaire : engagements et observation du CPE (`engagements`, `engagement_autre`, `avis_cpe`)",
        line: "Comme dans l’application nationale : le CPE les écrit, le chef d’établissement écrit tout.",
        cells: [R, W, R, R, R, W, N, N, N, N],
    },
    Row {
        action: Action::LivretInvestment,
        guide: None,
        title: "Livret scolaire : avis sur l’investissement, avis pour l’examen (`avis_investissement`, `avis_examen`)",
        line: "Comme dans l’application nationale : le professeur principal consigne l’avis de l’équipe.",
        cells: [R, W, R, R, W, R, N, N, N, N],
    },
    Row {
        action: Action::LivretVisa,
        guide: None,
        title: "Livret scolaire : visa du chef d’établissement (`avis_chef`)",
        line: "Lui seul, sous son propre nom.",
        cells: [R, W, R, R, R, R, N, N, N, N],
    },
    Row {
        action: Action::Hosting,
        guide: None,
        title: "Portfolio : entreprise et tuteur",
        line: "Qui les connaît le premier les écrit.",
        cells: [W, N, W, W, W, N, W, N, N, N],
    },
    Row {
        action: Action::FollowUp,
        guide: None,
        title: "Portfolio : commentaires, visites, absences, attestation de l’entreprise",
        line: "Les enseignants. Un commentaire ou une visite ne se modifie que par qui l’a signé.",
        cells: [N, N, W, W, W, N, N, N, N, N],
    },
    Row {
        action: Action::School,
        guide: None,
        title: "Établissement (`school.toml`, le logo) et autres réglages",
        line: "Tout, sauf l’ouverture du book et celle du site des familles.",
        cells: [
            W,
            Cell::Settled("le chef d’établissement répond de ces données"),
            N,
            N,
            N,
            N,
            N,
            N,
            N,
            Cell::Settled("l’administrateur tient les réglages"),
        ],
    },
    Row {
        action: Action::FamilySite,
        guide: None,
        title: "Établissement : ouverture du site des familles (`[familles]` de `school.toml`)",
        line: "Le chef d’établissement décide d’ouvrir le service, et le DDFPT le suit (NAT-30) ; l’administrateur publie \
            le site, sans dater ces étapes.",
        cells: [
            Cell::Settled("il suit l’ouverture"),
            Cell::Settled("il décide d’ouvrir le service"),
            N,
            N,
            N,
            N,
            N,
            N,
            N,
            N,
        ],
    },
    Row {
        action: Action::Referential,
        guide: None,
        title: "Référentiels (`referentials/`)",
        line: "Ils viennent des textes officiels et servent à tous.",
        cells: [W, W, N, N, N, N, N, N, N, W],
    },
    Row {
        action: Action::Register,
        guide: None,
        title: "Registre : commissions et jurys",
        line: "Qui convoque et garde les émargements.",
        cells: [W, W, N, N, N, N, N, N, N, N],
    },
    Row {
        action: Action::RegisterDesk,
        guide: None,
        title: "Registre : consultations et remises",
        line: "Aussi l’enseignant ou le CPE qui remet le document (`par`) ou assiste à la lecture (`temoin`).",
        cells: [W, W, NAMED, NAMED, NAMED, NAMED, N, N, N, N],
    },
    Row {
        action: Action::TransferSwitch,
        guide: Some("Transfer switch"),
        title: "Établissement : transferts de dossiers (`[transferts]` de `school.toml`)",
        line: "L’administrateur les ouvre et inscrit les établissements partenaires avec leurs clés (TRF-01).",
        cells: [N, N, N, N, N, N, N, N, N, W],
    },
    Row {
        action: Action::Transfer,
        guide: None,
        title: "Transferts (`transfers/`) et dossiers reçus (`students/…/received/`)",
        line: "Qui importe SIECLE. Ce qu’un autre établissement a envoyé ne se modifie plus.",
        cells: [
            Cell::Settled("il suit les départs et les arrivées"),
            Cell::Settled("il répond des dossiers de l’établissement"),
            N,
            N,
            N,
            N,
            N,
            N,
            N,
            N,
        ],
    },
    Row {
        action: Action::Loose,
        guide: None,
        title: "Autres fichiers dans les dossiers d’élèves et de périodes",
        line: "Des copies, des numérisations : elles n’entrent dans aucun calcul.",
        cells: [W, W, W, W, W, W, N, N, N, W],
    },
];
