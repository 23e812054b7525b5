//! CCF-HARMONISATION: the harmonised mark comes after the lock, and beside a proposed mark.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{FilledGrid, School};
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "CCF-HARMONISATION",
    severity: Severity::Error,
    summary: "Une note n’est harmonisée qu’après le verrouillage, à côté de la note proposée",
    explanation: "Le verrouillage se fait en deux temps : la commission ferme la grille avec sa note proposée, \
        puis la commission d’harmonisation donne la sienne (CCF-09). Les deux notes sont gardées, avec leur \
        auteur et leur date : la seconde ne remplace jamais la première.",
    wrong: "# grille pas encore verrouillée\n[harmonisation]\nnote = 14\nle = 2027-06-10\npar = \"mercier-paul\"",
    right: "note_proposee = 13.5\n[verrouillage]\nle = 2027-05-18\npar = \"mercier-paul\"\n[harmonisation]\nnote = 14\nle = 2027-06-10\npar = \"mercier-paul\"\nmotif = \"…\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let grids = school.grids.values().iter().filter(|grid| !school.is_broken(&grid.file));
    grids.flat_map(of_grid).collect()
}

fn of_grid(grid: &FilledGrid) -> Vec<Finding> {
    let record = &grid.record;
    let Some(made) = &record.harmonisation else { return Vec::new() };
    let mut findings = Vec::new();
    let whole = || Site::key(&grid.file, key_path!["harmonisation"]);
    match &record.verrouillage {
        None => findings.push(
            Finding::new(&CODE, whole(), "cette note est harmonisée alors que la grille n’est pas verrouillée")
                .help("ajoutez d’abord [verrouillage] avec le = … et par = \"…\", ou supprimez [harmonisation]"),
        ),
        Some(seal) if made.le < seal.le => {
            let message = format!(
                "cette harmonisation du {} est d’avant le verrouillage, du {}",
                long_date(made.le),
                long_date(seal.le)
            );
            let site = Site::value(&grid.file, key_path!["harmonisation", "le"]);
            findings.push(Finding::new(&CODE, site, message).help("corrigez l’une des deux dates").related(
                Site::value(&grid.file, key_path!["verrouillage", "le"]),
                "le verrouillage",
            ));
        }
        Some(_) => {}
    }
    if record.note_proposee.is_none() && !record.absent {
        let message = "cette note est harmonisée, mais la commission n’a pas proposé de note";
        findings.push(Finding::new(&CODE, whole(), message).help(
            "ajoutez la ligne note_proposee = … : la note d’avant l’harmonisation est gardée à côté de l’autre",
        ));
    }
    findings
}
