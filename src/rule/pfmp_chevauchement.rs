//! PFMP-CHEVAUCHEMENT: a learner is in one period at a time.

use super::shared::period::{dates, is_sound, name, names};
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::quote;
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "PFMP-CHEVAUCHEMENT",
    severity: Severity::Error,
    summary: "Un apprenant n’est pas dans deux périodes à la fois",
    explanation: "Tous les apprenants d’un niveau ne font pas forcément la même période (PFM-10), mais personne \
        n’est dans deux entreprises le même jour : les semaines compteraient deux fois. Une période sans ligne \
        `apprenants` concerne tout le niveau : écartez par `sauf` ceux qui en font une autre.",
    wrong: "# pfmp-3.toml : tout le niveau, du 4 au 30 janvier\n# pfmp-3-etranger.toml, aux mêmes dates\napprenants = [\"dupont-lea\"]",
    right: "# pfmp-3.toml\nsauf = [\"dupont-lea\"]",
};

/// How many ids the help writes out.
const SHOWN: usize = 6;

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pair in school.period_overlaps() {
        let (first, second) = (&school.periods[pair.first], &school.periods[pair.second]);
        if !is_sound(first) || !is_sound(second) {
            continue;
        }
        let verb = if pair.learners.len() == 1 { "est" } else { "sont" };
        let message = format!(
            "{} {verb} aussi dans {}, {}",
            names(school, &pair.learners),
            name(school, first),
            dates(first)
        );
        // The period that takes the whole level is the one to narrow.
        let wide = [first, second].into_iter().find(|period| period.record.apprenants.is_none());
        let whole = wide.is_some_and(|wide| wide.learners.len() == pair.learners.len());
        let ids: Vec<String> =
            pair.learners.iter().map(|ix| quote(&school.pupils[*ix].id)).collect();
        let help = match wide {
            Some(wide) if !whole && ids.len() <= SHOWN => format!(
                "dans {}, écrivez sauf = [{}], ou corrigez les dates",
                wide.file,
                ids.join(", ")
            ),
            Some(wide) if !whole => {
                format!(
                    "dans {}, ajoutez une ligne sauf = […] avec leurs identifiants, ou corrigez les dates",
                    wide.file
                )
            }
            _ => "corrigez les dates, ou supprimez celle des deux périodes qui est de trop"
                .to_owned(),
        };
        findings.push(
            Finding::new(&CODE, Site::value(&second.file, key_path!["debut"]), message)
                .help(help)
                .related(Site::value(&first.file, key_path!["fin"]), "fin de l’autre période"),
        );
    }
    findings
}
