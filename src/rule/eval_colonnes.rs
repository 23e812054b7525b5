//! EVAL-COLONNES: each row of results has one sign a criterion.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Outcome;
use crate::school::{Evaluation, School};
use crate::text::{count, elide_de, plural};

pub(super) static CODE: Code = Code {
    name: "EVAL-COLONNES",
    severity: Severity::Error,
    summary: "Chaque ligne de résultats a un signe par critère",
    explanation: "Les colonnes du tableau sont les critères de la ligne `criteres`, dans l’ordre : le premier \
        signe d’un élève est son résultat pour le premier critère (EVA-06). Un critère non évalué se note \
        \"NE\". Pour un élève absent ou dispensé, un seul \"abs\" ou \"disp\" tient lieu de toute la ligne ; \
        [] veut dire : choisi, pas encore évalué.",
    wrong: "criteres = [\"C1.0.a\", \"C1.2.a\", \"C1.2.c\"]\n[resultats]\ndupont-lea = [\"+\", \"++\"]",
    right: "criteres = [\"C1.0.a\", \"C1.2.a\", \"C1.2.c\"]\n[resultats]\ndupont-lea = [\"+\", \"++\", \"NE\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    // Without any criterion, EVAL-CRITERES is enough.
    let evaluations = school.evaluations.values().iter();
    evaluations
        .filter(|evaluation| !evaluation.record.criteres.is_empty())
        .flat_map(|evaluation| of_evaluation(school, evaluation))
        .collect()
}

fn of_evaluation(school: &School, evaluation: &Evaluation) -> Vec<Finding> {
    let columns = evaluation.record.criteres.len();
    let rows = || evaluation.record.resultats.iter();
    let rated = rows().filter(|(_, row)| !row.is_empty() && !row.iter().any(|o| o.is_neutral()));
    let lengths: Vec<usize> = rated.map(|(_, row)| row.len()).collect();
    // All rows alike: a criterion was added or taken away after the rating.
    let shared = match lengths.as_slice() {
        [first, rest @ ..] if rest.len() >= 2 && rest.iter().all(|length| length == first) => {
            Some(*first).filter(|length| *length != columns)
        }
        _ => None,
    };
    let mut findings = Vec::new();
    if let Some(length) = shared {
        let message = format!(
            "il y a {}, mais les {} lignes de résultats ont {}",
            count(columns, "critère", "critères"),
            lengths.len(),
            count(length, "signe", "signes")
        );
        findings.push(
            Finding::new(&CODE, Site::value(&evaluation.file, key_path!["criteres"]), message)
                .help("si un critère a été ajouté ou supprimé, ajoutez ou supprimez sa colonne dans chaque ligne, à la même place"),
        );
    }
    for (id, row) in rows() {
        let name = || {
            elide_de(&school.pupil(id).map_or(id.to_owned(), |ix| school.pupils[ix].full_name()))
        };
        let message = match row.as_slice() {
            [] => continue,
            [one] if one.is_neutral() => continue,
            several if several.iter().all(|outcome| outcome.is_neutral()) => format!(
                "la ligne {} a {} mentions d’absence ou de dispense : une seule suffit pour toute la ligne",
                name(),
                several.len()
            ),
            several if several.iter().any(|outcome| outcome.is_neutral()) => format!(
                "la ligne {} mêle des résultats et une mention d’absence ou de dispense",
                name()
            ),
            _ if shared.is_some() || row.len() == columns => continue,
            _ => format!(
                "la ligne {} a {} pour {}",
                name(),
                count(row.len(), "signe", "signes"),
                count(columns, "critère", "critères")
            ),
        };
        let site = Site::value(&evaluation.file, key_path!["resultats", id]);
        let finding = mend(Finding::new(&CODE, site, message), row, columns);
        findings.push(if row.iter().any(|outcome| outcome.is_neutral()) {
            finding
        } else {
            let criteria = Site::value(&evaluation.file, key_path!["criteres"]);
            finding.related(criteria, "les critères de cette évaluation")
        });
    }
    findings
}

fn mend(finding: Finding, row: &[Outcome], columns: usize) -> Finding {
    let neutral = row.iter().find(|outcome| outcome.is_neutral());
    match neutral {
        Some(first) if row.iter().all(|outcome| outcome == first) => {
            let alone = format!("[\"{}\"]", first.as_str());
            finding.help(format!("écrivez {alone}")).replace_with(alone)
        }
        Some(_) => finding.help("écrivez [\"abs\"] ou [\"disp\"] seul ; pour un seul critère non évalué, écrivez \"NE\""),
        None if row.len() < columns => {
            let lacking = columns - row.len();
            finding.help(format!(
                "ajoutez {} à {} place ; écrivez \"NE\" pour un critère non évalué",
                plural(lacking, "le signe qui manque", "les signes qui manquent"),
                plural(lacking, "sa", "leur"),
            ))
        }
        None => finding.help(format!(
            "supprimez {} de trop, ou ajoutez le critère oublié",
            plural(row.len() - columns, "le signe", "les signes")
        )),
    }
}
