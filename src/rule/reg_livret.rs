//! REG-LIVRET: a jury that has sat opened the livret of each candidate.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::insight::{Reading, has_sat, is_deliberation, readings};
use crate::school::School;
use crate::text::{and_list, count, elide_de};

pub(super) static CODE: Code = Code {
    name: "REG-LIVRET",
    severity: Severity::Warning,
    summary: "Le jury a consulté le livret de chaque candidat",
    explanation: "Le jury examine le livret scolaire avant de décider, et il faut pouvoir le montrer dans les deux \
        mois d’un recours (NAT-32). Une consultation du registre, par le jury, au plus tard le jour de la \
        délibération, en est la preuve. Un apprenti n’a pas de livret scolaire : il n’est pas compté.",
    wrong: "# register/2027/consultations/   (aucune consultation par ce jury)",
    right: "# register/2027/consultations/jury-mcv-a.toml\npar = \"jury\"\ncommission = \"jury-mcv-a\"\ndocuments = [\"livret\"]\neleves = [\"dupont-lea\"]",
};

/// How many candidates are named in the sentence.
const NAMED: usize = 4;

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (ix, commission) in school.commissions.iter() {
        if !is_deliberation(commission)
            || !has_sat(commission)
            || has_broken(school, commission.session)
        {
            continue;
        }
        let unread: Vec<String> = readings(school, ix)
            .into_iter()
            .filter(Reading::lacks_livret)
            .map(|reading| school.pupils[reading.candidate].full_name())
            .collect();
        if unread.is_empty() {
            continue;
        }
        let mut names = unread.clone();
        if unread.len() > NAMED {
            names.truncate(NAMED - 1);
            names.push(count(unread.len() + 1 - NAMED, "autre", "autres"));
        }
        let whose = match unread.as_slice() {
            [one] => elide_de(one),
            _ => format!("de {} candidats : {}", unread.len(), and_list(&names)),
        };
        let message =
            format!("aucune consultation ne montre que ce jury a ouvert le livret {whose}");
        let help = format!(
            "s’il l’a fait, écrivez-le dans un fichier de register/{}/consultations/, avec par = \"jury\", \
             commission = \"{}\", documents = [\"livret\"] et ces élèves",
            commission.session, commission.slug
        );
        let site = Site::value(&commission.file, key_path!["titre"]);
        findings.push(Finding::new(&CODE, site, message).help(help));
    }
    findings
}

/// Whether a consultation of the session could not be read: it may be the one that is missing.
fn has_broken(school: &School, session: i16) -> bool {
    let folder = format!("register/{session}/consultations/");
    school.broken.keys().any(|file| file.starts_with(&folder))
}
