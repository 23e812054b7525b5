//! REG-JURY: what a jury reads is of use to its decision.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::insight::is_deliberation;
use crate::record::Reader;
use crate::school::{Commission, Consultation, School};
use crate::text::{long_date, quoted};

pub(super) static CODE: Code = Code {
    name: "REG-JURY",
    severity: Severity::Warning,
    summary: "Le jury consulte les documents de ses candidats, au plus tard le jour où il délibère",
    explanation: "La consultation prouve que le jury a examiné le livret avant de décider (code de l’éducation, \
        article D. 337-93 ; NAT-32). Elle ne le prouve pas si elle a lieu après la délibération, si une autre \
        commission que le jury a lu, ou si l’élève n’est pas l’un des candidats.",
    wrong: "# le jury délibère le 2 juillet\ndate = 2027-07-05\npar = \"jury\"\ncommission = \"jury-mcv-a\"",
    right: "date = 2027-07-02\npar = \"jury\"\ncommission = \"jury-mcv-a\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for consultation in school.consultations.values() {
        if let (Reader::Jury, Some(ix)) = (consultation.record.par, consultation.commission) {
            of_jury(school, consultation, &school.commissions[ix], &mut findings);
        }
    }
    findings
}

fn of_jury(
    school: &School,
    consultation: &Consultation,
    commission: &Commission,
    findings: &mut Vec<Finding>,
) {
    let site = |key: &str| Site::value(&consultation.file, key_path![key]);
    let day = Site::value(&commission.file, key_path!["date"]);
    if !is_deliberation(commission) {
        let message = format!(
            "{} est une {}, et non le jury qui délibère",
            quoted(&commission.record.titre),
            commission.record.objet.label()
        );
        findings.push(
            Finding::new(&CODE, site("commission"), message)
                .help("nommez la délibération qui a lu ces documents")
                .related(Site::value(&commission.file, key_path!["objet"]), "ce qu’elle fait"),
        );
    } else if commission.record.date < consultation.record.date {
        let message = format!(
            "le jury aurait lu ces documents le {}, après avoir délibéré le {}",
            long_date(consultation.record.date),
            long_date(commission.record.date)
        );
        findings.push(
            Finding::new(&CODE, site("date"), message)
                .help("corrigez la date, si c’est elle qui est fausse")
                .related(day, "le jour de la délibération"),
        );
    }
    let candidates: BTreeSet<_> = commission.candidates.iter().collect();
    for (n, id) in consultation.record.eleves.iter().enumerate() {
        let Some(pupil) = school.pupil(id).filter(|pupil| !candidates.contains(pupil)) else {
            continue;
        };
        let message = format!(
            "{} ne fait pas partie des candidats de {}",
            school.pupils[pupil].full_name(),
            quoted(&commission.record.titre)
        );
        let site = Site::value(&consultation.file, key_path!["eleves", n]);
        findings.push(
            Finding::new(&CODE, site, message)
                .help("corrigez l’identifiant, ou ajoutez l’élève aux candidats de la commission"),
        );
    }
}
