//! Which records a page is about, and which part of them.

use std::sync::Arc;

use super::super::{Site, Subject};
use crate::school::School;

/// A record, or what stands in it below some keys.
pub(super) struct Source {
    pub(super) file: Arc<str>,
    pub(super) within: Vec<String>,
}

impl Source {
    fn whole(file: &Arc<str>) -> Vec<Self> {
        vec![Self { file: Arc::clone(file), within: Vec::new() }]
    }

    fn part(file: &Arc<str>, table: &str, id: &str) -> Vec<Self> {
        vec![Self { file: Arc::clone(file), within: vec![table.to_owned(), id.to_owned()] }]
    }
}

/// The records whose life a page tells.
pub(super) fn sources(site: &Site<'_>, subject: Subject) -> Vec<Source> {
    let school: &School = site.school;
    match subject {
        Subject::Scenario(ix) => Source::whole(&school.scenarios[ix].file),
        Subject::Evaluation(ix) => Source::whole(&school.evaluations[ix].file),
        Subject::Annex(ix) => Source::whole(&school.annexes[ix].file),
        Subject::Period(ix) => Source::whole(&school.periods[ix].file),
        Subject::Portfolio(_, pupil, period) => school
            .portfolio(pupil, period)
            .map_or_else(Vec::new, |ix| Source::whole(&school.portfolios[ix].file)),
        Subject::Review(ix) => Source::whole(&school.reviews[ix].file),
        Subject::LastReview(_, pupil) => (school.pupils[pupil].reviews.last())
            .map_or_else(Vec::new, |ix| Source::whole(&school.reviews[*ix].file)),
        Subject::Attestation(ix) => Source::whole(&school.attestations[ix].file),
        Subject::Grid(d, pupil, session, grid) => (school.pupils[pupil].grids.iter())
            .map(|ix| &school.grids[*ix])
            .find(|one| one.diploma == d && one.session == session && one.grid == grid)
            .map_or_else(Vec::new, |one| Source::whole(&one.file)),
        Subject::Livret(class, pupil) => school
            .livret_of(pupil, school.classes[class].year)
            .map_or_else(Vec::new, |ix| Source::whole(&school.livrets[ix].file)),
        Subject::Dashboard(_, pupil) => Source::whole(&school.pupils[pupil].file),
        Subject::Book(_, pupil) => (school.pupils[pupil].book_pages.iter())
            .flat_map(|ix| Source::whole(&school.book_pages[*ix].file))
            .collect(),
        Subject::RegisterCommission(ix) => Source::whole(&school.commissions[ix].file),
        Subject::RegisterDelivery(ix) => Source::whole(&school.deliveries[ix].file),
        Subject::Referential(d) => Source::whole(&school.referentials[d].file),
        Subject::Person(ix) => {
            let person = &school.people[ix];
            Source::part(&person.file, "personnes", &person.id)
        }
        Subject::Class(ix) => {
            let class = &school.classes[ix];
            Source::part(&class.file, "classes", &class.key)
        }
        Subject::Received(ix) => Source::whole(&school.received[ix].file),
        Subject::Calendar => (school.year(school.current_year()))
            .and_then(|year| year.calendar.as_ref())
            .map_or_else(Vec::new, |calendar| Source::whole(&calendar.file)),
        _ => Vec::new(),
    }
}
