//! The list of all pages, each with its own address.

use std::collections::BTreeMap;

use super::{Site, Subject, address, learners_with_book, livret_pupils};

/// All pages by address.
#[derive(Debug, Default)]
pub struct Plan {
    /// The pages, in the order of their addresses.
    pub pages: BTreeMap<String, Subject>,
    /// Addresses that two pages claim: a fault of this program, which a test looks for.
    pub collisions: Vec<String>,
}

/// Plans the staff's site.
pub fn plan(site: &Site<'_>) -> Plan {
    let school = site.school;
    let mut plan = Plan::default();
    let mut add = |subject: Subject| {
        let at = address(site, subject);
        if let Some(other) = plan.pages.insert(at.clone(), subject)
            && other != subject
        {
            plan.collisions.push(at);
        }
    };
    for subject in [
        Subject::Home,
        Subject::Console,
        Subject::Reminders,
        Subject::Kickoff,
        Subject::Team,
        Subject::Register,
        Subject::Families,
        Subject::Calendar,
        Subject::Method,
        Subject::Accessibility,
        Subject::Search,
        Subject::Past,
        Subject::Alerts,
    ] {
        add(subject);
    }
    if site.documents {
        add(Subject::Gallery);
    }
    if super::has_transfers(school) {
        add(Subject::Transfers);
    }
    school.received.iter().for_each(|(ix, _)| add(Subject::Received(ix)));
    site.common.into_iter().for_each(|d| add(Subject::CommonRules(d)));
    for d in site.all_diplomas() {
        for subject in [
            Subject::Diploma(d),
            Subject::Referential(d),
            Subject::Scenarios(d),
            Subject::Portfolios(d),
            Subject::OlderPortfolios(d),
            Subject::Evaluations(d),
            Subject::OlderEvaluations(d),
            Subject::Annexes(d),
            Subject::Periods(d),
            Subject::Coverage(d),
            Subject::Classes(d),
            Subject::Pupils(d),
            Subject::Reviews(d),
            Subject::Attestations(d),
            Subject::Certification(d),
            Subject::Transversal(d),
            Subject::Projects(d),
            Subject::Apprentices(d),
            Subject::Storage(d),
            Subject::Resources(d),
            Subject::Lsl(d),
        ] {
            add(subject);
        }
    }
    // The book is closed until the DDFPT opens it (BOOK-01).
    if school.establishment.book {
        for d in site.all_diplomas() {
            add(Subject::Books(d));
            learners_with_book(site, d).into_iter().for_each(|ix| add(Subject::Book(d, ix)));
        }
    }
    let followed: Vec<_> = site.all_diplomas().collect();
    // A private scenario stays with its author: no page, no list, no search (SCE-15).
    let scenarios = school
        .scenarios
        .iter()
        .filter(|(_, scenario)| !scenario.record.prive && followed.contains(&scenario.diploma));
    scenarios.for_each(|(ix, _)| add(Subject::Scenario(ix)));
    let annexes = school.annexes.iter().filter(|(_, annex)| followed.contains(&annex.diploma));
    annexes.for_each(|(ix, _)| add(Subject::Annex(ix)));
    let periods = school.periods.iter().filter(|(_, period)| followed.contains(&period.diploma));
    periods.for_each(|(ix, _)| add(Subject::Period(ix)));
    school.evaluations.iter().for_each(|(ix, _)| add(Subject::Evaluation(ix)));
    school.classes.iter().for_each(|(ix, _)| add(Subject::Class(ix)));
    for (class, _) in school.classes.iter() {
        let pupils = livret_pupils(school, class);
        pupils.iter().for_each(|pupil| add(Subject::Livret(class, *pupil)));
        // What is to be copied is of this year.
        if school.classes[class].year == school.current_year() && !pupils.is_empty() {
            pupils.iter().for_each(|pupil| add(Subject::LivretCopy(class, *pupil)));
            add(Subject::LivretScreen(class));
        }
    }
    for (d, pupil) in site.dashboards() {
        add(Subject::Dashboard(d, pupil));
        add(Subject::Compact(d, pupil));
        add(Subject::LastReview(d, pupil));
        if site.documents {
            add(Subject::PupilDocuments(d, pupil));
        }
        if site.may_be_attested(d, pupil) {
            add(Subject::PrepareAttestation(d, pupil));
        }
    }
    for (pupil, _) in school.pupils.iter() {
        for period in super::portfolio::periods_of(site, pupil) {
            add(Subject::Portfolio(school.periods[period].diploma, pupil, period));
        }
    }
    for (d, pupil) in site.dashboards() {
        if super::was_apprentice(school, d, pupil) {
            add(Subject::Booklet(d, pupil));
        }
    }
    site.certification.keys().for_each(|(d, session)| add(Subject::Recap(*d, *session)));
    for (d, pupil, session, grid) in site.national_grids() {
        add(Subject::Grid(d, pupil, session, grid));
    }
    school.attestations.iter().for_each(|(ix, _)| add(Subject::Attestation(ix)));
    school.reviews.iter().for_each(|(ix, _)| add(Subject::Review(ix)));
    school.commissions.iter().for_each(|(ix, _)| add(Subject::RegisterCommission(ix)));
    school.deliveries.iter().for_each(|(ix, _)| add(Subject::RegisterDelivery(ix)));
    for (pupil, _) in school.pupils.iter().filter(|(ix, _)| !site.register[ix.get()].is_empty()) {
        site.home_diploma(pupil).into_iter().for_each(|d| add(Subject::PupilRegister(d, pupil)));
    }
    school.people.iter().for_each(|(ix, _)| add(Subject::Person(ix)));
    plan
}
