//! FAM-DATES: the steps of the opening of the families' site follow one another.

use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "FAM-DATES",
    severity: Severity::Error,
    summary: "L’ouverture du site des familles a ses quatre dates dans l’ordre",
    explanation: "Le chef d’établissement décide (`activation`), le site est mis en ligne (`ouverture`), les lettres \
        sont remises (`notification`), et les familles ont jusqu’à `refus_avant` pour rendre le coupon (NAT-30). Deux \
        étapes peuvent avoir lieu le même jour. Ces dates sont la preuve que chacun a pu refuser à temps.",
    wrong: "notification = 2026-09-18\nrefus_avant = 2026-09-11",
    right: "notification = 2026-09-18\nrefus_avant = 2026-10-02",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let Some(site) = &school.establishment.familles else { return Vec::new() };
    let steps = [
        ("activation", "la décision d’ouvrir", site.activation),
        ("ouverture", "la mise en ligne", site.ouverture),
        ("notification", "la remise des lettres", site.notification),
        ("refus_avant", "le dernier jour des coupons", site.refus_avant),
    ];
    let file = Arc::from("school.toml");
    let at = |key: &str| Site::value(&file, key_path!["familles", key]);
    let known: Vec<_> =
        steps.iter().filter_map(|(key, words, day)| Some((*key, *words, (*day)?))).collect();
    let mut findings = Vec::new();
    for pair in known.windows(2) {
        let [(first, before, early), (second, after, late)] = pair else { continue };
        if late < early {
            let message = format!(
                "{after}, le {}, serait avant {before}, le {}",
                long_date(*late),
                long_date(*early)
            );
            findings.push(
                Finding::new(&CODE, at(second), message)
                    .help("corrigez l’une des deux dates")
                    .related(at(first), *before),
            );
        }
    }
    findings
}
