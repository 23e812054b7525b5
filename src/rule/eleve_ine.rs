//! ELEVE-INE: the national number of a pupil has its form, and is nobody else's.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::quote;
use crate::school::{Pupil, School};
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "ELEVE-INE",
    severity: Severity::Warning,
    summary: "L’INE a onze caractères et n’est qu’à un seul élève",
    explanation: "L’identifiant national élève a neuf chiffres et deux lettres, ou dix chiffres et une \
        lettre pour les plus anciens. Il peut manquer, mais un INE faux ou en double empêche les transferts \
        vers PRONOTE et vers un autre établissement (BIL-16). La correction se fait dans SIECLE, puis par \
        l’import.",
    wrong: "ine = \"12089177HA\"",
    right: "ine = \"120890177HA\"",
};

fn is_ine(text: &str) -> bool {
    let letters = text.bytes().rev().take_while(u8::is_ascii_uppercase).count();
    text.len() == 11
        && matches!(letters, 1 | 2)
        && text.bytes().take(11 - letters).all(|b| b.is_ascii_digit())
}

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut owners: BTreeMap<&str, &Pupil> = BTreeMap::new();
    let site = |pupil: &Pupil| Site::value(&pupil.file, key_path!["ine"]);
    for pupil in school.pupils.values() {
        let Some(ine) = pupil.record.ine.as_deref() else { continue };
        if !is_ine(ine) {
            let message = format!(
                "{} n’est pas un INE : neuf chiffres et deux lettres majuscules, ou dix chiffres et une lettre",
                quoted(ine)
            );
            let tidy: String =
                ine.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
            let finding = Finding::new(&CODE, site(pupil), message);
            findings.push(if is_ine(&tidy) {
                finding.help(format!("écrivez {}", quote(&tidy))).replace_with(quote(&tidy))
            } else {
                finding.help("recopiez l’INE de SIECLE, ou supprimez la ligne")
            });
            continue;
        }
        let owner = *owners.entry(ine).or_insert(pupil);
        if owner.id != pupil.id {
            let message =
                format!("{} et {} ont le même INE, {ine}", pupil.full_name(), owner.full_name());
            findings.push(
                Finding::new(&CODE, site(pupil), message)
                    .help("vérifiez les deux INE dans SIECLE ; si c’est le même élève, gardez une seule fiche")
                    .related(site(owner), "le même INE"),
            );
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::is_ine;

    #[test]
    fn both_forms_of_ine_are_known() {
        assert!(is_ine("120890177HA") && is_ine("1208901772A"));
        assert!(!is_ine("120890177ha") && !is_ine("12089017HAA") && !is_ine("12089017722"));
    }
}
