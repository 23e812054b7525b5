//! The address of every page, and the way from one to another.

use super::{D, Site, Subject};

/// The address of a page, from the top of the site: a folder ends with `index.html`.
pub fn address(site: &Site<'_>, subject: Subject) -> String {
    let school = site.school;
    let code = |diploma: D| school.referentials[diploma].code.as_str();
    match subject {
        Subject::Home => "index.html".into(),
        Subject::Diploma(d) => format!("{}/index.html", code(d)),
        Subject::Referential(d) => format!("{}/referentiel/index.html", code(d)),
        Subject::Scenarios(d) => format!("{}/scenarios/index.html", code(d)),
        Subject::Scenario(ix) => {
            let scenario = &school.scenarios[ix];
            let level = scenario.level.as_str();
            format!("{}/scenarios/{level}/{}/index.html", code(scenario.diploma), scenario.slug)
        }
        Subject::Evaluations(d) => format!("{}/evaluations/index.html", code(d)),
        Subject::OlderEvaluations(d) => format!("{}/evaluations/archives.html", code(d)),
        Subject::Evaluation(ix) => {
            let evaluation = &school.evaluations[ix];
            let diploma = school.classes[evaluation.class].diploma;
            format!("{}/evaluations/{}.html", code(diploma), evaluation.id)
        }
        Subject::Classes(d) => format!("{}/classes/index.html", code(d)),
        Subject::Class(ix) => {
            let class = &school.classes[ix];
            format!("{}/classes/{}/index.html", code(class.diploma), class.id())
        }
        Subject::Pupils(d) => format!("{}/eleves/index.html", code(d)),
        Subject::Dashboard(d, ix) => {
            format!("{}/eleves/{}/index.html", code(d), school.pupils[ix].id)
        }
        Subject::Compact(d, ix) => {
            format!("{}/eleves/{}/compact.html", code(d), school.pupils[ix].id)
        }
        Subject::LastReview(d, ix) => {
            format!("{}/eleves/{}/bilans/index.html", code(d), school.pupils[ix].id)
        }
        Subject::Review(ix) => {
            let review = &school.reviews[ix];
            let pupil = &school.pupils[review.pupil].id;
            format!("{}/eleves/{pupil}/bilans/{}.html", code(review.diploma), review.key)
        }
        Subject::Reviews(d) => format!("{}/bilans/index.html", code(d)),
        Subject::Transversal(d) => format!("{}/transversales/index.html", code(d)),
        Subject::Projects(d) => format!("{}/projet/index.html", code(d)),
        Subject::Apprentices(d) => format!("{}/livrets-apprentis/index.html", code(d)),
        Subject::Storage(d) => format!("{}/stockage/index.html", code(d)),
        Subject::Resources(d) => format!("{}/ressources/index.html", code(d)),
        Subject::Lsl(d) => format!("{}/lsl/index.html", code(d)),
        Subject::Books(d) => format!("{}/book/index.html", code(d)),
        Subject::Book(d, ix) => {
            format!("{}/eleves/{}/book/index.html", code(d), school.pupils[ix].id)
        }
        Subject::Register => "registre/index.html".into(),
        Subject::RegisterCommission(ix) => {
            let commission = &school.commissions[ix];
            format!("registre/{}/{}.html", commission.session, commission.slug)
        }
        Subject::RegisterDelivery(ix) => {
            let delivery = &school.deliveries[ix];
            format!("registre/{}/remises/{}.html", delivery.session, delivery.slug)
        }
        Subject::PupilRegister(d, ix) => {
            format!("{}/eleves/{}/registre.html", code(d), school.pupils[ix].id)
        }
        Subject::Team => "equipe/index.html".into(),
        Subject::Person(ix) => format!("equipe/{}/index.html", school.people[ix].id),
        Subject::Calendar => "calendrier/index.html".into(),
        Subject::Method => "methode/index.html".into(),
        Subject::CommonRules(_) => "regles-communes/index.html".into(),
        Subject::Search => "recherche/index.html".into(),
        Subject::Alerts => "alertes/index.html".into(),
    }
}

/// The way from a page to the top of the site: `../../`.
pub fn root(from: &str) -> String {
    "../".repeat(from.matches('/').count())
}

/// The shortest relative way from one address to another; folders keep their `index.html`, so that
/// the site can be read from a disk.
pub fn link(from: &str, to: &str) -> String {
    let from_folders: Vec<&str> = from.split('/').collect();
    let to_parts: Vec<&str> = to.split('/').collect();
    let folders = from_folders.len() - 1;
    let shared = from_folders[..folders]
        .iter()
        .zip(&to_parts[..to_parts.len() - 1])
        .take_while(|(a, b)| a == b)
        .count();
    let mut link = "../".repeat(folders - shared);
    link.push_str(&to_parts[shared..].join("/"));
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_and_short() {
        assert_eq!(link("index.html", "mcv-a/index.html"), "mcv-a/index.html");
        assert_eq!(
            link("mcv-a/eleves/x/index.html", "mcv-a/eleves/x/compact.html"),
            "compact.html"
        );
        assert_eq!(
            link("mcv-a/eleves/x/index.html", "mcv-a/eleves/y/index.html"),
            "../y/index.html"
        );
        assert_eq!(
            link("mcv-a/eleves/x/index.html", "methode/index.html"),
            "../../../methode/index.html"
        );
        assert_eq!(root("mcv-a/eleves/x/index.html"), "../../../");
    }
}
