//! The list of all pages, each with its own address.

use std::collections::BTreeMap;

use super::{Site, Subject, address, learners_with_book};

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
        Subject::Team,
        Subject::Register,
        Subject::Calendar,
        Subject::Method,
        Subject::Search,
        Subject::Alerts,
    ] {
        add(subject);
    }
    site.common.into_iter().for_each(|d| add(Subject::CommonRules(d)));
    for d in site.all_diplomas() {
        for subject in [
            Subject::Diploma(d),
            Subject::Referential(d),
            Subject::Scenarios(d),
            Subject::Evaluations(d),
            Subject::OlderEvaluations(d),
            Subject::Classes(d),
            Subject::Pupils(d),
            Subject::Reviews(d),
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
    school.evaluations.iter().for_each(|(ix, _)| add(Subject::Evaluation(ix)));
    school.classes.iter().for_each(|(ix, _)| add(Subject::Class(ix)));
    for (d, pupil) in site.dashboards() {
        add(Subject::Dashboard(d, pupil));
        add(Subject::Compact(d, pupil));
        add(Subject::LastReview(d, pupil));
    }
    school.reviews.iter().for_each(|(ix, _)| add(Subject::Review(ix)));
    school.commissions.iter().for_each(|(ix, _)| add(Subject::RegisterCommission(ix)));
    school.deliveries.iter().for_each(|(ix, _)| add(Subject::RegisterDelivery(ix)));
    for (pupil, _) in school.pupils.iter().filter(|(ix, _)| !site.register[ix.get()].is_empty()) {
        site.home_diploma(pupil).into_iter().for_each(|d| add(Subject::PupilRegister(d, pupil)));
    }
    school.people.iter().for_each(|(ix, _)| add(Subject::Person(ix)));
    plan
}
