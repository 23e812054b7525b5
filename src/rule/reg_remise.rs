//! REG-REMISE: a delivery names its pupils once each, and does not begin before its day.

use super::shared::twice::repeated;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::KeptDocument;
use crate::school::{Addressee, Delivery, School};
use crate::text::{Date, long_date, quoted, slug};

pub(super) static CODE: Code = Code {
    name: "REG-REMISE",
    severity: Severity::Error,
    summary: "Une remise nomme chaque élève une fois, ou chaque lecteur pour des lettres d’accès",
    explanation: "La feuille d’émargement a une ligne par élève, avec sa signature : c’est la preuve que la famille \
        a reçu le document, par exemple le livret sur papier après un refus du site (NAT-29). La date d’une remise \
        est son premier jour ; `le` dit le jour de ceux qui sont venus plus tard. Les lettres d’accès (`acces`) ont une ligne \
        par lecteur : l’élève, et chacun de ses responsables.",
    wrong: "[[remises]]\neleve = \"dupont-lea\"\n[[remises]]\neleve = \"dupont-lea\"",
    right: "[[remises]]\neleve = \"dupont-lea\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for delivery in school.deliveries.values() {
        if school.is_broken(&delivery.file) {
            continue;
        }
        let record = &delivery.record;
        let key = |n: usize, key: &str| Site::value(&delivery.file, key_path!["remises", n, key]);
        if record.remises.is_empty() {
            let site = Site::value(&delivery.file, key_path!["remises"]);
            findings.push(
                Finding::new(&CODE, site, "cette remise ne nomme aucun élève")
                    .help("ajoutez un bloc [[remises]] avec eleve = \"…\" pour chaque élève"),
            );
        }
        let lines = record.remises.iter().enumerate();
        let copies = lines.map(|(n, one)| (&*one.eleve, reader(school, delivery, n)));
        for (again, first) in repeated(copies) {
            let who = &record.remises[again];
            let who =
                who.destinataire.as_deref().filter(|_| is_letter(delivery)).unwrap_or(&who.eleve);
            let message = format!("{} figure deux fois", quoted(who));
            findings.push(
                Finding::new(&CODE, key(again, "eleve"), message)
                    .help("gardez un seul de ces deux blocs")
                    .related(key(first, "eleve"), "la première fois"),
            );
        }
        for (n, one) in record.remises.iter().enumerate() {
            if let Some(day) = one.le.filter(|day| *day < record.date) {
                let message = format!(
                    "cet exemplaire serait remis le {}, avant le premier jour de la remise, le {}",
                    long_date(day),
                    long_date(record.date)
                );
                findings.push(
                    Finding::new(&CODE, key(n, "le"), message)
                        .help("corrigez l’une des deux dates")
                        .related(Site::value(&delivery.file, key_path!["date"]), "le premier jour"),
                );
            }
        }
    }
    findings
}

/// Whether the copies are letters, one a reader.
fn is_letter(delivery: &Delivery) -> bool {
    delivery.record.document == KeptDocument::Access
}

/// For a letter, who receives it and when: a letter that replaces another is handed over another day.
fn reader(
    school: &School,
    delivery: &Delivery,
    n: usize,
) -> Option<(Vec<Addressee>, String, Option<Date>)> {
    let copy = &delivery.record.remises[n];
    let typed = copy.destinataire.as_deref();
    is_letter(delivery).then(|| {
        let known = delivery.pupils[n].map(|ix| school.pupils[ix].addressees(typed));
        let known = known.unwrap_or_default();
        let raw = if known.is_empty() { slug(typed.unwrap_or_default()) } else { String::new() };
        (known, raw, copy.le)
    })
}
