//! For tests: changes of every action of the matrix, each allowed to somebody who stands where the
//! cell writes.

use super::matrix::Action;

/// The team of the class: both teachers.
pub(super) const TEAM: &str = "[\"auteur\", \"collegue\"]";

/// What becomes of a file.
#[derive(Clone, Copy)]
pub(super) enum Edit {
    /// It is gone.
    Gone,
    /// It says this.
    Is(&'static str),
    /// It says the second in place of the first.
    Swap(&'static str, &'static str),
    /// It has another path.
    To(&'static str),
}

type Files = &'static [(&'static str, &'static str)];

/// A change. In texts, `{moi}` is whoever makes it, `{auteur}` the author of records.
#[derive(Clone, Copy)]
pub(super) struct Sample {
    /// What it is.
    pub(super) action: Action,
    /// In a few words.
    pub(super) what: &'static str,
    /// Files laid over the base school.
    pub(super) before: Files,
    /// What becomes of them.
    pub(super) after: &'static [(&'static str, Edit)],
    /// Files and team with which no condition of a cell holds.
    pub(super) unbound: Option<(Files, &'static str)>,
}

impl Sample {
    /// Whether it happens in the folder of a pupil.
    pub(super) fn is_of_a_pupil(&self) -> bool {
        self.after.iter().any(|(path, _)| path.starts_with("students/2025/dupont-lea/"))
    }
}

const fn sample(
    action: Action,
    what: &'static str,
    before: Files,
    after: &'static [(&'static str, Edit)],
) -> Sample {
    Sample { action, what, before, after, unbound: None }
}

const PUPIL: &str = "students/2025/dupont-lea/student.toml";
const CLASSES: &str = "classes/2026-2027.toml";
const CALENDAR: &str = "calendar/2026-2027.toml";
const SCENARIO: &str = "scenarios/mcv-a/premiere/vente.toml";
const DOCUMENT: &str = "scenarios/mcv-a/premiere/vente/fiche.pdf";
const COPY: &str = "scenarios/mcv-a/premiere/vente-2.toml";
const EVALUATION: &str = "evaluations/2026-2027/1mcva1/vitrine.toml";
const FROZEN: &str = "evaluations/2026-2027/1mcva1/accueil-client.toml";
const ANNEX: &str = "pfmp/annexes/mcv-a/premiere/decouverte.toml";
const PERIOD: &str = "pfmp/periods/2026-2027/pfmp-3.toml";
const PORTFOLIO: &str = "students/2025/dupont-lea/pfmp/2026-2027-pfmp-3.toml";
const REVIEW: &str = "students/2025/dupont-lea/reviews/2027-04-09.toml";
const CLOSED: &str = "students/2025/dupont-lea/reviews/2026-12-11.toml";
const ATTESTATION: &str = "students/2025/dupont-lea/attestations/2027-06-30.toml";
const GRID: &str = "students/2025/dupont-lea/certification/2028-e31.toml";
const PAGE: &str = "students/2025/dupont-lea/book/vitrine.md";
const PHOTO: &str = "students/2025/dupont-lea/book/vitrine/rue.png";
const LIVRET: &str = "students/2025/dupont-lea/lsl/2026-2027.toml";
const COMMISSION: &str = "register/2027/commissions/jury.toml";
const DELIVERY: &str = "register/2027/deliveries/livrets.toml";
const CONSULTATION: &str = "register/2027/consultations/jury.toml";

const SCENARIO_TEXT: &str = "titre = \"Vente\"\nauteur = \"{auteur}\"\n";
const PRIVATE_TEXT: &str = "titre = \"Vente\"\nauteur = \"mercier-paul\"\nprive = true\n";
const COPY_TEXT: &str =
    "titre = \"Vente 2\"\nauteur = \"{moi}\"\ncopie_de = \"mcv-a/premiere/vente\"\n";
const EVALUATION_TEXT: &str = "titre = \"Caisse\"\ndate = 2027-03-05\nauteur = \"{moi}\"\n\
    complexite = \"C\"\ncriteres = [\"C1.1.a\"]\n";
const ANNEX_TEXT: &str = "titre = \"Découverte\"\nauteur = \"{auteur}\"\napprentis = false\nobjectifs = \"Accueillir.\"\n";
const PERIOD_TEXT: &str = "titre = \"PFMP 3\"\ndiplome = \"mcv-a\"\nniveau = \"premiere\"\n\
    debut = 2027-01-04\nfin = 2027-01-30\n";
const PORTFOLIO_TEXT: &str = "[entreprise]\nnom = \"Librairie\"\n\n\
    [tuteur]\nnom = \"Perrin\"\ncourriel = \"tuteur@exemple.fr\"\n\n\
    [[journal]]\nsemaine = 1\nsaisi_le = 2027-01-08\nactivites = \"Accueil.\"\n\n\
    [[fiches]]\nnumero = 1\ntitre = \"Accueil\"\nsaisi_le = 2027-01-08\ntexte = \"Une cliente.\"\n\n\
    [[absences]]\ndu = 2027-01-11\ndemi_journees = 1\n\n\
    [bilan_entreprise]\ndate = 2027-01-29\nenseignant = \"{auteur}\"\ntuteur = \"Perrin\"\netat = \"brouillon\"\n\n\
    [bilan_entreprise.resultats]\n\"C1.1\" = \"+\"\n";
const REVIEW_TEXT: &str = "date = 2027-04-09\nauteur = \"{auteur}\"\netat = \"brouillon\"\n\
    constats = \"Progresse.\"\n\n[positions]\n\"C1.1\" = \"+\"\n";
const REOPENED_TEXT: &str = "date = 2027-04-09\nauteur = \"{auteur}\"\netat = \"valide\"\n\
    valide_le = 2027-04-10\nvalide_par = \"{auteur}\"\nconstats = \"Progresse.\"\n\n\
    [positions]\n\"C1.1\" = \"+\"\n\n\
    [[deverrouillage]]\npar = \"martin-anne\"\ndate = 2027-05-03\nmotif = \"erreur\"\n";
const NEW_REVIEW_TEXT: &str = "date = 2027-04-09\nauteur = \"{moi}\"\netat = \"valide\"\n\
    valide_le = 2027-04-10\nvalide_par = \"{moi}\"\n\n[positions]\n\"C1.1\" = \"+\"\n";
const ATTESTATION_TEXT: &str = "date = 2027-06-30\nauteur = \"{auteur}\"\nmotif = \"sortie\"\n\n\
    [competences]\n\"C1.1\" = { par = \"{auteur}\", le = 2027-06-25 }\n";
const GRID_TEXT: &str = "auteur = \"{auteur}\"\ndate = 2027-04-18\nnote_proposee = 13\n\n\
    [niveaux]\n\"C1.1.a\" = 3\n\n[[commission]]\npersonne = \"{auteur}\"\n\n\
    [[commission]]\npersonne = \"collegue\"\n";
const ALONE_TEXT: &str = "auteur = \"{auteur}\"\ndate = 2027-04-18\nnote_proposee = 13\n\n\
    [niveaux]\n\"C1.1.a\" = 3\n\n[[commission]]\npersonne = \"{auteur}\"\n";
const LOCKED_TEXT: &str = "auteur = \"{auteur}\"\ndate = 2027-04-18\nnote_proposee = 13\n\n\
    [niveaux]\n\"C1.1.a\" = 3\n\n[[commission]]\npersonne = \"{auteur}\"\n\n\
    [[commission]]\npersonne = \"collegue\"\n\n\
    [verrouillage]\nle = 2027-04-19\npar = \"{auteur}\"\n";
const PAGE_TEXT: &str =
    "+++\ntitre = \"Vitrine\"\ndate = 2026-12-04\nlieu = \"entreprise\"\n+++\n\nLes couleurs.\n";
const LIVRET_TEXT: &str =
    "appreciation = \"Bonne année.\"\nenseignants = [\"{auteur}\"]\n\n[niveaux]\nL1 = 3\n";
const SENT_TEXT: &str = "appreciation = \"Bonne année.\"\nenseignants = [\"{auteur}\"]\n\n[niveaux]\nL1 = 3\n\n\
    [[envois]]\nle = 2027-06-04\npar = \"martin-anne\"\n";
const TRANSFER: &str = "transfers/2026-2027/dupont-lea-vers-0570000r.toml";
const RECEIVED: &str =
    "students/2025/dupont-lea/received/0570000r-2027-01-15/reviews/2026-12-11.toml";
const RECEIVED_PHOTO: &str =
    "students/2025/dupont-lea/received/0570000r-2027-01-15/book/vitrine/rue.png";
const TRANSFER_TEXT: &str = "sens = \"depart\"\netablissement = \"0570000R\"\neleve = \"dupont-lea\"\n\
    nom = \"Dupont\"\nprenom = \"Léa\"\nnaissance = 2009-04-18\n";
const COMMISSION_TEXT: &str =
    "titre = \"Jury\"\nobjet = \"deliberation\"\ndiplome = \"mcv-a\"\ndate = 2027-07-02\n";
const DELIVERY_TEXT: &str = "document = \"livret\"\ndate = 2027-06-09\npar = \"{moi}\"\n\n[[remises]]\neleve = \"dupont-lea\"\n";
const FOREIGN_DELIVERY_TEXT: &str = "document = \"livret\"\ndate = 2027-06-09\npar = \"leroy-jean\"\n\n\
    [[remises]]\neleve = \"dupont-lea\"\n";
const CONSULTATION_TEXT: &str = "date = 2027-06-09\npar = \"famille\"\ndemandeur = \"Mme Dupont\"\n\
    documents = [\"livret\"]\nmode = \"sur-place\"\neleves = [\"dupont-lea\"]\ntemoin = \"{moi}\"\n";

use Edit::{Gone, Is, Swap, To};

/// The changes.
pub(super) const SAMPLES: &[Sample] = &[
    sample(
        Action::Import,
        "un élève",
        &[],
        &[(PUPIL, Swap("prenom = \"Nadia\"", "prenom = \"Nadya\""))],
    ),
    sample(
        Action::Import,
        "une classe",
        &[],
        &[(CLASSES, Swap("nom = \"2 MRC 1\"", "nom = \"2 MRC A\""))],
    ),
    sample(
        Action::Import,
        "des classes nouvelles",
        &[],
        &[(
            "classes/2027-2028.toml",
            Is(
                "[classes.2mrc1]\nnom = \"2 MRC 1\"\ndiplome = \"mrc\"\nniveau = \"seconde\"\nequipe = []\n",
            ),
        )],
    ),
    sample(
        Action::Import,
        "un élève nouveau",
        &[],
        &[(
            "students/2026/silva-ines/student.toml",
            Is("nom = \"Silva\"\nprenom = \"Inès\"\nnaissance = 2010-01-01\nscolarite = []\n"),
        )],
    ),
    sample(
        Action::Import,
        "une cohorte",
        &[],
        &[("students/2026/roux-karim/student.toml", To("students/2025/roux-karim/student.toml"))],
    ),
    sample(
        Action::FamilyAccess,
        "un refus",
        &[],
        &[(PUPIL, Swap("prenom = \"Nadia\"", "prenom = \"Nadia\"\nrefus_site = 2026-09-25"))],
    ),
    sample(
        Action::FamilyAccess,
        "une lettre perdue",
        &[],
        &[(PUPIL, Swap("sexe = \"F\"", "sexe = \"F\"\ncodes_annules = [2026-11-12]"))],
    ),
    sample(
        Action::FamilyAccess,
        "un élève majeur",
        &[],
        &[(PUPIL, Swap("sexe = \"F\"", "sexe = \"F\"\nlecture_reservee = 2028-05-02"))],
    ),
    sample(
        Action::FamilySite,
        "ouvrir",
        &[],
        &[(
            "school.toml",
            Swap("[forge]", "[familles]\nadresse = \"https://familles.exemple.fr/\"\n\n[forge]"),
        )],
    ),
    sample(
        Action::Staff,
        "une personne",
        &[],
        &[("staff.toml", Swap("discipline = \"Électrotechnique\"", "discipline = \"Énergie\""))],
    ),
    sample(
        Action::Calendar,
        "une date",
        &[],
        &[(CALENDAR, Swap("date_limite = 2027-05-14", "date_limite = 2027-05-21"))],
    ),
    sample(
        Action::Calendar,
        "une année",
        &[],
        &[("calendar/2027-2028.toml", Is("debut = 2027-09-01\nfin = 2028-07-01\n"))],
    ),
    sample(
        Action::Periodicity,
        "la périodicité",
        &[],
        &[(CALENDAR, Swap("periodicite = \"semestre\"", "periodicite = \"trimestre\""))],
    ),
    Sample {
        action: Action::ScenarioNew,
        what: "une copie",
        before: &[(SCENARIO, SCENARIO_TEXT)],
        after: &[(COPY, Is(COPY_TEXT))],
        unbound: Some((&[(SCENARIO, PRIVATE_TEXT)], TEAM)),
    },
    sample(
        Action::ScenarioNew,
        "le sien",
        &[],
        &[(COPY, Is("titre = \"Vente 2\"\nauteur = \"{moi}\"\nprive = true\n"))],
    ),
    sample(
        Action::Scenario,
        "le titre",
        &[(SCENARIO, SCENARIO_TEXT)],
        &[(SCENARIO, Swap("\"Vente\"", "\"Vendre\""))],
    ),
    sample(
        Action::Scenario,
        "le rendre privé",
        &[(SCENARIO, SCENARIO_TEXT)],
        &[(SCENARIO, Swap("titre", "prive = true\ntitre"))],
    ),
    sample(Action::Scenario, "le supprimer", &[(SCENARIO, SCENARIO_TEXT)], &[(SCENARIO, Gone)]),
    sample(Action::Scenario, "le renommer", &[(SCENARIO, SCENARIO_TEXT)], &[(SCENARIO, To(COPY))]),
    sample(
        Action::Scenario,
        "un document",
        &[(SCENARIO, SCENARIO_TEXT)],
        &[(DOCUMENT, Is("%PDF"))],
    ),
    sample(
        Action::Evaluation,
        "créer",
        &[],
        &[("evaluations/2026-2027/1mcva1/caisse.toml", Is(EVALUATION_TEXT))],
    ),
    sample(
        Action::Evaluation,
        "remplir",
        &[],
        &[(EVALUATION, Swap("dupont-lea = []", "dupont-lea = [\"+\"]"))],
    ),
    sample(
        Action::Evaluation,
        "remplir la sienne",
        &[(
            "evaluations/2026-2027/1mcva1/caisse.toml",
            "titre = \"Caisse\"\ndate = 2027-03-05\nauteur = \"{auteur}\"\ncomplexite = \"C\"\ncriteres = [\"C1.1.a\"]\n",
        )],
        &[("evaluations/2026-2027/1mcva1/caisse.toml", Swap("\"Caisse\"", "\"Encaisser\""))],
    ),
    sample(Action::Evaluation, "supprimer", &[], &[(EVALUATION, Gone)]),
    sample(
        Action::EvaluationFrozen,
        "un résultat",
        &[],
        &[(FROZEN, Swap("dupont-lea = [\"+\", \"++\"]", "dupont-lea = [\"++\", \"++\"]"))],
    ),
    sample(Action::EvaluationFrozen, "supprimer", &[], &[(FROZEN, Gone)]),
    sample(
        Action::EvaluationFrozen,
        "un résultat de l’auteur",
        &[
            (
                "evaluations/2026-2027/1mcva1/caisse.toml",
                "titre = \"Caisse\"\ndate = 2027-03-05\nauteur = \"{auteur}\"\ncomplexite = \"C\"\ncriteres = [\"C1.1.a\"]\n",
            ),
            (
                REVIEW,
                "date = 2027-04-09\nauteur = \"leroy-jean\"\netat = \"valide\"\nvalide_le = 2027-04-10\nvalide_par = \"leroy-jean\"\nevaluations = [\"2026-2027/1mcva1/caisse\"]\n",
            ),
        ],
        &[("evaluations/2026-2027/1mcva1/caisse.toml", Swap("\"Caisse\"", "\"Encaisser\""))],
    ),
    sample(
        Action::Annex,
        "modifier",
        &[(ANNEX, ANNEX_TEXT)],
        &[(ANNEX, Swap("Accueillir.", "Encaisser."))],
    ),
    sample(Action::Annex, "supprimer", &[(ANNEX, ANNEX_TEXT)], &[(ANNEX, Gone)]),
    sample(
        Action::Annex,
        "créer",
        &[],
        &[(ANNEX, Is("titre = \"Découverte\"\nauteur = \"{moi}\"\napprentis = false\n"))],
    ),
    sample(Action::Period, "déclarer", &[], &[(PERIOD, Is(PERIOD_TEXT))]),
    sample(
        Action::Period,
        "modifier",
        &[(PERIOD, PERIOD_TEXT)],
        &[(PERIOD, Swap("01-30", "01-29"))],
    ),
    sample(Action::Period, "supprimer", &[(PERIOD, PERIOD_TEXT)], &[(PERIOD, Gone)]),
    sample(
        Action::LearnerWords,
        "le journal",
        &[(PORTFOLIO, PORTFOLIO_TEXT)],
        &[(PORTFOLIO, Swap("\"Accueil.\"", "\"Vente.\""))],
    ),
    sample(
        Action::LearnerWords,
        "une fiche",
        &[(PORTFOLIO, PORTFOLIO_TEXT)],
        &[(PORTFOLIO, Swap("Une cliente.", "Un client."))],
    ),
    sample(
        Action::LearnerWords,
        "le bilan personnel",
        &[(PORTFOLIO, PORTFOLIO_TEXT)],
        &[(
            PORTFOLIO,
            Swap(
                "[[absences]]",
                "[bilan_personnel]\nsaisi_le = 2027-01-29\ntexte = \"J’ai appris.\"\n\n[[absences]]",
            ),
        )],
    ),
    sample(
        Action::CompanyReview,
        "un résultat",
        &[(PORTFOLIO, PORTFOLIO_TEXT)],
        &[(PORTFOLIO, Swap("\"C1.1\" = \"+\"", "\"C1.1\" = \"++\""))],
    ),
    Sample {
        action: Action::ReviewNew,
        what: "créer",
        before: &[],
        after: &[(REVIEW, Is(NEW_REVIEW_TEXT))],
        unbound: Some((&[], "[\"leroy-jean\"]")),
    },
    sample(
        Action::Review,
        "modifier",
        &[(REVIEW, REVIEW_TEXT)],
        &[(REVIEW, Swap("Progresse.", "Stagne."))],
    ),
    sample(Action::Review, "supprimer", &[(REVIEW, REVIEW_TEXT)], &[(REVIEW, Gone)]),
    sample(
        Action::Review,
        "reprendre après un déverrouillage",
        &[(REVIEW, REOPENED_TEXT)],
        &[(REVIEW, Swap("Progresse.", "Stagne."))],
    ),
    sample(
        Action::ReviewUnlock,
        "déverrouiller",
        &[],
        &[(
            CLOSED,
            Swap(
                "[professionnalisation]",
                "[[deverrouillage]]\npar = \"{moi}\"\ndate = 2027-06-10\nmotif = \"erreur\"\n\n[professionnalisation]",
            ),
        )],
    ),
    sample(
        Action::ReviewUnlock,
        "déverrouiller le bilan de l’auteur",
        &[(REVIEW, REOPENED_TEXT)],
        &[(
            REVIEW,
            Swap(
                "[positions]",
                "[[deverrouillage]]\npar = \"{moi}\"\ndate = 2027-06-10\nmotif = \"erreur\"\n\n[positions]",
            ),
        )],
    ),
    sample(
        Action::Attestation,
        "modifier",
        &[(ATTESTATION, ATTESTATION_TEXT)],
        &[(ATTESTATION, Swap("\"sortie\"", "\"fin-de-parcours\""))],
    ),
    sample(
        Action::Attestation,
        "supprimer",
        &[(ATTESTATION, ATTESTATION_TEXT)],
        &[(ATTESTATION, Gone)],
    ),
    sample(
        Action::Tick,
        "valider",
        &[(ATTESTATION, ATTESTATION_TEXT)],
        &[(
            ATTESTATION,
            Swap("[competences]", "[competences]\n\"C1.2\" = { par = \"{moi}\", le = 2027-06-25 }"),
        )],
    ),
    Sample {
        action: Action::Grid,
        what: "remplir",
        before: &[(GRID, GRID_TEXT)],
        after: &[(GRID, Swap("\"C1.1.a\" = 3", "\"C1.1.a\" = 4"))],
        unbound: Some((&[(GRID, ALONE_TEXT)], TEAM)),
    },
    sample(
        Action::Grid,
        "verrouiller",
        &[(GRID, GRID_TEXT)],
        &[(
            GRID,
            Swap("[niveaux]", "[verrouillage]\nle = 2027-06-10\npar = \"{moi}\"\n\n[niveaux]"),
        )],
    ),
    sample(
        Action::Grid,
        "harmoniser",
        &[(GRID, LOCKED_TEXT)],
        &[(
            GRID,
            Swap(
                "[niveaux]",
                "[harmonisation]\nnote = 14\nle = 2027-06-10\npar = \"{moi}\"\n\n[niveaux]",
            ),
        )],
    ),
    sample(Action::Grid, "supprimer", &[(GRID, GRID_TEXT)], &[(GRID, Gone)]),
    sample(
        Action::GridUnlock,
        "déverrouiller",
        &[(GRID, LOCKED_TEXT)],
        &[(
            GRID,
            Swap(
                "[niveaux]",
                "[[deverrouillage]]\npar = \"{moi}\"\ndate = 2027-06-10\nmotif = \"erreur\"\n\n[niveaux]",
            ),
        )],
    ),
    sample(
        Action::BookOpen,
        "ouvrir",
        &[],
        &[("school.toml", Swap("annee = ", "book = true\nannee = "))],
    ),
    sample(
        Action::BookPage,
        "le texte",
        &[(PAGE, PAGE_TEXT)],
        &[(PAGE, Swap("Les couleurs.", "Les livres."))],
    ),
    sample(
        Action::BookPage,
        "le choix",
        &[(PAGE, PAGE_TEXT)],
        &[(PAGE, Swap("lieu", "choisie = false\nlieu"))],
    ),
    sample(Action::BookPage, "une page", &[], &[(PAGE, Is(PAGE_TEXT))]),
    sample(Action::BookPage, "supprimer", &[(PAGE, PAGE_TEXT)], &[(PAGE, Gone)]),
    sample(Action::BookPage, "une photographie", &[(PAGE, PAGE_TEXT)], &[(PHOTO, Is("\u{89}PNG"))]),
    Sample {
        action: Action::Livret,
        what: "remplir",
        before: &[(LIVRET, LIVRET_TEXT)],
        after: &[(LIVRET, Swap("L1 = 3", "L1 = 4"))],
        unbound: Some((&[(LIVRET, LIVRET_TEXT)], "[\"leroy-jean\"]")),
    },
    sample(Action::Livret, "commencer", &[], &[(LIVRET, Is("appreciation = \"Bonne année.\"\n"))]),
    Sample {
        action: Action::LivretMore,
        what: "compléter",
        before: &[(LIVRET, SENT_TEXT)],
        after: &[(LIVRET, Swap("L1 = 3", "L1 = 3\nL2 = 4"))],
        unbound: Some((&[(LIVRET, SENT_TEXT)], "[\"leroy-jean\"]")),
    },
    sample(
        Action::LivretSent,
        "corriger",
        &[(LIVRET, SENT_TEXT)],
        &[(LIVRET, Swap("L1 = 3", "L1 = 4"))],
    ),
    sample(
        Action::LivretSend,
        "envoyer",
        &[(LIVRET, LIVRET_TEXT)],
        &[(LIVRET, Swap("[niveaux]", "[[envois]]\nle = 2027-06-10\npar = \"{moi}\"\n\n[niveaux]"))],
    ),
    sample(
        Action::LivretSend,
        "envoyer de nouveau",
        &[(LIVRET, SENT_TEXT)],
        &[(LIVRET, Swap("[niveaux]", "[[envois]]\nle = 2027-06-10\npar = \"{moi}\"\n\n[niveaux]"))],
    ),
    sample(
        Action::LivretEngagements,
        "un engagement",
        &[(LIVRET, LIVRET_TEXT)],
        &[(LIVRET, Swap("[niveaux]", "engagements = [\"C\"]\n\n[niveaux]"))],
    ),
    sample(
        Action::LivretEngagements,
        "une observation",
        &[(LIVRET, LIVRET_TEXT)],
        &[(
            LIVRET,
            Swap("[niveaux]", "[avis_cpe]\ntexte = \"Bien.\"\npar = \"{moi}\"\n\n[niveaux]"),
        )],
    ),
    sample(
        Action::LivretInvestment,
        "un avis",
        &[(LIVRET, LIVRET_TEXT)],
        &[(
            LIVRET,
            Swap(
                "[niveaux]",
                "[avis_investissement]\ntexte = \"Bien.\"\npar = \"{moi}\"\n\n[niveaux]",
            ),
        )],
    ),
    sample(
        Action::LivretInvestment,
        "un avis pour l’examen",
        &[(LIVRET, LIVRET_TEXT)],
        &[(LIVRET, Swap("[niveaux]", "avis_examen = \"F\"\n\n[niveaux]"))],
    ),
    sample(
        Action::LivretVisa,
        "un visa",
        &[(LIVRET, LIVRET_TEXT)],
        &[(
            LIVRET,
            Swap("[niveaux]", "[avis_chef]\ntexte = \"Vu.\"\npar = \"{moi}\"\n\n[niveaux]"),
        )],
    ),
    sample(
        Action::Hosting,
        "l’entreprise",
        &[(PORTFOLIO, PORTFOLIO_TEXT)],
        &[(PORTFOLIO, Swap("Librairie", "Grande librairie"))],
    ),
    sample(
        Action::Hosting,
        "le tuteur",
        &[(PORTFOLIO, PORTFOLIO_TEXT)],
        &[(PORTFOLIO, Swap("\"Perrin\"", "\"Perrot\""))],
    ),
    sample(
        Action::Hosting,
        "un portfolio",
        &[],
        &[(PORTFOLIO, Is("[entreprise]\nnom = \"Librairie\"\n"))],
    ),
    sample(
        Action::FollowUp,
        "une absence",
        &[(PORTFOLIO, PORTFOLIO_TEXT)],
        &[(PORTFOLIO, Swap("demi_journees = 1", "demi_journees = 2"))],
    ),
    sample(
        Action::FollowUp,
        "un commentaire",
        &[(PORTFOLIO, PORTFOLIO_TEXT)],
        &[(
            PORTFOLIO,
            Swap(
                "[[absences]]",
                "[[commentaires]]\ndate = 2027-01-18\nauteur = \"{moi}\"\ntexte = \"Bien.\"\n\n[[absences]]",
            ),
        )],
    ),
    sample(
        Action::FollowUp,
        "une visite",
        &[(PORTFOLIO, PORTFOLIO_TEXT)],
        &[(
            PORTFOLIO,
            Swap(
                "[[absences]]",
                "[[visites]]\ndate = 2027-01-18\npar = \"{moi}\"\nmode = \"visio\"\n\n[[absences]]",
            ),
        )],
    ),
    sample(
        Action::School,
        "le nom",
        &[],
        &[("school.toml", Swap("ville = \"Nancy\"", "ville = \"Metz\""))],
    ),
    sample(Action::School, "le logo", &[], &[("logo.png", Is("\u{89}PNG"))]),
    sample(
        Action::Referential,
        "un référentiel",
        &[],
        &[("referentials/melec.toml", Swap("intitule = \"", "intitule = \"Le "))],
    ),
    sample(Action::Register, "un jury", &[], &[(COMMISSION, Is(COMMISSION_TEXT))]),
    sample(
        Action::Register,
        "la date d’un jury",
        &[(COMMISSION, COMMISSION_TEXT)],
        &[(COMMISSION, Swap("07-02", "07-03"))],
    ),
    sample(Action::RegisterDesk, "une remise", &[], &[(DELIVERY, Is(DELIVERY_TEXT))]),
    Sample {
        action: Action::RegisterDesk,
        what: "l’émargement d’une remise",
        before: &[(DELIVERY, DELIVERY_TEXT)],
        after: &[(
            DELIVERY,
            Swap("eleve = \"dupont-lea\"", "eleve = \"dupont-lea\"\nemargement = true"),
        )],
        unbound: Some((&[(DELIVERY, FOREIGN_DELIVERY_TEXT)], TEAM)),
    },
    sample(Action::RegisterDesk, "une consultation", &[], &[(CONSULTATION, Is(CONSULTATION_TEXT))]),
    sample(
        Action::TransferSwitch,
        "ouvrir",
        &[],
        &[("school.toml", Swap("[forge]", "[transferts]\nouvert = true\n\n[forge]"))],
    ),
    sample(Action::Transfer, "un départ", &[], &[(TRANSFER, Is(TRANSFER_TEXT))]),
    sample(Action::Transfer, "un dossier reçu", &[], &[(RECEIVED, Is(REVIEW_TEXT))]),
    sample(Action::Transfer, "une photographie reçue", &[], &[(RECEIVED_PHOTO, Is("image"))]),
    sample(
        Action::Loose,
        "une numérisation",
        &[],
        &[("students/2025/dupont-lea/lsl/signe.pdf", Is("%PDF"))],
    ),
];
