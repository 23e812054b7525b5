//! REG-REMISE: a delivery names its pupils once each (for letters of access, each person who receives
//! one), and does not begin before its day.

use super::shared::twice::repeated;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::KeptDocument;
use crate::school::School;
use crate::text::{long_date, quoted};

pub(super) static CODE: Code = Code {
    name: "REG-REMISE",
    severity: Severity::Error,
    summary: "Une remise nomme chaque élève une fois",
    explanation: "La feuille d’émargement a une ligne par élève, avec sa signature : c’est la preuve que la famille \
        a reçu le document, par exemple le livret sur papier après un refus du site (NAT-29). La date d’une remise \
        est son premier jour ; `le` dit le jour de ceux qui sont venus plus tard. Les lettres d’accès (`acces`) sont remises \
        à plusieurs personnes pour un même élève, avec un bloc pour chacune : là, c’est le `destinataire` qui ne \
        figure qu’une fois.",
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
        let by_person = record.document == KeptDocument::Access;
        let who = record.remises.iter().map(|one| {
            (&*one.eleve, one.destinataire.as_deref().filter(|_| by_person).unwrap_or_default())
        });
        for (again, first) in repeated(who) {
            let one = &record.remises[again];
            let message = match one.destinataire.as_ref().filter(|_| by_person) {
                Some(person) => {
                    format!("{} figure deux fois pour {}", quoted(person), quoted(&one.eleve))
                }
                None => format!("{} figure deux fois", quoted(&one.eleve)),
            };
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
