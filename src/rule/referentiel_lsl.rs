//! REFERENTIEL-LSL: the lines of the LSL gather each competence once.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::{and_list, quoted};

pub(super) static CODE: Code = Code {
    name: "REFERENTIEL-LSL",
    severity: Severity::Error,
    summary: "Chaque compétence est dans une ligne du livret, et une seule",
    explanation: "Le livret scolaire réunit parfois plusieurs compétences sous une ligne (LSL-25). Une \
        compétence dans deux lignes compterait deux fois ; quand le livret fusionne les compétences, une \
        compétence oubliée n’y paraîtrait jamais.",
    wrong: "[[lsl.competences]]\nregroupe = [\"C1\", \"C2\"]\n[[lsl.competences]]\nregroupe = [\"C2\"]",
    right: "[[lsl.competences]]\nregroupe = [\"C1\"]\n[[lsl.competences]]\nregroupe = [\"C2\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for referential in school.referentials.values() {
        let Some(lsl) = &referential.record.lsl else { continue };
        let at = |line: usize, place: usize| {
            let path = key_path!["lsl", "competences", line, "regroupe", place];
            Site::value(&referential.file, path)
        };
        let mut first: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (line, expected) in lsl.competences.iter().enumerate() {
            for (place, code) in expected.regroupe.iter().enumerate() {
                let known = *first.entry(code).or_insert((line, place));
                if known == (line, place) {
                    continue;
                }
                let message = format!("la compétence {} est déjà dans le livret", quoted(code));
                findings.push(
                    Finding::new(&CODE, at(line, place), message)
                        .help("gardez-la dans une seule ligne du livret")
                        .related(at(known.0, known.1), "première mention"),
                );
            }
        }
        let forgotten: Vec<String> = referential
            .competences
            .iter()
            .filter(|competence| !first.contains_key(competence.code.as_str()))
            .map(|competence| quoted(&competence.code))
            .collect();
        if lsl.fusion && !lsl.competences.is_empty() && !forgotten.is_empty() {
            let (message, help) = if let [one] = forgotten.as_slice() {
                (format!("la compétence {one} n’est dans aucune ligne du livret"), "ajoutez-la")
            } else {
                let all = and_list(&forgotten);
                (
                    format!("ces compétences ne sont dans aucune ligne du livret : {all}"),
                    "ajoutez chacune",
                )
            };
            findings.push(
                Finding::new(&CODE, Site::key(&referential.file, key_path!["lsl"]), message)
                    .help(format!("{help} à la liste regroupe d’une ligne [[lsl.competences]]")),
            );
        }
    }
    findings
}
