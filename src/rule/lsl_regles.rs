//! LSL-REGLES: each session that has livrets has its rules.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::ReferentialType;
use crate::school::{Livret, School};
use crate::text::count;

pub(super) static CODE: Code = Code {
    name: "LSL-REGLES",
    severity: Severity::Warning,
    summary: "Chaque session d’examen a ses règles du livret scolaire",
    explanation: "Longueur des textes, parties demandées, niveaux, arrondi : les règles du livret changent \
        d’une session à l’autre. Elles sont dans le référentiel des règles communes, entrées [[livret]]. Sans \
        elles, un livret ne peut être ni vérifié ni compté comme complet.",
    wrong: "[[livret]]\npremiere_session = 2026\nderniere_session = 2027",
    right: "[[livret]]\npremiere_session = 2026",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    // Session → the first livret that lacks rules, and how many do.
    let mut lacking: BTreeMap<i16, (&Livret, usize)> = BTreeMap::new();
    for livret in school.livrets.values() {
        let class = &school.classes[livret.class];
        if school.livret_rules(class.session()).is_none() {
            lacking.entry(class.session()).or_insert((livret, 0)).1 += 1;
        }
    }
    let common = school.common_rules();
    // Rules that could not be read are told already.
    let unread = school.referentials.values().iter().any(|referential| {
        referential.record.genre == ReferentialType::Common && school.is_broken(&referential.file)
    }) || school.broken.keys().any(|file| file.as_ref() == "referentials/commun.toml");
    if unread {
        return Vec::new();
    }
    lacking
        .into_iter()
        .map(|(session, (livret, number))| {
            let message = format!(
                "aucune règle du livret scolaire pour la session {session} ({} à vérifier)",
                count(number, "livret", "livrets")
            );
            let site = match common {
                Some(common) => Site::key(&common.file, key_path!["livret"]),
                None => Site::file(&livret.file),
            };
            let help = match common {
                Some(_) => "ajoutez une entrée [[livret]] pour cette session, ou corrigez les bornes des autres",
                None => "ajoutez le référentiel des règles communes, referentials/commun.toml",
            };
            let finding = Finding::new(&CODE, site, message).help(help);
            match common {
                Some(_) => finding.related(Site::file(&livret.file), "premier livret concerné"),
                None => finding,
            }
        })
        .collect()
}
