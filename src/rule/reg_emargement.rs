//! REG-EMARGEMENT: who sat has signed the attendance sheet.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::insight::{composition, has_sat};
use crate::school::{Commission, School};
use crate::text::{and_list, count, plural};

pub(super) static CODE: Code = Code {
    name: "REG-EMARGEMENT",
    severity: Severity::Warning,
    summary: "Chaque membre présent a signé la feuille d’émargement",
    explanation: "Sans feuille d’émargement, rien ne prouve qu’un jury a siégé, ni avec qui : un procès-verbal \
        signé du seul président ne suffit pas (tribunal administratif de Rennes, 28 mars 2024, n° 2303845). Une \
        commission est tenue pour réunie dès qu’elle a un procès-verbal ou une signature.",
    wrong: "proces_verbal = \"PV 2027-12\"\n\n[[membres]]\nnom = \"Perrin\"\nprenom = \"Claire\"\nqualite = \"professionnel\"",
    right: "proces_verbal = \"PV 2027-12\"\n\n[[membres]]\nnom = \"Perrin\"\nprenom = \"Claire\"\nqualite = \"professionnel\"\nemargement = true",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let commissions = school.commissions.values().iter();
    commissions
        .filter(|commission| !school.is_broken(&commission.file))
        .filter_map(|commission| of_commission(school, commission))
        .collect()
}

fn of_commission(school: &School, commission: &Commission) -> Option<Finding> {
    let members = &commission.record.membres;
    let missing: Vec<usize> =
        (0..members.len()).filter(|n| members[*n].present && !members[*n].emargement).collect();
    let first = *missing.first().filter(|_| has_sat(commission))?;
    let names: Vec<String> =
        missing.iter().map(|n| commission.member_name(&school.people, *n)).collect();
    let message = if missing.len() == composition(commission).present {
        format!(
            "aucun des {} n’a signé la feuille d’émargement",
            count(missing.len(), "membre présent", "membres présents")
        )
    } else {
        let verb = plural(missing.len(), "a siégé", "ont siégé");
        format!("{} {verb} sans signer la feuille d’émargement", and_list(&names))
    };
    let site = Site::key(&commission.file, key_path!["membres", first]);
    Some(Finding::new(&CODE, site, message).help(
        "feuille d’émargement à faire signer ; ajoutez ensuite emargement = true, ou present = false pour un absent",
    ))
}
