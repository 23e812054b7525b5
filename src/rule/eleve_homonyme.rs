//! ELEVE-HOMONYME: the id of a pupil is unique over all cohorts.

use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "ELEVE-HOMONYME",
    severity: Severity::Error,
    summary: "Le nom de dossier d’un élève est unique, toutes années d’entrée confondues",
    explanation: "Une évaluation cite un élève par le seul nom de son dossier. Deux dossiers du même nom \
        dans deux années d’entrée mêleraient deux élèves : le second porte un numéro. S’il s’agit du même \
        élève revenu dans l’établissement, il garde son premier dossier et y reçoit une nouvelle année de \
        scolarité.",
    wrong: "students/2024/nguyen-an/student.toml\nstudents/2026/nguyen-an/student.toml",
    right: "students/2024/nguyen-an/student.toml\nstudents/2026/nguyen-an-2/student.toml",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let twins = school.twins.iter();
    twins
        .map(|twin| {
            let kept = &school.pupils[twin.kept];
            let message = format!(
                "un élève entré en {} a déjà un dossier du nom de {}",
                kept.cohort,
                quoted(&kept.id)
            );
            Finding::new(&CODE, Site::file(&twin.file), message)
                .help(format!(
                    "renommez ce dossier {} si ce sont deux élèves, ou gardez le premier si c’est le même",
                    quoted(&next_id(school, &kept.id))
                ))
                .related(Site::file(&kept.file), "le premier dossier de ce nom")
        })
        .collect()
}

fn next_id(school: &School, id: &str) -> String {
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let mut free = numbered.filter(|name| school.pupil(name).is_none());
    free.next().unwrap_or_default()
}
