//! The list of all documents, each with its own address.

use std::collections::BTreeMap;

use super::{Document, document_address};
use crate::page::portfolio::periods_of;
use crate::page::{D, Site, last_review, learners_with_book, shared_scenarios, was_apprentice};
use crate::record::Status;
use crate::school::{Class, Ix, Period, Pupil};

/// All documents by address.
pub fn documents(site: &Site<'_>) -> BTreeMap<String, Document> {
    let mut all = Vec::new();
    let school = site.school;
    all.extend(school.reviews.iter().map(|(ix, _)| Document::Review(ix)));
    all.extend(school.grids.iter().map(|(ix, _)| Document::Grid(ix)));
    all.extend(school.attestations.iter().map(|(ix, _)| Document::Attestation(ix)));
    all.extend(school.livrets.iter().map(|(ix, _)| Document::Livret(ix)));
    all.extend(school.deliveries.iter().map(|(ix, _)| Document::DeliverySheet(ix)));
    all.extend(school.pupils.iter().flat_map(|(pupil, _)| of_companies(site, pupil)));
    all.extend(site.dashboards().flat_map(|(d, pupil)| of_learner(site, d, pupil)));
    for (&(d, session), candidates) in &site.certification {
        all.extend([Document::Recap(d, session), Document::Bordereau(d, session)]);
        all.extend(candidates.iter().map(|(pupil, _)| Document::Dossier(d, *pupil, session)));
    }
    for d in site.all_diplomas() {
        all.extend(of_diploma(site, d));
    }
    all.extend([Document::Reminders, Document::Kickoff]);
    all.into_iter().map(|document| (document_address(site, document), document)).collect()
}

/// What a learner's periods in companies give.
pub(super) fn of_companies(site: &Site<'_>, pupil: Ix<Pupil>) -> Vec<Document> {
    let school = site.school;
    let of_now = |period: Ix<Period>| school.periods[period].year == school.current_year();
    let periods = periods_of(site, pupil).into_iter().filter(|ix| of_now(*ix));
    let mut all: Vec<Document> = periods.map(|ix| Document::CompanyFile(ix, pupil)).collect();
    for ix in &school.pupils[pupil].portfolios {
        let portfolio = &school.portfolios[*ix];
        all.push(Document::Portfolio(*ix));
        // Those of the years before are pages of their portfolio.
        if of_now(portfolio.period) {
            let sheets = 0..portfolio.record.fiches.len();
            all.extend(sheets.map(|place| Document::ActivitySheet(*ix, place)));
        }
        if Document::PlacementProof(*ix).exists(site) {
            all.push(Document::PlacementProof(*ix));
        }
    }
    all
}

/// What a learner has on a diploma.
fn of_learner(site: &Site<'_>, d: D, pupil: Ix<Pupil>) -> impl Iterator<Item = Document> {
    let all = [
        Document::FollowUp(d, pupil),
        Document::PlacementRecap(d, pupil),
        Document::Booklet(d, pupil),
    ];
    all.into_iter().filter(|document| document.exists(site))
}

/// What a diploma and its classes give.
fn of_diploma(site: &Site<'_>, d: D) -> Vec<Document> {
    let school = site.school;
    let mut all = Vec::new();
    let annexes = school.annexes.iter().filter(|(_, annex)| annex.diploma == d);
    all.extend(annexes.map(|(ix, _)| Document::Annex(ix)));
    if school.establishment.book {
        all.extend(learners_with_book(site, d).into_iter().map(Document::Book));
    }
    // A private scenario stays with its author (SCE-15).
    let scenarios =
        school.scenarios.iter().filter(|(_, one)| one.diploma == d && !one.record.prive);
    all.extend(scenarios.map(|(ix, _)| Document::Scenario(ix)));
    for class in site.current_classes(d) {
        let level = school.classes[class].record.niveau;
        all.extend(
            [
                Document::ClassReviews(class),
                Document::ClassList(class),
                Document::PaperEdition(class),
                Document::PaperSigning(class),
            ]
            .into_iter()
            .filter(|document| document.exists(site)),
        );
        let rated = shared_scenarios(site, d, level);
        all.extend(rated.into_iter().map(|ix| Document::BlankGrid(ix, class)));
    }
    all
}

impl Document {
    /// Whether a document that only some pupils or classes have is among those planned.
    pub fn exists(self, site: &Site<'_>) -> bool {
        let school = site.school;
        let pupils = |class: Ix<Class>| &school.classes[class].pupils;
        let is_past = |class: Ix<Class>| school.classes[class].year != school.current_year();
        match self {
            Self::ClassReviews(class) if is_past(class) => false,
            Self::ClassList(class) if is_past(class) => false,
            Self::PaperEdition(class) | Self::PaperSigning(class) if is_past(class) => false,
            Self::CompanyFile(period, _) => school.periods[period].year == school.current_year(),
            Self::ClassReviews(class) => pupils(class)
                .iter()
                .any(|pupil| last_review(site, school.classes[class].diploma, *pupil).is_some()),
            Self::ClassList(class) => !pupils(class).is_empty(),
            Self::PaperEdition(class) | Self::PaperSigning(class) => {
                !site.on_paper(class).is_empty()
            }
            Self::PlacementProof(ix) => {
                let portfolio = &school.portfolios[ix];
                let status = school.periods[portfolio.period].status();
                status == Status::School && portfolio.record.entreprise.is_some()
            }
            Self::FollowUp(d, pupil) => site.may_be_attested(d, pupil),
            Self::PlacementRecap(d, pupil) => {
                site.may_be_attested(d, pupil) && !was_apprentice(school, d, pupil)
            }
            Self::Booklet(d, pupil) => was_apprentice(school, d, pupil),
            Self::Book(_) => school.establishment.book,
            Self::BlankGrid(scenario, class) => {
                let (scenario, class) = (&school.scenarios[scenario], &school.classes[class]);
                !scenario.record.prive && class.year == school.current_year()
            }
            Self::Scenario(scenario) => !school.scenarios[scenario].record.prive,
            _ => true,
        }
    }
}
