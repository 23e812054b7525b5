//! CLASSE-DOUBLON: two classes of a year have two names.

use super::shared::twice::repeated;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Class, School};
use crate::text::{quoted, slug};

pub(super) static CODE: Code = Code {
    name: "CLASSE-DOUBLON",
    severity: Severity::Warning,
    summary: "Deux classes d’une année n’ont pas le même nom",
    explanation: "Les pages et les documents désignent les classes par leur nom : deux classes du même nom \
        ne s’y distinguent plus. C’est le plus souvent une entrée recopiée dont le nom n’a pas été changé.",
    wrong: "[classes.1mcva1]\nnom = \"1 MCV A 1\"\n[classes.1mcva2]\nnom = \"1 MCV A 1\"",
    right: "[classes.1mcva1]\nnom = \"1 MCV A 1\"\n[classes.1mcva2]\nnom = \"1 MCV A 2\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let classes = school.classes.values();
    let name = |class: &Class| Site::value(&class.file, key_path!["classes", &class.key, "nom"]);
    repeated(classes.iter().map(|class| (class.year, slug(&class.record.nom))))
        .into_iter()
        .map(|(again, first)| {
            let message = format!(
                "deux classes de {} s’appellent {}",
                classes[again].year,
                quoted(&classes[again].record.nom)
            );
            Finding::new(&CODE, name(&classes[again]), message)
                .help("donnez à chaque classe son nom de l’emploi du temps")
                .related(name(&classes[first]), "le même nom")
        })
        .collect()
}
