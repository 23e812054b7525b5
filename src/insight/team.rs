//! What a member of the staff is involved in: diplomas, classes, evaluations, reviews, learners
//! followed in companies.

use std::collections::BTreeSet;

use super::portfolio::{Followed, by_referent};
use crate::school::{Class, Evaluation, Ix, Person, Referential, Review, Scenario, School};

/// Everything that names a person, in the current year.
#[derive(Debug, Default)]
pub struct Involvement {
    /// Diplomas of the person's classes (CNX-03, CNX-04).
    pub diplomas: BTreeSet<Ix<Referential>>,
    /// Classes of the current year where the person is in the team or form teacher.
    pub classes: Vec<Ix<Class>>,
    /// Evaluations of the current year by this person, in the order of ids.
    pub evaluations: Vec<Ix<Evaluation>>,
    /// Scenarios by this person.
    pub scenarios: Vec<Ix<Scenario>>,
    /// Reviews of the current year by this person.
    pub reviews: Vec<Ix<Review>>,
    /// Learners of the current year whose referent teacher this person is (POR-14).
    pub follows: Followed,
}

/// What each person is involved in, by position in [`School::people`].
pub fn involvement(school: &School) -> Vec<Involvement> {
    let mut list: Vec<Involvement> = school.people.iter().map(|_| Involvement::default()).collect();
    let year = school.current_year();
    let mut of =
        |person: Ix<Person>, note: &dyn Fn(&mut Involvement)| note(&mut list[person.get()]);
    for (ix, class) in school.classes.iter().filter(|(_, class)| class.year == year) {
        let people: BTreeSet<_> = class.team.iter().chain(&class.form_teacher).copied().collect();
        for person in people {
            of(person, &|involvement| {
                involvement.classes.push(ix);
                involvement.diplomas.insert(class.diploma);
            });
        }
    }
    for (person, followed) in by_referent(school, year).of {
        of(person, &|involvement| involvement.follows.clone_from(&followed));
    }
    for (ix, evaluation) in school.evaluations.iter() {
        if let (Some(person), true) =
            (evaluation.author, school.classes[evaluation.class].year == year)
        {
            of(person, &|involvement| involvement.evaluations.push(ix));
        }
    }
    for (ix, scenario) in school.scenarios.iter() {
        if let Some(person) = scenario.author {
            of(person, &|involvement| involvement.scenarios.push(ix));
        }
    }
    for (ix, review) in school.reviews.iter() {
        if let (Some(person), true) = (review.author, year.contains(review.key.date)) {
            of(person, &|involvement| involvement.reviews.push(ix));
        }
    }
    list
}
