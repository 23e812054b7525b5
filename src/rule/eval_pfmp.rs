//! EVAL-PFMP: an evaluation in class does not take place while the class is in companies.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "EVAL-PFMP",
    severity: Severity::Warning,
    summary: "Une évaluation n’a pas lieu pendant une PFMP de la classe",
    explanation: "Pendant une PFMP, les élèves sont en entreprise : leurs compétences y sont évaluées par \
        le bilan entreprise (POR-12). Une date dans la PFMP est souvent une faute de frappe ; si quelques \
        élèves étaient vraiment au lycée, laissez.",
    wrong: "date = 2027-01-13   # la PFMP 3 va du 4 au 30 janvier",
    right: "date = 2027-02-03",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for evaluation in school.evaluations.values() {
        let class = &school.classes[evaluation.class];
        let date = evaluation.record.date;
        let Some(year) = school.year(class.year) else { continue };
        let Some(calendar) = &year.calendar else { continue };
        let mut during = year.pfmp_of(class);
        let Some((n, pfmp)) = during.find(|(_, pfmp)| (pfmp.debut..=pfmp.fin).contains(&date))
        else {
            continue;
        };
        let message = format!(
            "le {}, la classe {} est en PFMP {} (du {} au {})",
            long_date(date),
            class.record.nom,
            pfmp.numero.0,
            long_date(pfmp.debut),
            long_date(pfmp.fin)
        );
        let site = Site::value(&evaluation.file, key_path!["date"]);
        findings.push(
            Finding::new(&CODE, site, message).help("vérifiez la date de l’évaluation").related(
                Site::value(&calendar.file, key_path!["pfmp", n, "debut"]),
                "dates de la PFMP",
            ),
        );
    }
    findings
}
