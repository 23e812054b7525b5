//! PORT-SEMAINE: entries of the log, fiches and comments bear a number that the period has, once.

use super::shared::twice::repeated;
use crate::diagnostic::{Code, Finding, KeyPath, Severity, Site, key_path};
use crate::record::Status;
use crate::school::{Period, Portfolio, School};
use crate::text::{count, quoted};

pub(super) static CODE: Code = Code {
    name: "PORT-SEMAINE",
    severity: Severity::Error,
    summary: "Journal, fiches et commentaires portent un numéro que la période connaît, une seule fois",
    explanation: "Le journal a une entrée par semaine de la période, et la semaine 1 est celle du premier \
        jour. Un élève écrit une fiche par semaine, un apprenti une seule pour la période (POR-02, POR-03). Un \
        numéro plus grand, ou écrit deux fois, est une faute de frappe, ou les dates de la période ont changé \
        depuis. Un commentaire peut porter sur une semaine où l’apprenant n’a encore rien écrit.",
    wrong: "[[journal]]\nsemaine = 5   # la période a 4 semaines",
    right: "[[journal]]\nsemaine = 4",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let portfolios = school.portfolios.values().iter();
    portfolios.flat_map(|portfolio| of_portfolio(school, portfolio)).collect()
}

fn of_portfolio(school: &School, portfolio: &Portfolio) -> Vec<Finding> {
    let period = &school.periods[portfolio.period];
    let weeks = period.weeks().len();
    // Reversed dates are told of the period itself.
    if weeks == 0 {
        return Vec::new();
    }
    let record = &portfolio.record;
    let journal: Vec<i64> = record.journal.iter().map(|week| week.semaine.0).collect();
    let sheets: Vec<i64> = record.fiches.iter().map(|sheet| sheet.numero.0).collect();
    let comments: Vec<(usize, i64)> = (record.commentaires.iter().enumerate())
        .filter_map(|(n, comment)| Some((n, comment.semaine?.0)))
        .collect();
    let expected = period.expected_sheets();
    let mut findings = Vec::new();
    let mut beyond = |number: i64, most: usize, path: KeyPath, message: String| {
        if usize::try_from(number).is_ok_and(|number| number > most) {
            findings.push(too_far(period, portfolio, path, most, message));
        }
    };
    for (n, number) in journal.iter().enumerate() {
        let message = format!(
            "le journal parle de la semaine {number}, mais la période {} a {}",
            quoted(&period.record.titre),
            count(weeks, "semaine", "semaines")
        );
        beyond(*number, weeks, key_path!["journal", n, "semaine"], message);
    }
    for (n, number) in sheets.iter().enumerate() {
        let message = match period.status() {
            Status::School => format!(
                "la fiche porte le numéro {number}, mais la période {} en demande {expected}, une par semaine",
                quoted(&period.record.titre)
            ),
            Status::Apprentice => format!(
                "la fiche porte le numéro {number}, mais un apprenti en écrit une seule pour la période"
            ),
        };
        beyond(*number, expected, key_path!["fiches", n, "numero"], message);
    }
    for (n, number) in &comments {
        let message = format!(
            "le commentaire porte sur la semaine {number}, mais la période {} a {}",
            quoted(&period.record.titre),
            count(weeks, "semaine", "semaines")
        );
        beyond(*number, weeks, key_path!["commentaires", *n, "semaine"], message);
    }
    for (list, key, numbers, what) in [
        ("journal", "semaine", journal, "deux entrées du journal portent sur la semaine"),
        ("fiches", "numero", sheets, "deux fiches portent le numéro"),
    ] {
        for (again, first) in repeated(&numbers) {
            let site = Site::value(&portfolio.file, key_path![list, again, key]);
            let first = Site::value(&portfolio.file, key_path![list, first, key]);
            findings.push(
                Finding::new(&CODE, site, format!("{what} {}", numbers[again]))
                    .help("corrigez le numéro, ou réunissez les deux textes")
                    .related(first, "la première"),
            );
        }
    }
    findings
}

fn too_far(
    period: &Period,
    portfolio: &Portfolio,
    path: KeyPath,
    most: usize,
    message: String,
) -> Finding {
    let help = match most {
        1 => "écrivez 1".to_owned(),
        most => format!("écrivez un numéro de 1 à {most}, ou corrigez les dates de la période"),
    };
    Finding::new(&CODE, Site::value(&portfolio.file, path), message)
        .help(help)
        .related(Site::value(&period.file, key_path!["fin"]), "la fin de la période")
}
