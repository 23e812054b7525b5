//! REG-DATE: a commission sits after it is convened, around its session.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::{Date, SchoolYear, long_date};

pub(super) static CODE: Code = Code {
    name: "REG-DATE",
    severity: Severity::Error,
    summary: "Une commission siège après sa convocation, l’année de sa session",
    explanation: "La session 2027 va de la rentrée 2026 à la fin de 2027, session de remplacement comprise. Une \
        convocation datée d’après la réunion ne prouverait pas que les membres ont été convoqués.",
    wrong: "# register/2027/…\ndate = 2027-07-02\nconvocation = 2027-07-15",
    right: "date = 2027-07-02\nconvocation = 2027-06-15",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for commission in school.commissions.values() {
        let record = &commission.record;
        let site = |key: &str| Site::value(&commission.file, key_path![key]);
        let session = commission.session;
        let first = SchoolYear(session - 1).first_day();
        let last = Date::new(session, 12, 31);
        if record.date < first || last.is_some_and(|last| last < record.date) {
            let message = format!(
                "le {} n’est pas dans la session {session}, du {} au 31 décembre {session}",
                long_date(record.date),
                long_date(first)
            );
            findings.push(
                Finding::new(&CODE, site("date"), message)
                    .help("corrigez la date, ou rangez ce fichier dans le dossier de sa session"),
            );
        }
        if let Some(convened) = record.convocation
            && record.date < convened
        {
            let message = format!(
                "les membres auraient été convoqués le {}, après la réunion du {}",
                long_date(convened),
                long_date(record.date)
            );
            findings.push(
                Finding::new(&CODE, site("convocation"), message)
                    .help("corrigez l’une des deux dates")
                    .related(site("date"), "le jour de la réunion"),
            );
        }
    }
    findings
}
