//! BILAN-DATE: a review has the date of its file's name.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "BILAN-DATE",
    severity: Severity::Error,
    summary: "La date d’un bilan est celle du nom de son fichier",
    explanation: "Les bilans d’un élève se suivent par date (BIL-06, BIL-08), et le nom du fichier donne cet \
        ordre. Le second bilan d’un même jour porte un numéro : `2026-12-11-2.toml` (BIL-21).",
    wrong: "# reviews/2026-12-11.toml\ndate = 2026-12-10",
    right: "# reviews/2026-12-11.toml\ndate = 2026-12-11",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for review in school.reviews.values() {
        let (written, named) = (review.record.date, review.key.date);
        if written == named {
            continue;
        }
        let message = format!(
            "ce bilan est daté du {}, mais son fichier du {}",
            long_date(written),
            long_date(named)
        );
        let site = Site::value(&review.file, key_path!["date"]);
        findings.push(
            Finding::new(&CODE, site, message)
                .help(format!("écrivez date = {named}, ou renommez le fichier {written}.toml")),
        );
    }
    findings
}
