//! PFMP-REFERENT: each learner of a period has a referent teacher, and nobody else has one.

use super::shared::period::{is_sound, names};
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Ix, Period, Pupil, School};
use crate::text::{count, long_date, plural};

pub(super) static CODE: Code = Code {
    name: "PFMP-REFERENT",
    severity: Severity::Warning,
    summary: "Chaque apprenant d’une période a un professeur référent",
    explanation: "Le professeur référent suit l’apprenant en entreprise (POR-14). Il peut être choisi jusqu’au début de \
        la période ; ensuite, un apprenant sans référent n’est suivi par personne. Une période est commencée \
        quand un de ses portfolios parle d’un de ses jours. Un référent donné à quelqu’un qui n’est pas dans la \
        période, ou un référent parti, est signalé aussi.",
    wrong: "[referents]\ndupont-lea = \"mercier-paul\"   # et personne pour martin-hugo",
    right: "[referents]\ndupont-lea = \"mercier-paul\"\nmartin-hugo = \"benali-samia\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (ix, period) in school.periods.iter() {
        if !is_sound(period) {
            continue;
        }
        for (pupil, person) in &period.referents {
            let site = |value| {
                let at = key_path!["referents", &school.pupils[*pupil].id];
                if value { Site::value(&period.file, at) } else { Site::key(&period.file, at) }
            };
            if !period.learners.contains(pupil) {
                let name = school.pupils[*pupil].full_name();
                findings.push(
                    Finding::new(
                        &CODE,
                        site(false),
                        format!("{name} n’est pas dans cette période"),
                    )
                    .help("retirez cette ligne, ou ajoutez l’apprenant à la période"),
                );
                continue;
            }
            let who = &school.people[*person];
            if let Some(left) = who.record.inactif_depuis.filter(|day| *day <= period.record.debut)
            {
                let message =
                    format!("{} a quitté l’établissement le {}", who.full_name(), long_date(left));
                findings.push(
                    Finding::new(&CODE, site(true), message)
                        .help("nommez un autre professeur référent"),
                );
            }
        }
        findings.extend(without(school, ix, period));
    }
    findings
}

/// The learners without referent of a period of this year that has begun.
fn without(school: &School, ix: Ix<Period>, period: &Period) -> Option<Finding> {
    let alone: Vec<Ix<Pupil>> =
        period.learners.iter().copied().filter(|pupil| period.referent(*pupil).is_none()).collect();
    if alone.is_empty()
        || period.year != school.current_year()
        || !school.has_begun(ix)
        || school.is_broken(&period.file)
    {
        return None;
    }
    let message = format!(
        "la période est commencée, et {} n’{} pas de professeur référent",
        names(school, &alone),
        plural(alone.len(), "a", "ont")
    );
    let lines = count(alone.len(), "ligne", "lignes");
    let example = &school.pupils[alone[0]].id;
    let site = Site::key(&period.file, key_path!["titre"]);
    Some(Finding::new(&CODE, site, message).help(format!(
        "sous [referents], ajoutez {lines} : {example} = \"identifiant-du-professeur\""
    )))
}
