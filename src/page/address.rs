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
        Subject::Annexes(d) => format!("{}/annexes/index.html", code(d)),
        Subject::Annex(ix) => {
            let annex = &school.annexes[ix];
            let level = annex.level.as_str();
            format!("{}/annexes/{level}/{}.html", code(annex.diploma), annex.slug)
        }
        Subject::Periods(d) => format!("{}/periodes/index.html", code(d)),
        Subject::Period(ix) => {
            let period = &school.periods[ix];
            format!("{}/periodes/{}.html", code(period.diploma), period.id)
        }
        Subject::Coverage(d) => format!("{}/semaines-pfmp/index.html", code(d)),
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
        Subject::PupilDocuments(d, ix) => {
            format!("{}/eleves/{}/documents.html", code(d), school.pupils[ix].id)
        }
        Subject::Portfolio(d, ix, period) => {
            let period = &school.periods[period];
            let (year, slug) = (period.year, &period.slug);
            format!("{}/eleves/{}/entreprise/{year}-{slug}.html", code(d), school.pupils[ix].id)
        }
        Subject::Portfolios(d) => format!("{}/portfolios/index.html", code(d)),
        Subject::OlderPortfolios(d) => format!("{}/portfolios/archives.html", code(d)),
        Subject::Booklet(d, ix) => {
            format!("{}/livrets-apprentis/{}.html", code(d), school.pupils[ix].id)
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
        Subject::Attestations(d) => format!("{}/attestations/index.html", code(d)),
        Subject::PrepareAttestation(d, ix) => {
            format!("{}/attestations/{}/index.html", code(d), school.pupils[ix].id)
        }
        Subject::Attestation(ix) => {
            let made = &school.attestations[ix];
            let pupil = &school.pupils[made.pupil].id;
            format!("{}/attestations/{pupil}/{}.html", code(made.diploma), made.key)
        }
        Subject::Certification(d) => format!("{}/certification/index.html", code(d)),
        Subject::Recap(d, session) => {
            format!("{}/certification/{session}/recapitulatif.html", code(d))
        }
        Subject::Grid(d, ix, session, grid) => {
            let referential = &school.referentials[d];
            let (pupil, grid) = (&school.pupils[ix].id, referential.grid_name(grid));
            format!("{}/certification/{session}/{pupil}/{grid}.html", referential.code)
        }
        Subject::Transversal(d) => format!("{}/transversales/index.html", code(d)),
        Subject::Projects(d) => format!("{}/projet/index.html", code(d)),
        Subject::Apprentices(d) => format!("{}/livrets-apprentis/index.html", code(d)),
        Subject::Storage(d) => format!("{}/stockage/index.html", code(d)),
        Subject::Resources(d) => format!("{}/ressources/index.html", code(d)),
        Subject::Lsl(d) => format!("{}/lsl/index.html", code(d)),
        Subject::Console => "console/index.html".into(),
        Subject::Reminders => "console/relances.html".into(),
        Subject::Kickoff => "console/rentree.html".into(),
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
        Subject::Families => "familles/index.html".into(),
        Subject::Transfers => "transferts/index.html".into(),
        Subject::Received(ix) => {
            let one = &school.received[ix];
            format!("transferts/{}/{}.html", school.pupils[one.pupil].id, one.package)
        }
        Subject::PupilRegister(d, ix) => {
            format!("{}/eleves/{}/registre.html", code(d), school.pupils[ix].id)
        }
        Subject::Livret(class, ix) => {
            let class = &school.classes[class];
            format!("{}/lsl/{}/{}.html", code(class.diploma), class.year, school.pupils[ix].id)
        }
        Subject::LivretCopy(class, ix) => {
            let class = &school.classes[class];
            let pupil = &school.pupils[ix].id;
            format!("{}/lsl/{}/recopie/{pupil}.html", code(class.diploma), class.year)
        }
        Subject::LivretScreen(class) => {
            let class = &school.classes[class];
            format!("{}/lsl/{}/classes/{}.html", code(class.diploma), class.year, class.key)
        }
        Subject::Gallery => "documents/index.html".into(),
        Subject::Team => "equipe/index.html".into(),
        Subject::Person(ix) => format!("equipe/{}/index.html", school.people[ix].id),
        Subject::Calendar => "calendrier/index.html".into(),
        Subject::Accessibility => "accessibilite/index.html".into(),
        Subject::Method => "methode/index.html".into(),
        Subject::CommonRules(_) => "regles-communes/index.html".into(),
        Subject::Search => "recherche/index.html".into(),
        Subject::Past => "historique/index.html".into(),
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
