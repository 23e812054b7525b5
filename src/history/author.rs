//! Whose hand a commit is, among those the school knew then.

use super::facts::{PersonFacts, StudentFacts};
use super::moment::Moment;
use crate::source::Hand;
use crate::text::Date;

/// Who wrote, as the commit says and as the school knew them.
#[derive(Clone, Debug)]
pub struct Author<'m> {
    /// Name, as the commit says it.
    pub name: &'m str,
    /// Address, in lower case.
    pub email: &'m str,
    /// Who that is.
    pub known: Known<'m>,
}

/// Who an address belongs to.
#[derive(Clone, Debug)]
pub enum Known<'m> {
    /// A member of the staff.
    Person(&'m PersonFacts),
    /// A member of the staff who had left.
    Gone(&'m PersonFacts),
    /// A learner.
    Learner(&'m StudentFacts),
    /// Nobody the school knows.
    Nobody,
}

impl<'m> Author<'m> {
    /// Looks for the hand that wrote on a day.
    pub fn find(hand: &'m Hand, day: Date, moment: &'m Moment) -> Self {
        let known = match (moment.person_at(&hand.email), moment.learner_at(&hand.email)) {
            (Some(person), _) if person.gone.is_some_and(|gone| gone <= day) => Known::Gone(person),
            (Some(person), _) => Known::Person(person),
            (None, Some(learner)) => Known::Learner(learner),
            (None, None) => Known::Nobody,
        };
        Self { name: &hand.name, email: &hand.email, known }
    }

    /// The member of the staff, if it is one who had not left.
    pub fn person(&self) -> Option<&'m PersonFacts> {
        match self.known {
            Known::Person(person) => Some(person),
            _ => None,
        }
    }

    /// The learner, if it is one.
    pub fn learner(&self) -> Option<&'m StudentFacts> {
        match self.known {
            Known::Learner(learner) => Some(learner),
            _ => None,
        }
    }

    /// Whether this is the person of an id.
    pub fn is(&self, id: &str) -> bool {
        self.person().is_some_and(|person| person.id == id)
    }

    /// The name to use in a sentence.
    pub fn called(&self) -> &'m str {
        match self.known {
            Known::Person(person) | Known::Gone(person) => &person.name,
            Known::Learner(learner) => &learner.name,
            Known::Nobody => self.name,
        }
    }
}
