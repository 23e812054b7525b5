//! PFMP-ATTESTATION: what a company attests is possible.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Portfolio, School};
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "PFMP-ATTESTATION",
    severity: Severity::Warning,
    summary: "L’attestation de l’entreprise compte des jours possibles",
    explanation: "L’attestation, signée à la fin de la PFMP, dit combien de jours l’élève a faits ; ce nombre remplace \
        celui que jalon calcule. Il se compte en journées ou demi-journées, et ne dépasse pas six jours par \
        semaine. Sans ligne `jours`, jalon compte les jours du lundi au vendredi, moins les absences non \
        rattrapées.",
    wrong: "[attestation]\nsignee_le = 2027-01-29\njours = 200   # la période compte 20 jours",
    right: "[attestation]\nsignee_le = 2027-01-29\njours = 20",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    school
        .portfolios
        .values()
        .iter()
        .flat_map(|portfolio| of_portfolio(school, portfolio))
        .collect()
}

fn of_portfolio(school: &School, portfolio: &Portfolio) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(proof) = &portfolio.record.attestation else { return findings };
    let period = &school.periods[portfolio.period];
    let (first, last) = (period.record.debut, period.record.fin);
    if last < first {
        return findings;
    }
    let at = |key: &str| Site::value(&portfolio.file, key_path!["attestation", key]);
    if proof.signee_le < first {
        let message = format!(
            "l’attestation est signée le {}, avant le début de la période ({})",
            long_date(proof.signee_le),
            long_date(first)
        );
        findings.push(
            Finding::new(&CODE, at("signee_le"), message)
                .help("l’entreprise atteste à la fin de la période : corrigez la date"),
        );
    }
    let Some(days) = &proof.jours else { return findings };
    let most = period.weekdays() + u32::try_from(period.weeks().len()).unwrap_or(0);
    let written = days.0.to_string().replace('.', ",");
    if days.0 > f64::from(most) {
        let message = format!(
            "{written} jours attestés ne tiennent pas dans la période, qui compte {} jours du lundi au vendredi",
            period.weekdays()
        );
        findings.push(
            Finding::new(&CODE, at("jours"), message)
                .help("relisez l’attestation : le nombre est en jours, pas en heures"),
        );
    } else if (days.0 * 2.0).fract() != 0.0 {
        let message = format!("{written} jours ne font pas un nombre entier de demi-journées");
        findings.push(
            Finding::new(&CODE, at("jours"), message)
                .help("comptez en journées et demi-journées : 19.5, par exemple"),
        );
    }
    findings
}
