//! REG-PRESIDENT: a deliberation is presided by one member, who is there.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::insight::is_deliberation;
use crate::school::School;
use crate::text::{and_list, elide_de};

pub(super) static CODE: Code = Code {
    name: "REG-PRESIDENT",
    severity: Severity::Error,
    summary: "Une délibération a un président, et un seul",
    explanation: "Le président du jury signe le procès-verbal et vise les livrets : il faut savoir qui c’est. Le \
        tribunal administratif de Melun a annulé un ajournement dont le livret n’était pas visé par le président \
        (3 mars 2020, n° 1907538). Quand le président nommé est absent, celui qui le supplée préside : c’est lui \
        qui porte `preside = true`.",
    wrong: "[[membres]]\nnom = \"Lambert\"\nprenom = \"Anne\"\nqualite = \"inspection\"",
    right: "[[membres]]\nnom = \"Lambert\"\nprenom = \"Anne\"\nqualite = \"inspection\"\npreside = true",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for commission in school.commissions.values() {
        let members = &commission.record.membres;
        if !is_deliberation(commission) || members.is_empty() || school.is_broken(&commission.file)
        {
            continue;
        }
        let key = |n: usize| Site::value(&commission.file, key_path!["membres", n, "preside"]);
        let name = |n: usize| commission.member_name(&school.people, n);
        let marked: Vec<usize> = (0..members.len()).filter(|n| members[*n].preside).collect();
        match marked[..] {
            [] => findings.push(
                Finding::new(
                    &CODE,
                    Site::value(&commission.file, key_path!["objet"]),
                    "cette délibération n’a pas de président",
                )
                .help("ajoutez preside = true au membre qui préside"),
            ),
            [one] if !members[one].present => findings.push(
                Finding::new(
                    &CODE,
                    key(one),
                    format!("{} présiderait la délibération sans y avoir siégé", name(one)),
                )
                .help(format!(
                    "retirez la présidence {}, et ajoutez preside = true à qui l’a suppléé",
                    elide_de(&name(one))
                )),
            ),
            [_] => {}
            [first, second, ..] => {
                let names: Vec<String> = marked.iter().map(|n| name(*n)).collect();
                findings.push(
                    Finding::new(
                        &CODE,
                        key(second),
                        format!("cette délibération a plusieurs présidents : {}", and_list(&names)),
                    )
                    .help("gardez preside = true pour celui qui préside, et supprimez-le pour les autres")
                    .related(key(first), "le premier"),
                );
            }
        }
    }
    findings
}
