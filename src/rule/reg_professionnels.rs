//! REG-PROFESSIONNELS: a third of a jury are professionals.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::insight::{composition, is_deliberation};
use crate::record::ReferentialType;
use crate::school::School;
use crate::text::count;

pub(super) static CODE: Code = Code {
    name: "REG-PROFESSIONNELS",
    severity: Severity::Warning,
    summary: "Un tiers au moins du jury est de la profession",
    explanation: "Le jury du baccalauréat professionnel est composé « pour un tiers au moins, de membres de la \
        profession intéressée par le diplôme, choisis en nombre égal parmi les employeurs et les salariés » (code \
        de l’éducation, article D. 337-93). C’est un avertissement : le recteur nomme le jury, et le registre dit \
        ce qui a eu lieu, sans le corriger.",
    wrong: "# quatre présents, un seul professionnel\n[[membres]]\nnom = \"Perrin\"\nprenom = \"Claire\"\nqualite = \"professionnel\"",
    right: "# quatre présents, deux professionnels",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for commission in school.commissions.values() {
        let diploma = &school.referentials[commission.diploma];
        let counts = composition(commission);
        if diploma.record.genre != ReferentialType::BacPro
            || !is_deliberation(commission)
            || school.is_broken(&commission.file)
            || (counts.has_a_third() && counts.convened_a_third())
        {
            continue;
        }
        let (members, professionals, whose) = if counts.convened_a_third() {
            (counts.present, counts.professionals, "présents")
        } else {
            (counts.convened, counts.professionals_convened, "convoqués")
        };
        let number = match professionals {
            0 => "aucun professionnel".to_owned(),
            some => count(some, "professionnel", "professionnels"),
        };
        let message = format!(
            "{number} parmi les {} {whose} : il en faut un tiers, soit {}",
            count(members, "membre", "membres"),
            members.div_ceil(3)
        );
        let help = if whose == "convoqués" {
            "vérifiez la qualité de chaque membre (qualite = \"professionnel\"), ou signalez-le au service des examens"
        } else {
            "notez dans remarque pourquoi il manque des professionnels, ou vérifiez qui était présent"
        };
        let site = Site::value(&commission.file, key_path!["objet"]);
        findings.push(Finding::new(&CODE, site, message).help(help));
    }
    findings
}
