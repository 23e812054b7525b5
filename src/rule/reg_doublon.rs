//! REG-DOUBLON: a member of a commission is convened once.

use super::shared::twice::repeated;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::slug;

pub(super) static CODE: Code = Code {
    name: "REG-DOUBLON",
    severity: Severity::Error,
    summary: "Un membre ne figure qu’une fois dans une commission",
    explanation: "Compté deux fois, un membre fausserait le nombre des présents et la part des \
        professionnels, que la loi fixe à un tiers au moins (code de l’éducation, article D. 337-93).",
    wrong: "[[membres]]\npersonne = \"mercier-paul\"\n…\n[[membres]]\npersonne = \"mercier-paul\"",
    right: "[[membres]]\npersonne = \"mercier-paul\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for commission in school.commissions.values() {
        let named = |n: usize| slug(&commission.member_name(&school.people, n));
        // Members without a name are told by REG-MEMBRE.
        let names: Vec<(usize, String)> = (0..commission.record.membres.len())
            .map(|n| (n, named(n)))
            .filter(|(_, name)| !name.is_empty())
            .collect();
        for (again, first) in repeated(names.iter().map(|(_, name)| name)) {
            let (again, first) = (names[again].0, names[first].0);
            let member = &commission.record.membres[again];
            let key = if member.personne.is_some() { "personne" } else { "nom" };
            let site = Site::value(&commission.file, key_path!["membres", again, key]);
            let name = commission.member_name(&school.people, again);
            findings.push(
                Finding::new(&CODE, site, format!("{name} figure deux fois parmi les membres"))
                    .help("gardez un seul de ces deux membres")
                    .related(
                        Site::key(&commission.file, key_path!["membres", first]),
                        "la première fois",
                    ),
            );
        }
    }
    findings
}
