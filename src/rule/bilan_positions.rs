//! BILAN-POSITIONS: a validated review says where the pupil stands.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "BILAN-POSITIONS",
    severity: Severity::Warning,
    summary: "Un bilan validé positionne l’élève sur au moins une compétence",
    explanation: "Une compétence dont le bilan ne dit rien est « non évaluée » (EVA-14) : il n’est pas \
        nécessaire de les écrire toutes. Mais un bilan validé sans aucune position est sans doute incomplet.",
    wrong: "etat = \"valide\"\n[positions]",
    right: "etat = \"valide\"\n[positions]\n\"C1.2\" = \"+\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let reviews = school.reviews.values().iter();
    reviews
        .filter(|review| review.is_valid() && review.record.positions.is_empty())
        .filter(|review| !school.is_broken(&review.file))
        .map(|review| {
            let site = Site::key(&review.file, key_path!["positions"]);
            Finding::new(&CODE, site, "ce bilan validé ne dit rien d’aucune compétence").help(
                "ajoutez sous le titre [positions] une ligne par compétence, par exemple \"C1.2\" = \"+\"",
            )
        })
        .collect()
}
