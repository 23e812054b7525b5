//! BILAN-CLASSE: a pupil is in a class on the day of a review.

use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::ReviewKey;
use crate::school::{Pupil, School};
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "BILAN-CLASSE",
    severity: Severity::Error,
    summary: "Le jour du bilan, l’élève est dans une classe",
    explanation: "La classe du jour dit quel référentiel et quelle équipe sont ceux du bilan (BIL-19). Un \
        bilan d’avant l’arrivée de l’élève, ou d’après son départ, a une date fausse, ou la scolarité de \
        l’élève n’est pas à jour. Le bilan d’un élève qui s’en va se fait avant son départ (BIL-18).",
    wrong: "# reviews/2026-12-11.toml, pour un élève arrivé le 4 janvier 2027",
    right: "# reviews/2027-01-22.toml",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let linked = school.reviews.values().iter();
    let linked = linked.map(|review| (&school.pupils[review.pupil], review.key, &review.file));
    let unplaced = school.unplaced.iter();
    let unplaced = unplaced.map(|review| (&school.pupils[review.pupil], review.key, &review.file));
    linked.chain(unplaced).filter_map(|(pupil, key, file)| of_review(pupil, key, file)).collect()
}

fn of_review(pupil: &Pupil, key: ReviewKey, file: &Arc<str>) -> Option<Finding> {
    // Stays as written: one whose class is unknown is told of elsewhere.
    let stays = &pupil.record.scolarite;
    let day = key.date;
    if stays.is_empty() || stays.iter().any(|stay| stay.from() <= day && day <= stay.to()) {
        return None;
    }
    let name = pupil.full_name();
    let before = stays.iter().filter(|stay| stay.to() < day).max_by_key(|stay| stay.to());
    let after = stays.iter().filter(|stay| day < stay.from()).min_by_key(|stay| stay.from());
    let gone = pupil.agree("partie", "parti", "parti·e");
    let come = pupil.agree("arrivée", "arrivé", "arrivé·e");
    let message = match (before, after) {
        (Some(before), None) => {
            let end = before.fin.map_or(format!("dernière année {}", before.annee), |date| {
                format!("{gone} le {}", long_date(date))
            });
            format!("le {}, {name} n’était plus dans une classe : {end}", long_date(day))
        }
        (None, Some(after)) => {
            let start = after.debut.map_or(format!("première année {}", after.annee), |date| {
                format!("{come} le {}", long_date(date))
            });
            format!("le {}, {name} n’était pas encore dans une classe : {start}", long_date(day))
        }
        _ => format!("le {}, {name} n’était dans aucune classe", long_date(day)),
    };
    let site = Site::value(file, key_path!["date"]);
    Some(
        Finding::new(&CODE, site, message)
            .help("corrigez la date et le nom du fichier, ou la scolarité de l’élève")
            .related(Site::value(&pupil.file, key_path!["scolarite"]), "scolarité de l’élève"),
    )
}
