//! One member of the staff: diplomas, classes, evaluations, reviews, scenarios.

use serde::Serialize;

use super::evaluation_list::{self, EvaluationEntry};
use super::portfolio::{FollowedPeriod, followed};
use super::team::{left, list_name, roles};
use super::{Frame, Site, Subject, address, frame, link};
use crate::record::Origin;
use crate::school::{Class, Ix, Person, Review};
use crate::text::short_date;

/// The context of a person's page.
#[derive(Debug, Serialize)]
pub struct PersonPage {
    /// Around the page: with the menu of the diploma when there is exactly one (CNX-03).
    pub frame: Frame,
    /// "Paul Mercier".
    pub name: String,
    /// "M.".
    pub civility: &'static str,
    /// "enseignant, DDFPT".
    pub roles: String,
    /// Subject taught.
    pub discipline: Option<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Day on which access was handed over.
    pub access: Option<String>,
    /// Whether the record was made by hand.
    pub by_hand: bool,
    /// "inactif depuis le 31/08/2025".
    pub left: Option<String>,
    /// "2026-2027".
    pub year: String,
    /// Diplomas: acronym, wording, way to each (CNX-04).
    pub diplomas: Vec<(String, String, String)>,
    /// Classes of the year: name, way to each, whether form teacher.
    pub classes: Vec<PersonClass>,
    /// Evaluations of the year, by class.
    pub evaluations: Vec<(String, Vec<EvaluationEntry>)>,
    /// How many evaluations.
    pub evaluation_count: usize,
    /// Reviews of the year, by class.
    pub reviews: Vec<(String, Vec<PersonReview>)>,
    /// How many reviews.
    pub review_count: usize,
    /// Learners followed in companies this year, by period (POR-14).
    pub followed: Vec<FollowedPeriod>,
    /// How many learners are followed.
    pub followed_count: usize,
    /// Scenarios, by title.
    pub scenarios: Vec<PersonScenario>,
}

/// A class of the person.
#[derive(Debug, Serialize)]
pub struct PersonClass {
    /// Name.
    pub name: String,
    /// Way to it.
    pub href: String,
    /// Acronym of the diploma.
    pub diploma: String,
    /// Whether the person is its form teacher.
    pub form_teacher: bool,
}

/// A review written by the person.
#[derive(Debug, Serialize)]
pub struct PersonReview {
    /// "DUPONT Léa".
    pub pupil: String,
    /// Way to it.
    pub href: String,
    /// "11/12/2026".
    pub date: String,
    /// Whether it was validated.
    pub valid: bool,
}

/// A scenario of the person.
#[derive(Debug, Serialize)]
pub struct PersonScenario {
    /// Title.
    pub title: String,
    /// Way to it; a private one has no page (SCE-15).
    pub href: Option<String>,
    /// "MCV A, première".
    pub place: String,
    /// Whether it is private.
    pub private: bool,
}

/// Computes the page of a person.
pub fn person_page(site: &Site<'_>, ix: Ix<Person>, at: &str) -> PersonPage {
    let school = site.school;
    let person = &school.people[ix];
    let involvement = &site.involvement[ix.get()];
    let to = |subject| link(at, &address(site, subject));
    let only = match involvement.diplomas.iter().copied().collect::<Vec<_>>()[..] {
        [d] => Some(d),
        _ => None,
    };
    let around =
        frame(site, at, list_name(person), only, None).crumb(site, at, "Équipe", Subject::Team);
    let evaluations = by_class(
        site,
        &involvement.evaluations,
        |ix| (school.evaluations[ix].class, school.evaluations[ix].record.date),
        |ix| evaluation_list::line(site, ix, at),
    );
    let reviews = by_class(
        site,
        &involvement.reviews,
        |ix: Ix<Review>| (school.reviews[ix].class, school.reviews[ix].key.date),
        |ix| PersonReview {
            pupil: school.pupils[school.reviews[ix].pupil].list_name(),
            href: to(Subject::Review(ix)),
            date: short_date(school.reviews[ix].key.date),
            valid: school.reviews[ix].is_valid(),
        },
    );
    let followed = followed(site, ix, at);
    PersonPage {
        frame: around,
        followed_count: followed.iter().map(|period| period.learners.len()).sum(),
        followed,
        name: person.full_name(),
        civility: person.record.civilite.as_str(),
        roles: roles(person),
        discipline: person.record.discipline.clone(),
        emails: person.record.courriels.clone(),
        access: person.record.acces_remis_le.map(short_date),
        by_hand: person.record.origine == Some(Origin::Manual),
        left: left(person),
        year: school.current_year().to_string(),
        diplomas: site
            .all_diplomas()
            .filter(|d| involvement.diplomas.contains(d))
            .map(|d| {
                let record = &school.referentials[d].record;
                (record.sigle.clone(), record.intitule.clone(), to(Subject::Diploma(d)))
            })
            .collect(),
        classes: involvement
            .classes
            .iter()
            .map(|class_ix| {
                let class = &school.classes[*class_ix];
                PersonClass {
                    name: class.record.nom.clone(),
                    href: to(Subject::Class(*class_ix)),
                    diploma: school.referentials[class.diploma].record.sigle.clone(),
                    form_teacher: class.form_teacher == Some(ix),
                }
            })
            .collect(),
        evaluation_count: involvement.evaluations.len(),
        evaluations,
        review_count: involvement.reviews.len(),
        reviews,
        scenarios: scenarios(site, ix, at),
    }
}

/// Things grouped by class in the order of names, each group in time order.
fn by_class<T: Copy + Ord, L>(
    site: &Site<'_>,
    list: &[T],
    place: impl Fn(T) -> (Ix<Class>, crate::text::Date),
    line: impl Fn(T) -> L,
) -> Vec<(String, Vec<L>)> {
    let name = |class: Ix<Class>| site.school.classes[class].record.nom.as_str();
    let mut list = list.to_vec();
    list.sort_by(|a, b| {
        let ((class_a, date_a), (class_b, date_b)) = (place(*a), place(*b));
        site.collation
            .compare(name(class_a), name(class_b))
            .then_with(|| (class_a, date_a, a).cmp(&(class_b, date_b, b)))
    });
    let mut groups: Vec<(Ix<Class>, Vec<L>)> = Vec::new();
    for thing in list {
        let (class, _) = place(thing);
        match groups.last_mut().filter(|(other, _)| *other == class) {
            Some((_, lines)) => lines.push(line(thing)),
            None => groups.push((class, vec![line(thing)])),
        }
    }
    groups.into_iter().map(|(class, lines)| (name(class).to_owned(), lines)).collect()
}

fn scenarios(site: &Site<'_>, ix: Ix<Person>, at: &str) -> Vec<PersonScenario> {
    let school = site.school;
    let mut list = site.involvement[ix.get()].scenarios.clone();
    list.sort_by(|a, b| {
        let (a, b) = (&school.scenarios[*a], &school.scenarios[*b]);
        site.collation.compare(&a.record.titre, &b.record.titre).then_with(|| a.id.cmp(&b.id))
    });
    list.into_iter()
        .map(|ix| {
            let scenario = &school.scenarios[ix];
            let private = scenario.record.prive;
            let has_page = !private && site.all_diplomas().any(|d| d == scenario.diploma);
            let sigle = &school.referentials[scenario.diploma].record.sigle;
            PersonScenario {
                title: scenario.record.titre.clone(),
                href: has_page.then(|| link(at, &address(site, Subject::Scenario(ix)))),
                place: format!("{sigle}, {}", scenario.level.label().to_lowercase()),
                private,
            }
        })
        .collect()
}
