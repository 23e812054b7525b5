//! CCF-VERROUILLAGE: a grid is locked when nothing is missing, and not before.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{FilledGrid, GridGap, School};
use crate::text::{and_list, long_date};

pub(super) static CODE: Code = Code {
    name: "CCF-VERROUILLAGE",
    severity: Severity::Error,
    summary: "Une grille ne se verrouille que complète",
    explanation: "La grille verrouillée est celle qui part au jury : chaque ligne a son niveau, et la grille a sa \
        date, le numéro du candidat, une commission d’au moins deux personnes, la note proposée, et le \
        commentaire quand la grille nationale le demande (CCF-07, LCK-04). Un candidat absent n’a ni niveaux \
        ni note. La note harmonisée vient après : elle n’est pas demandée ici.",
    wrong: "# ni date, ni note\n[verrouillage]\nle = 2027-05-18\npar = \"mercier-paul\"",
    right: "date = 2027-05-18\nnote_proposee = 13.5\n…\n[verrouillage]\nle = 2027-05-18\npar = \"mercier-paul\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for grid in school.grids.values().iter().filter(|grid| !school.is_broken(&grid.file)) {
        let Some(seal) = &grid.record.verrouillage else { continue };
        if let Some(date) = grid.record.date.filter(|date| seal.le < *date) {
            let message = format!(
                "cette grille du {} serait verrouillée avant, le {}",
                long_date(date),
                long_date(seal.le)
            );
            let site = Site::value(&grid.file, key_path!["verrouillage", "le"]);
            findings.push(Finding::new(&CODE, site, message).help("corrigez l’une des deux dates"));
        }
        if grid.is_locked() {
            findings.extend(incomplete(school, grid));
        }
    }
    findings
}

/// All that is missing, in one finding.
fn incomplete(school: &School, grid: &FilledGrid) -> Option<Finding> {
    let referential = &school.referentials[grid.diploma];
    let mut gaps = grid.gaps(school);
    // Two members who are one person, or no person at all, have their own rule.
    gaps.retain(|gap| !matches!(gap, GridGap::Members(_)) || grid.record.commission.len() < 2);
    if gaps.is_empty() {
        return None;
    }
    let words: Vec<String> = gaps.iter().map(|gap| gap.words(referential)).collect();
    let typing: Vec<String> = gaps.iter().map(|gap| gap.typing(referential)).collect();
    let message = format!("cette grille est verrouillée, mais il y manque {}", and_list(&words));
    let help = format!(
        "ajoutez {}, ou supprimez [verrouillage] tant que la grille n’est pas complète",
        and_list(&typing)
    );
    let site = Site::key(&grid.file, key_path!["verrouillage"]);
    let finding = Finding::new(&CODE, site, message).help(help);
    let pupil = &school.pupils[grid.pupil];
    Some(match gaps.contains(&GridGap::CandidateNumber) {
        true => finding.related(Site::file(&pupil.file), "la fiche de l’élève"),
        false => finding,
    })
}
