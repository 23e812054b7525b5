//! CCF-LIGNES: levels are given on the lines of the national grid, and on no others.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "CCF-LIGNES",
    severity: Severity::Error,
    summary: "Une grille de certification ne positionne que sur ses propres lignes",
    explanation: "La grille d’un candidat est la grille nationale de l’épreuve, ligne pour ligne (CCF-01). Un \
        critère d’une autre épreuve n’y a pas de case : son niveau ne serait vu de personne, et la ligne à \
        laquelle on pensait resterait vide.",
    wrong: "# 2027-e31.toml\n\"C2.1.a\" = 3   # ligne de E32",
    right: "# 2027-e31.toml\n\"C1.1.a\" = 3",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for grid in school.grids.values() {
        let referential = &school.referentials[grid.diploma];
        let form = grid.form(school);
        for (criterion, _) in &grid.levels {
            let code = &referential.criteria[criterion.0 as usize].code;
            if form.lignes.contains(code) {
                continue;
            }
            let elsewhere =
                referential.record.grilles.iter().find(|other| other.lignes.contains(code));
            let message = match elsewhere {
                Some(other) => format!(
                    "le critère {} n’est pas une ligne de la grille {}, mais de la grille {}",
                    quoted(code),
                    form.code,
                    other.code
                ),
                None => {
                    format!(
                        "le critère {} n’est pas une ligne de la grille {}",
                        quoted(code),
                        form.code
                    )
                }
            };
            // Which line was meant is the commission's to say: a level moved by guess would be false.
            let empty: Vec<&str> = (form.lignes.iter().map(String::as_str))
                .filter(|line| {
                    referential.criterion(line).is_some_and(|line| grid.level(line).is_none())
                })
                .collect();
            let help = match empty.as_slice() {
                [] => "supprimez cette ligne".to_owned(),
                [one] => format!("supprimez cette ligne, ou écrivez \"{one}\", qui n’a pas encore de niveau"),
                _ => "supprimez cette ligne, ou écrivez le code d’une ligne qui n’a pas encore de niveau"
                    .to_owned(),
            };
            let site = Site::key(&grid.file, key_path!["niveaux", code]);
            findings.push(Finding::new(&CODE, site, message).help(help));
        }
    }
    findings
}
