//! The address of every document, below the folder `pdf`.

use super::Document;
use crate::page::{D, Site};
use crate::school::{Class, Ix, Portfolio, Pupil};

/// The address of a document, from the folder `pdf`.
pub fn document_address(site: &Site<'_>, document: Document) -> String {
    let school = site.school;
    let folder = document.kind().slug;
    let code = |d: D| school.referentials[d].code.as_str();
    let pupil = |ix: Ix<Pupil>| school.pupils[ix].id.as_str();
    let of_class = |ix: Ix<Class>| {
        let class = &school.classes[ix];
        format!("{}/{folder}/{}", code(class.diploma), class.id())
    };
    let of_pupil = |d: D, ix: Ix<Pupil>| match site.last_class(d, ix) {
        Some(class) => format!("{}/{}.pdf", of_class(class), pupil(ix)),
        None => format!("{}/{folder}/{}.pdf", code(d), pupil(ix)),
    };
    let of_portfolio = |ix: Ix<Portfolio>| {
        let portfolio = &school.portfolios[ix];
        let period = &school.periods[portfolio.period];
        format!("{}/{folder}/{}/{}", code(period.diploma), period.id, pupil(portfolio.pupil))
    };
    match document {
        Document::Review(ix) => {
            let review = &school.reviews[ix];
            format!("{}/{}-{}.pdf", of_class(review.class), pupil(review.pupil), review.key)
        }
        Document::ClassReviews(class) | Document::ClassList(class) => {
            format!("{}.pdf", of_class(class))
        }
        Document::PaperEdition(class) | Document::PaperSigning(class) => {
            format!("{}.pdf", of_class(class))
        }
        Document::FollowUp(d, ix) | Document::PlacementRecap(d, ix) => of_pupil(d, ix),
        Document::Grid(ix) => {
            let grid = &school.grids[ix];
            let name = site.grid_file_name(ix);
            format!("{}/{folder}/{}/{name}.pdf", code(grid.diploma), grid.session)
        }
        Document::Recap(d, session) | Document::Bordereau(d, session) => {
            format!("{}/{folder}/{session}.pdf", code(d))
        }
        Document::Dossier(d, ix, session) => {
            format!("{}/{folder}/{session}/{}.pdf", code(d), pupil(ix))
        }
        Document::Attestation(ix) => {
            let made = &school.attestations[ix];
            format!("{}/{}-{}.pdf", of_class(made.class), pupil(made.pupil), made.key)
        }
        Document::Annex(ix) => {
            let annex = &school.annexes[ix];
            let level = annex.level.as_str();
            format!("{}/{folder}/{level}/{}.pdf", code(annex.diploma), annex.slug)
        }
        Document::CompanyFile(period, ix) => {
            let period = &school.periods[period];
            format!("{}/{folder}/{}/{}.pdf", code(period.diploma), period.id, pupil(ix))
        }
        Document::Portfolio(ix) | Document::PlacementProof(ix) => {
            format!("{}.pdf", of_portfolio(ix))
        }
        Document::ActivitySheet(ix, place) => format!("{}-{}.pdf", of_portfolio(ix), place + 1),
        Document::Booklet(d, ix) => format!("{}/{folder}/{}.pdf", code(d), pupil(ix)),
        Document::Livret(ix) => {
            let livret = &school.livrets[ix];
            format!("{}/{}.pdf", of_class(livret.class), pupil(livret.pupil))
        }
        Document::DeliverySheet(ix) => {
            let delivery = &school.deliveries[ix];
            format!("{folder}/{}/{}.pdf", delivery.session, delivery.slug)
        }
        Document::Book(ix) => match site.home_diploma(ix) {
            Some(d) => of_pupil(d, ix),
            None => format!("{folder}/{}.pdf", pupil(ix)),
        },
        Document::Scenario(ix) => {
            let scenario = &school.scenarios[ix];
            let level = scenario.level.as_str();
            format!("{}/{folder}/{level}/{}.pdf", code(scenario.diploma), scenario.slug)
        }
        Document::BlankGrid(scenario, class) => {
            format!("{}/{}.pdf", of_class(class), school.scenarios[scenario].slug)
        }
        Document::Reminders | Document::Kickoff => format!("console/{folder}.pdf"),
    }
}
