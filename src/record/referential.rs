//! `referentials/CODE.toml`: a diploma's référentiel, each fact with its source.

use super::decode::{choice, record};
use super::value::{Map, Number, StudyLevel, Whole};

record! {
    /// The référentiel of a diploma or of a seconde family (SCE-24).
    pub struct Referential = "un référentiel" {
        sigle: String => "sigle du diplôme",
        intitule: String => "intitulé officiel",
        option: Option<String> => "option",
        genre: ReferentialType => "bac pro, famille de métiers ou règles communes",
        famille: Option<String> => "sigle de la famille de métiers de seconde",
        version: String => "version du référentiel",
        premiere_session: Option<Whole<1980, 2200>> => "première session d’examen",
        derniere_session: Option<Whole<1980, 2200>> => "dernière session d’examen",
        code_diplome: Option<String> => "code diplôme",
        code_specialite: Option<String> => "code de la spécialité",
        rncp: Option<String> => "numéro RNCP",
        texte: Option<String> => "texte officiel",
        remplace: Option<String> => "diplôme remplacé",
        note: Option<String> => "remarque",
        niveaux: Vec<StudyLevel> => "niveaux où ce référentiel est suivi",
        provenance: Map<String> = Map::default() => "source de chacune des lignes ci-dessus",
        professionnalisation: Vec<Professionalisation> = Vec::new() => "niveaux de professionnalisation",
        activites: Vec<Activity> = Vec::new() => "activités et leurs tâches",
        groupes: Vec<Group> = Vec::new() => "groupes ou blocs de compétences",
        matrice: Vec<MatrixRow> = Vec::new() => "mise en relation des tâches et des compétences",
        epreuves: Vec<Exam> = Vec::new() => "épreuves et unités",
        grilles: Vec<Grid> = Vec::new() => "grilles nationales de CCF",
        lsl: Option<LslList> => "compétences attendues du livret scolaire",
        livret: Vec<LivretRules> = Vec::new() => "règles du livret scolaire, session par session",
        durees_pfmp: Vec<PfmpLength> = Vec::new() => "durée de PFMP exigée, session par session",
        complements: Vec<Complement> = Vec::new() => "autres faits utiles",
        lacunes: Vec<Gap> = Vec::new() => "ce qui manque encore",
        conflits: Vec<Conflict> = Vec::new() => "contradictions relevées entre les sources",
        sources: Vec<SourceEntry> = Vec::new() => "adresses des sources",
    }
}

choice! {
    /// What a référentiel describes.
    pub enum ReferentialType {
        BacPro = "bac-pro" => "baccalauréat professionnel",
        Family = "famille" => "famille de métiers (seconde)",
        Common = "commun" => "règles communes à tous les diplômes",
    }
}

record! {
    /// A value of "niveau de professionnalisation" (DASH-12).
    pub struct Professionalisation = "un niveau de professionnalisation" {
        code: String => "lettre",
        libelle: String => "libellé",
        source: Option<String> => "source",
    }
}

record! {
    /// A professional activity.
    pub struct Activity = "une activité" {
        code: String => "code",
        intitule: String => "intitulé",
        pole: Option<String> => "pôle",
        groupe: Option<String> => "groupe de compétences correspondant",
        resultats: Vec<String> = Vec::new() => "résultats attendus",
        taches: Vec<Task> = Vec::new() => "tâches professionnelles",
        source: Option<String> => "source",
        note: Option<String> => "remarque",
    }
}

record! {
    /// A professional task.
    pub struct Task = "une tâche" {
        code: String => "code du référentiel",
        intitule: String => "intitulé",
        autonomie: Option<String> => "degré d’autonomie",
        responsabilites: Vec<String> = Vec::new() => "responsabilités",
        source: Option<String> => "source",
    }
}

record! {
    /// A group (bloc) of competences.
    pub struct Group = "un groupe de compétences" {
        code: String => "code",
        intitule: Option<String> => "intitulé",
        bloc: Option<Whole<1, 20>> => "numéro de bloc",
        unite: Option<String> => "unité certificative",
        competences: Vec<Competence> = Vec::new() => "compétences",
        source: Option<String> => "source",
        note: Option<String> => "remarque",
    }
}

record! {
    /// A competence.
    pub struct Competence = "une compétence" {
        code: String => "code du référentiel",
        intitule: String => "intitulé",
        transversale: bool = false => "true : compétence transversale",
        sous_bloc: Option<String> => "sous-bloc",
        savoir_faire: Vec<String> = Vec::new() => "savoir-faire",
        indicateurs: Vec<String> = Vec::new() => "indicateurs de réussite (jamais évalués directement)",
        attitudes: Vec<String> = Vec::new() => "attitudes professionnelles",
        prepare: Vec<String> = Vec::new() => "compétences que celle-ci prépare, par exemple mcv-a/C1.0",
        criteres: Vec<Criterion> = Vec::new() => "critères d’évaluation",
        source: Option<String> => "source",
        note: Option<String> => "remarque",
    }
}

record! {
    /// A criterion: what is assessed (EVA-06).
    pub struct Criterion = "un critère" {
        code: String => "code",
        intitule: String => "intitulé",
        indicateurs: Vec<String> = Vec::new() => "indicateurs de réussite (jamais évalués directement)",
        descripteurs: Vec<String> = Vec::new() => "descripteurs des quatre niveaux de la grille",
        nature: Option<String> => "nature",
        prepare: Vec<String> = Vec::new() => "critères que celui-ci prépare",
        source: Option<String> => "source",
        note: Option<String> => "remarque",
    }
}

record! {
    /// Competences that a task (or all tasks of an activity) calls for (SCE-22).
    pub struct MatrixRow = "une ligne de la matrice" {
        tache: Option<String> => "code de la tâche",
        activite: Option<String> => "code de l’activité, pour toutes ses tâches",
        competences: Vec<String> => "compétences liées",
        fortes: Vec<String> = Vec::new() => "compétences dont le lien est fort",
        source: Option<String> => "source",
    }
}

record! {
    /// An exam and its unit.
    pub struct Exam = "une épreuve" {
        code: String => "code",
        unite: String => "unité",
        intitule: String => "intitulé",
        version: Option<String> => "version du règlement d’examen",
        premiere_session: Option<Whole<1980, 2200>> => "première session",
        derniere_session: Option<Whole<1980, 2200>> => "dernière session",
        competences: Vec<String> = Vec::new() => "compétences évaluées",
        coefficient: Option<Number<0, 30>> => "coefficient",
        mode: Option<String> => "mode d’évaluation",
        duree: Option<String> => "durée",
        situations: Option<Whole<1, 9>> => "nombre de situations d’évaluation",
        forme: Option<String> => "forme",
        support: Option<String> => "support",
        commission: Option<String> => "commission",
        programmation: Option<String> => "programmation",
        calcul: Option<String> => "calcul de la note",
        ccf: Option<String> => "organisation du CCF",
        deroulement: Vec<ExamStep> = Vec::new() => "déroulement des situations",
        poids: Vec<ExamWeight> = Vec::new() => "poids des compétences",
        source: Option<String> => "source",
        note: Option<String> => "remarque",
    }
}

record! {
    /// One situation of an exam.
    pub struct ExamStep = "une situation d’épreuve" {
        situation: Whole<1, 9> => "numéro",
        quand: String => "moment",
        commission: Option<String> => "commission",
        contenu: String => "contenu",
    }
}

record! {
    /// The weight of a competence in an exam.
    pub struct ExamWeight = "un poids" {
        competence: String => "compétence",
        pourcent: Number<0, 100> => "pourcentage",
    }
}

record! {
    /// A national CCF grid (CCF-01).
    pub struct Grid = "une grille" {
        code: String => "code de la grille",
        epreuve: String => "épreuve",
        situation: Option<Whole<1, 9>> => "situation d’évaluation",
        titre: String => "titre",
        duree: Option<String> => "durée",
        lignes: Vec<String> => "critères, dans l’ordre de la grille nationale",
        echelle: Vec<String> => "libellés des quatre niveaux",
        entete: Vec<String> = Vec::new() => "rubriques de l’en-tête",
        commission: Vec<String> = Vec::new() => "membres de la commission",
        commission_colonnes: Vec<String> = Vec::new() => "colonnes du tableau de la commission",
        signature: Option<String> => "mention de signature",
        saisie: Option<String> => "mode de saisie",
        note: Option<String> => "règle de la note",
        arrondi: Option<String> => "arrondi",
        appreciation_obligatoire: Option<bool> => "true : appréciation obligatoire",
        communication_au_candidat: Option<bool> => "false : note non communiquée au candidat avant le jury",
        rubriques: Vec<String> = Vec::new() => "rubriques de texte",
        annexe: Option<String> => "annexe",
        source: Option<String> => "source",
    }
}

record! {
    /// The competences that the LSL expects (LSL-21).
    pub struct LslList = "la liste du livret scolaire" {
        fusion: bool => "true : plusieurs compétences sont réunies sous une ligne du livret",
        matiere: Option<String> => "code de la matière de la spécialité (6 chiffres), quand aucune nomenclature ne le donne",
        regle: Option<String> => "règle",
        source: Option<String> => "source",
        competences: Vec<LslCompetence> = Vec::new() => "compétences attendues, dans l’ordre du livret",
        voies: Vec<LslRoute> = Vec::new() => "par où la spécialité entre dans LSL Pro, session par session",
    }
}

record! {
    /// How the spécialité gets into LSL Pro in some sessions (LSL-41).
    pub struct LslRoute = "une voie vers LSL Pro" {
        voie: LslWay => "pronote ou fichiers",
        premiere_session: Whole<1980, 2200> => "première session d’examen",
        derniere_session: Option<Whole<1980, 2200>> => "dernière session d’examen",
        source: Option<String> => "source",
        note: Option<String> => "remarque",
    }
}

choice! {
    /// A way into LSL Pro.
    pub enum LslWay {
        Pronote = "pronote" => "tout passe par PRONOTE",
        Files = "fichiers" => "enseignements généraux depuis PRONOTE, puis spécialité depuis jalon",
    }
}

record! {
    /// One line of the LSL and what it gathers (LSL-25).
    pub struct LslCompetence = "une compétence attendue" {
        code: String => "code",
        code_national: Option<String> => "code de la compétence dans l’application nationale (4 chiffres)",
        intitule: String => "intitulé",
        regroupe: Vec<String> => "compétences du référentiel réunies sous cette ligne",
        source: Option<String> => "source",
        note: Option<String> => "remarque",
    }
}

record! {
    /// The rules of the livret for some sessions (LSL-06, LSL-12 to LSL-14, LSL-22).
    pub struct LivretRules = "des règles du livret scolaire" {
        code: String => "code de ces règles",
        premiere_session: Whole<1980, 2200> => "première session d’examen",
        derniere_session: Option<Whole<1980, 2200>> => "dernière session d’examen",
        niveaux: Vec<StudyLevel> => "niveaux où le livret est rempli",
        bilans: LivretReviews => "annee ou cycle : bilans montrés en colonnes",
        appreciation_max: Whole<1, 10000> => "longueur de l’appréciation générale, en caractères",
        appreciation_obligatoire: bool = false => "true : l’appréciation générale est obligatoire",
        pfmp: LivretSection => "vide-ou-complete, module ou obligatoire",
        pfmp_max: Whole<1, 10000> => "longueur de la synthèse des PFMP, en caractères",
        projet: Option<LivretSection> => "partie projet (absente si la ligne manque)",
        projet_intitule: Option<String> => "nom de cette partie, par exemple Chef-d’œuvre",
        projet_max: Option<Whole<1, 10000>> => "longueur de son appréciation, en caractères",
        semaines_pfmp: bool = false => "true : le nombre de semaines de PFMP est demandé en terminale",
        arrondi: Rounding => "troncature ou arrondi : moyenne annuelle à deux décimales",
        discipline: Option<String> => "nom de la spécialité dans le livret national",
        avis_max: Option<Whole<1, 10000>> => "longueur des avis, observations et engagements, en caractères",
        engagements: Map<String> = Map::default() => "engagements que le livret connaît, par code",
        avis_examen: Map<String> = Map::default() => "avis que l’équipe peut donner en vue de l’examen, par code",
        source: Option<String> => "source",
        note: Option<String> => "remarque",
    }
}

choice! {
    /// Which reviews stand beside the levels of the livret (LSL-22).
    pub enum LivretReviews {
        Year = "annee" => "bilans de l’année",
        Cycle = "cycle" => "bilans de tout le cycle",
    }
}

choice! {
    /// When an optional part of the livret blocks it: not sent, both fields stay empty (LSL-12);
    /// switched on and complete, or switched off (LSL-13); always asked for.
    pub enum LivretSection {
        EmptyOrFull = "vide-ou-complete" => "vide ou complète",
        Module = "module" => "activée ou non",
        Compulsory = "obligatoire" => "obligatoire",
    }
}

choice! {
    /// How an annual mean loses its further decimals (NAT-25).
    pub enum Rounding {
        Truncated = "troncature" => "troncature à deux décimales",
        Nearest = "arrondi" => "arrondi à deux décimales",
    }
}

record! {
    /// How many weeks of PFMP an exam requires (20, or 22 before the reform of 2024).
    pub struct PfmpLength = "une durée de PFMP" {
        premiere_session: Whole<1980, 2200> => "première session d’examen",
        derniere_session: Option<Whole<1980, 2200>> => "dernière session d’examen",
        semaines: Whole<1, 60> => "nombre de semaines exigées sur le cycle",
        jours_par_semaine: Whole<1, 7> => "nombre de jours qui font une semaine",
        source: Option<String> => "source",
        note: Option<String> => "remarque",
    }
}

record! {
    /// Another fact worth keeping.
    pub struct Complement = "un complément" {
        titre: String => "titre",
        lignes: Vec<String> => "contenu",
        source: Option<String> => "source",
    }
}

record! {
    /// Something that is not known yet.
    pub struct Gap = "une lacune" {
        quoi: String => "ce qui manque",
    }
}

record! {
    /// Two sources that disagree.
    pub struct Conflict = "une contradiction" {
        guide: Option<String> => "ce que dit le guide",
        trouve: Option<String> => "ce que dit une autre source",
        constat: String => "constat",
    }
}

record! {
    /// Where facts come from.
    pub struct SourceEntry = "une source" {
        id: String => "sigle",
        adresse: String => "adresse ou référence",
    }
}
