//! BILAN-EVALUATION: what a review takes into account is the pupil's, earlier, of the same diploma.

use super::shared::twice::repeated;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::ReferentialType;
use crate::school::{Evaluation, Ix, Referential, Review, School};
use crate::text::{long_date, quoted};

pub(super) static CODE: Code = Code {
    name: "BILAN-EVALUATION",
    severity: Severity::Error,
    summary: "Un bilan ne prend en compte que des évaluations de l’élève, faites avant lui",
    explanation: "Les évaluations prises en compte par un bilan ne se modifient plus (EVA-12). Elles \
        concernent donc l’élève, ont été faites avant le bilan, dans le même diplôme ou dans la seconde de sa \
        famille de métiers, et chacune est citée une seule fois.",
    wrong: "date = 2026-12-11\nevaluations = [\"2026-2027/1mcva1/vitrine\"]   # évaluation du 14 janvier 2027",
    right: "date = 2026-12-11\nevaluations = [\"2026-2027/1mcva1/accueil-client\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let reviews = school.reviews.values().iter();
    reviews.flat_map(|review| of_review(school, review)).collect()
}

fn of_review(school: &School, review: &Review) -> Vec<Finding> {
    let at = |n: usize| Site::value(&review.file, key_path!["evaluations", n]);
    let cited = &review.record.evaluations;
    let mut findings = Vec::new();
    let twice = repeated(cited);
    for (again, first) in &twice {
        let message = format!("l’évaluation {} est déjà citée", quoted(&cited[*again]));
        findings.push(
            Finding::new(&CODE, at(*again), message)
                .help("supprimez l’une des deux mentions")
                .related(at(*first), "première mention"),
        );
    }
    for (n, id) in cited.iter().enumerate() {
        if twice.iter().any(|(again, _)| *again == n) {
            continue;
        }
        let Some(ix) = school.evaluation(id) else { continue };
        findings.extend(fault(school, review, ix, at(n)));
    }
    findings
}

fn fault(school: &School, review: &Review, ix: Ix<Evaluation>, site: Site) -> Option<Finding> {
    let evaluation = &school.evaluations[ix];
    let pupil = &school.pupils[review.pupil];
    let title = quoted(&evaluation.record.titre);
    let diploma = school.classes[evaluation.class].diploma;
    if !leads_to(school, diploma, review.diploma) {
        let message = format!(
            "l’évaluation {title} est du diplôme {}, le bilan du diplôme {}",
            school.referentials[diploma].record.sigle,
            school.referentials[review.diploma].record.sigle
        );
        return Some(
            Finding::new(&CODE, site, message).help("supprimez cette évaluation de la liste"),
        );
    }
    // A row that could not be read, or whose name is mistyped, may be this one.
    let rows = &evaluation.record.resultats;
    let doubtful = || {
        school.is_broken(&evaluation.file) || rows.iter().any(|(id, _)| school.pupil(id).is_none())
    };
    if rows.get(&pupil.id).is_none() && !doubtful() {
        let message = format!("l’évaluation {title} ne concerne pas {}", pupil.full_name());
        return Some(
            Finding::new(&CODE, site, message)
                .help("supprimez cette évaluation de la liste, ou ajoutez la ligne de l’élève dans l’évaluation")
                .related(
                    Site::key(&evaluation.file, key_path!["resultats"]),
                    "les élèves de l’évaluation",
                ),
        );
    }
    if evaluation.record.date > review.key.date {
        let message = format!(
            "l’évaluation {title} est du {}, après le bilan du {}",
            long_date(evaluation.record.date),
            long_date(review.key.date)
        );
        return Some(
            Finding::new(&CODE, site, message)
                .help("supprimez cette évaluation de la liste, ou corrigez l’une des deux dates")
                .related(Site::value(&evaluation.file, key_path!["date"]), "date de l’évaluation"),
        );
    }
    None
}

/// Whether results of one référentiel count in the other: the same, or the family it comes from.
fn leads_to(school: &School, from: Ix<Referential>, to: Ix<Referential>) -> bool {
    let (before, after) = (&school.referentials[from].record, &school.referentials[to].record);
    from == to
        || before.genre == ReferentialType::Family
            && after.famille.as_ref().is_some_and(|family| {
                *family == before.sigle || before.famille.as_ref() == Some(family)
            })
}
