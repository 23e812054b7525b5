//! Names that lead nowhere: what a record refers to and nobody knows.

use crate::diagnostic::{Code, Finding, Place, Severity, Site};
use crate::text::{nearest_all, or_list, quoted};

/// The rules of this file.
pub static CODES: &[&Code] = &[
    &MISSING_FILE,
    &PERSON,
    &CLASS,
    &REFERENTIAL,
    &SCENARIO,
    &EVALUATION,
    &PUPIL,
    &TASK,
    &CRITERION,
    &COMPETENCE,
    &ANNEX,
    &PERIOD,
    &GRID,
    &SESSION,
    &COMMISSION,
    &GROUP,
];

/// `school.toml`, `staff.toml` or the classes of a year are missing.
pub(super) static MISSING_FILE: Code = Code {
    name: "FICHIER-MANQUANT",
    severity: Severity::Error,
    summary: "L’établissement, l’équipe et les classes de l’année ont chacun leur fichier",
    explanation: "`school.toml` dit de quel établissement il s’agit, `staff.toml` qui peut y écrire, \
        `classes/ANNÉE.toml` quelles sont les classes de l’année en cours et de chaque année qui a un \
        calendrier. Sans eux, rien d’autre ne peut être vérifié. Un établissement commence par déclarer son \
        DDFPT ou son chef d’établissement (CNX-11).",
    wrong: "(pas de fichier staff.toml)",
    right: "staff.toml :\n[personnes.mercier-paul]\ncivilite = \"M.\"\n…",
};

/// A person who is not in `staff.toml`.
pub(super) static PERSON: Code = Code {
    name: "REF-PERSONNE",
    severity: Severity::Error,
    summary: "Une personne citée fait partie de l’équipe",
    explanation: "Les personnes sont citées par leur identifiant de `staff.toml`, par exemple \
        `mercier-paul`. Si la personne vient d’arriver, mettez d’abord à jour STS et SIECLE, puis \
        demandez au DDFPT de refaire l’import.",
    wrong: "auteur = \"mercier-pol\"",
    right: "auteur = \"mercier-paul\"",
};

/// A class that is not in `classes/`.
pub(super) static CLASS: Code = Code {
    name: "REF-CLASSE",
    severity: Severity::Error,
    summary: "Une classe citée existe cette année-là",
    explanation: "Les classes d’une année sont décrites dans `classes/ANNÉE.toml`. Le dossier d’une \
        évaluation porte l’identifiant de la classe.",
    wrong: "evaluations/2026-2027/1mcva9/accueil-client.toml",
    right: "evaluations/2026-2027/1mcva1/accueil-client.toml",
};

/// A référentiel that is not in `referentials/`.
pub(super) static REFERENTIAL: Code = Code {
    name: "REF-DIPLOME",
    severity: Severity::Error,
    summary: "Un diplôme cité a son référentiel",
    explanation: "Le code d’un diplôme est le nom de son fichier dans `referentials/`.",
    wrong: "diplome = \"mcva\"",
    right: "diplome = \"mcv-a\"",
};

/// A scenario that does not exist.
pub(super) static SCENARIO: Code = Code {
    name: "REF-SCENARIO",
    severity: Severity::Warning,
    summary: "Un scénario cité existe encore",
    explanation: "L’évaluation garde sa propre copie du scénario : la suppression d’un scénario ne \
        lui enlève rien (EVA-02). Ce message signale seulement que le lien ne mène plus nulle part : corrigez-le, \
        ou supprimez la ligne.",
    wrong: "scenario = \"mcv-a/premiere/acceuil-client\"",
    right: "scenario = \"mcv-a/premiere/accueil-client\"",
};

/// An evaluation that does not exist.
pub(super) static EVALUATION: Code = Code {
    name: "REF-EVALUATION",
    severity: Severity::Error,
    summary: "Un bilan cite des évaluations qui existent",
    explanation: "Un bilan nomme les évaluations prises en compte par leur année, leur classe et leur \
        nom. Elles ne se modifient plus ensuite : une évaluation citée ne doit donc pas disparaître.",
    wrong: "evaluations = [\"2026-2027/1mcva1/acceuil-client\"]",
    right: "evaluations = [\"2026-2027/1mcva1/accueil-client\"]",
};

/// A pupil who does not exist.
pub(super) static PUPIL: Code = Code {
    name: "REF-ELEVE",
    severity: Severity::Error,
    summary: "Un élève cité a sa fiche",
    explanation: "Les élèves sont cités par le nom de leur dossier. Les homonymes sont numérotés : \
        `nguyen-an`, `nguyen-an-2`. Si l’élève vient d’arriver, l’administration met d’abord SIECLE à jour, \
        puis le DDFPT refait l’import : sa fiche est alors créée (IMP-08).",
    wrong: "dupond-lea = [\"+\", \"-\"]",
    right: "dupont-lea = [\"+\", \"-\"]",
};

/// A task that is not in the référentiel.
pub(super) static TASK: Code = Code {
    name: "REF-TACHE",
    severity: Severity::Error,
    summary: "Une tâche citée est dans le référentiel",
    explanation: "Les codes des tâches sont ceux du référentiel (SCE-19). La page du référentiel les \
        donne tous.",
    wrong: "taches = [\"A1-T22\"]",
    right: "taches = [\"A1-T2\"]",
};

/// A criterion that is not in the référentiel.
pub(super) static CRITERION: Code = Code {
    name: "REF-CRITERE",
    severity: Severity::Error,
    summary: "Un critère cité est dans le référentiel",
    explanation: "Une évaluation porte sur les critères du référentiel, jamais sur leurs indicateurs de \
        réussite (EVA-06, EVA-07). Quand le référentiel ne donne pas de critère pour une compétence, le code \
        de la compétence en tient lieu.",
    wrong: "criteres = [\"C1.2\"]",
    right: "criteres = [\"C1.2.a\"]",
};

/// A competence that is not in the référentiel.
pub(super) static COMPETENCE: Code = Code {
    name: "REF-COMPETENCE",
    severity: Severity::Error,
    summary: "Une compétence citée est dans le référentiel",
    explanation: "Un bilan positionne l’élève sur les compétences du référentiel de sa classe, par leur \
        code entre guillemets.",
    wrong: "\"C1.9\" = \"+\"",
    right: "\"C1.3\" = \"+\"",
};

/// An annex that does not exist.
pub(super) static ANNEX: Code = Code {
    name: "REF-ANNEXE",
    severity: Severity::Warning,
    summary: "Une annexe citée existe encore",
    explanation: "Une période garde sa propre copie des objectifs et des tâches de l’annexe : supprimer \
        une annexe ne lui enlève rien (ANX-11). Ce message signale seulement que le lien ne mène plus \
        nulle part : corrigez-le, ou supprimez la ligne.",
    wrong: "annexe = \"mcv-a/premiere/decouvrte\"",
    right: "annexe = \"mcv-a/premiere/decouverte\"",
};

/// A period that does not exist.
pub(super) static PERIOD: Code = Code {
    name: "REF-PERIODE",
    severity: Severity::Error,
    summary: "Un portfolio appartient à une période déclarée",
    explanation: "Le nom du fichier d’un portfolio est celui de sa période, précédé de l’année scolaire : \
        `2026-2027-pfmp-3.toml` pour `pfmp/periods/2026-2027/pfmp-3.toml`. Sans période déclarée par le \
        DDFPT, il n’y a rien à remplir (LCK-07).",
    wrong: "students/2025/dupont-lea/pfmp/2026-2027-pfmp-33.toml",
    right: "students/2025/dupont-lea/pfmp/2026-2027-pfmp-3.toml",
};

/// A grid that is not in the référentiel.
pub(super) static GRID: Code = Code {
    name: "REF-GRILLE",
    severity: Severity::Error,
    summary: "Une grille de certification est une grille du référentiel",
    explanation: "Les grilles viennent du référentiel de la classe (CCF-01). Le nom du fichier est la session, \
        puis le code de la grille en minuscules. Un diplôme dont le référentiel ne donne pas encore de grille \
        nationale ne peut pas en avoir de remplie.",
    wrong: "students/2025/dupont-lea/certification/2028-e35.toml",
    right: "students/2025/dupont-lea/certification/2028-e31.toml",
};

/// A day, a year or a session for which the pupil has no class.
pub(super) static SESSION: Code = Code {
    name: "REF-SESSION",
    severity: Severity::Error,
    summary: "La date, l’année ou la session d’un document est celle d’une classe de l’élève",
    explanation: "Une grille, un livret ou une attestation suit le référentiel de la classe de l’élève \
        cette année-là. Si l’élève n’avait pas de classe, l’année du nom du fichier est fausse, ou une année \
        manque à sa scolarité.",
    wrong: "students/2025/dupont-lea/certification/2026-e31.toml   (en seconde en 2025-2026)",
    right: "students/2025/dupont-lea/certification/2028-e31.toml",
};

/// A commission that is not in the register.
pub(super) static COMMISSION: Code = Code {
    name: "REF-COMMISSION",
    severity: Severity::Error,
    summary: "Une commission citée est dans le registre de la même session",
    explanation: "Une consultation par un jury nomme la commission par le nom de son fichier, dans le dossier \
        `commissions` de la même session. On sait ainsi qui siégeait quand les livrets ont été examinés.",
    wrong: "commission = \"jury-mcva\"",
    right: "commission = \"jury-mcv-a\"",
};

/// A group that is not in `classes/`.
pub(super) static GROUP: Code = Code {
    name: "REF-GROUPE",
    severity: Severity::Error,
    summary: "Un groupe cité existe cette année-là",
    explanation: "Les groupes d’une année sont décrits dans `classes/ANNÉE.toml`, sous un titre \
        `[groupes.identifiant]` que pose l’import de STS. SIECLE peut citer un groupe que STS ne connaît pas : il \
        faut alors mettre STS à jour et refaire l’import (NAT-05). Les élèves concernés sont nommés.",
    wrong: "groupes = [\"tcielg9\"]",
    right: "groupes = [\"tcielg1\"]",
};

/// What to do when somebody is unknown (IMP-08).
const REFRESH_STAFF: &str = "si la personne vient d’arriver, faites d’abord mettre à jour STS, puis demandez au DDFPT de refaire l’import";
const REFRESH_PUPILS: &str = "si l’élève vient d’arriver, faites d’abord mettre à jour SIECLE, puis demandez au DDFPT de refaire l’import";

/// A finding for a name nobody knows, with the nearest known ones.
pub(super) fn unknown<'a>(
    code: &'static Code,
    site: Site,
    what: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Finding {
    let place = site.place.clone();
    let mut finding = Finding::new(code, site, format!("{what} {} n’existe pas", quoted(name)));
    let near = nearest_all(name, known);
    let names: Vec<String> = near.iter().take(SUGGESTIONS).map(|near| quoted(near)).collect();
    let verb = if place == Place::File { "renommez en" } else { "écrivez" };
    let mut help = Vec::new();
    if !names.is_empty() {
        help.push(format!("{verb} {}", or_list(&names)));
    }
    if code == &PERSON {
        help.push(REFRESH_STAFF.to_owned());
    } else if code == &PUPIL {
        help.push(REFRESH_PUPILS.to_owned());
    }
    finding.help = (!help.is_empty()).then(|| help.join(" ; "));
    finding.replacement = match (near.as_slice(), place) {
        ([near], Place::Value(_)) => Some(crate::record::quote(near)),
        // Codes of a référentiel hold dots, which a key only may between quotes.
        ([near], Place::Key(_)) if is_code(code) => Some(crate::record::quote(near)),
        ([near], Place::Key(_)) => Some((*near).to_owned()),
        // Several are as near, or the name is that of a folder.
        _ => None,
    };
    finding
}

/// Whether a reference is to a code of a référentiel.
fn is_code(reference: &Code) -> bool {
    [&TASK, &CRITERION, &COMPETENCE].contains(&reference)
}

/// How many names are suggested at most.
const SUGGESTIONS: usize = 4;
