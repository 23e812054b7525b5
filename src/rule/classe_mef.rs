//! CLASSE-MEF: the MEF code has eleven characters.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "CLASSE-MEF",
    severity: Severity::Error,
    summary: "Le code MEF d’une classe a onze caractères",
    explanation: "Le code MEF (module élémentaire de formation) vient de SIECLE : dix chiffres du code \
        national, puis un caractère propre à l’établissement, le plus souvent 0. Quelques codes locaux \
        contiennent des lettres majuscules. Le livret scolaire et les exports en dépendent.",
    wrong: "mef = \"2413121432\"",
    right: "mef = \"24131214320\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let faulty = |mef: &str| {
        mef.len() != 11 || !mef.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
    };
    let classes = school.classes.values().iter();
    classes
        .filter_map(|class| {
            let mef = class.record.mef.as_deref().filter(|mef| faulty(mef))?;
            let site = Site::value(&class.file, key_path!["classes", &class.key, "mef"]);
            let message = format!(
                "{} n’est pas un code MEF : il a {} caractères au lieu de onze chiffres",
                quoted(mef),
                mef.chars().count()
            );
            let message = if mef.chars().count() == 11 {
                format!(
                    "{} n’est pas un code MEF : il faut onze chiffres, sans espace",
                    quoted(mef)
                )
            } else {
                message
            };
            Some(
                Finding::new(&CODE, site, message)
                    .help("recopiez le code de SIECLE, ou supprimez la ligne"),
            )
        })
        .collect()
}
