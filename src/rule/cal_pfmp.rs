//! CAL-PFMP: the PFMP are numbered along the cycle, each once, in the order of time.

use super::shared::calendar::calendars;
use super::shared::pfmp::first_number;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::PfmpDates;
use crate::school::School;
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "CAL-PFMP",
    severity: Severity::Error,
    summary: "Les PFMP sont numérotées dans l’ordre du cycle",
    explanation: "Les PFMP 1 et 2 ont lieu en seconde, 3 et 4 en première, 5 et 6 en terminale (PER-03). \
        Le numéro suit l’élève pendant tout le cycle : il ne sert qu’une fois par diplôme et niveau, et croît \
        avec les dates.",
    wrong: "[[pfmp]]\nnumero = 1\nniveau = \"premiere\"",
    right: "[[pfmp]]\nnumero = 3\nniveau = \"premiere\"",
};

fn in_cycle(pfmp: &PfmpDates) -> bool {
    first_number(pfmp.niveau).is_none_or(|first| (first..=first + 1).contains(&pfmp.numero.0))
}

fn same_public(a: &PfmpDates, b: &PfmpDates) -> bool {
    a.niveau == b.niveau
        && match (&a.diplomes, &b.diplomes) {
            (Some(a), Some(b)) => a.iter().any(|diploma| b.contains(diploma)),
            _ => true,
        }
}

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, file, calendar) in calendars(school) {
        let all = &calendar.pfmp;
        let at = |n: usize, key: &str| Site::value(file, key_path!["pfmp", n, key]);
        for (n, pfmp) in all.iter().enumerate() {
            let number = pfmp.numero.0;
            if !in_cycle(pfmp) {
                let first = first_number(pfmp.niveau).unwrap_or(1);
                let message = format!(
                    "la PFMP {number} n’a pas lieu en {}",
                    pfmp.niveau.label().to_lowercase()
                );
                findings.push(Finding::new(&CODE, at(n, "numero"), message).help(format!(
                    "à ce niveau, écrivez {first} ou {} ; sinon, corrigez le niveau",
                    first + 1
                )));
                continue;
            }
            let earlier = all[..n].iter().enumerate();
            let others = earlier.filter(|(_, other)| in_cycle(other) && same_public(other, pfmp));
            for (m, other) in others {
                let twin = other.numero == pfmp.numero;
                let (low, high) =
                    if other.numero < pfmp.numero { (other, pfmp) } else { (pfmp, other) };
                if twin {
                    let message = format!(
                        "la PFMP {number} est déjà inscrite pour la {}",
                        pfmp.niveau.label().to_lowercase()
                    );
                    findings.push(
                        Finding::new(&CODE, at(n, "numero"), message)
                            .help("changez le numéro, ou précisez les diplômes de chacune")
                            .related(at(m, "numero"), "le même numéro"),
                    );
                } else if low.fin >= low.debut && high.debut <= low.fin {
                    let message = format!(
                        "la PFMP {} commence le {}, avant la fin de la PFMP {} ({})",
                        high.numero.0,
                        long_date(high.debut),
                        low.numero.0,
                        long_date(low.fin)
                    );
                    findings.push(
                        Finding::new(&CODE, at(n, "debut"), message)
                            .help("corrigez les dates, ou les numéros : ils suivent l’ordre des dates")
                            .related(at(m, "debut"), format!("PFMP {}", other.numero.0)),
                    );
                }
            }
        }
    }
    findings
}
