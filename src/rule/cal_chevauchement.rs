//! CAL-CHEVAUCHEMENT: the official periods of a class follow one another.

use std::collections::BTreeMap;

use super::shared::calendar::calendars;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::{count, long_date, quoted};

pub(super) static CODE: Code = Code {
    name: "CAL-CHEVAUCHEMENT",
    severity: Severity::Error,
    summary: "Deux périodes officielles d’une classe ne se chevauchent pas",
    explanation: "Un bilan appartient à une seule période officielle, trimestre ou semestre (PER-07). \
        Quand deux périodes se chevauchent, faites commencer la seconde le lendemain de la fin de la \
        première ; quand elles sont destinées à des classes différentes, précisez `niveaux`, `diplomes` ou \
        `classes`.",
    wrong: "code = \"S1\"  fin = 2027-01-22\ncode = \"S2\"  debut = 2027-01-18",
    right: "code = \"S1\"  fin = 2027-01-22\ncode = \"S2\"  debut = 2027-01-23",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (year, file, calendar) in calendars(school) {
        let mut clashes: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
        for class in year.classes.iter().map(|ix| &school.classes[*ix]) {
            let mut latest: Option<usize> = None;
            for (at, period) in year.periods_of(class) {
                // A period that ends before it begins has its own rule.
                if period.fin < period.debut {
                    continue;
                }
                if let Some(before) = latest
                    && period.debut <= calendar.periodes[before].fin
                {
                    clashes.entry((before, at)).or_default().push(&class.record.nom);
                }
                if latest.is_none_or(|before| calendar.periodes[before].fin < period.fin) {
                    latest = Some(at);
                }
            }
        }
        for ((before, at), classes) in clashes {
            let (first, second) = (&calendar.periodes[before], &calendar.periodes[at]);
            let concerned = match classes.as_slice() {
                all if all.len() == year.classes.len() => "toutes les classes".to_owned(),
                [one] => format!("la classe {one}"),
                several => count(several.len(), "classe", "classes"),
            };
            let message = format!(
                "la période {} commence le {}, alors que {} ne finit que le {} (pour {concerned})",
                quoted(&second.code),
                long_date(second.debut),
                quoted(&first.code),
                long_date(first.fin)
            );
            findings.push(
                Finding::new(&CODE, Site::value(file, key_path!["periodes", at, "debut"]), message)
                    .help("faites commencer la seconde période le lendemain de la fin de la première, ou précisez les classes de chacune")
                    .related(
                        Site::value(file, key_path!["periodes", before, "fin"]),
                        format!("fin de {}", quoted(&first.code)),
                    ),
            );
        }
    }
    findings
}
