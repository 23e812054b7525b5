//! A pupil or apprentice, with the whole of the schooling.

use std::sync::Arc;

use super::{
    Attestation, BookPage, Class, Evaluation, FilledGrid, Ix, Livret, Period, Portfolio, Received,
    Review,
};
use crate::record::{Sex, Status, Student};
use crate::text::{Date, slug};

/// A pupil, the classes gone through, the results and reviews.
#[derive(Debug)]
pub struct Pupil {
    /// Id, unique over all cohorts (`dupont-lea`).
    pub id: String,
    /// Year of entry.
    pub cohort: i16,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: Student,
    /// Stays in classes, in time order.
    pub stays: Vec<Stay>,
    /// Evaluations in which the pupil was chosen, with the row, in time order.
    pub evaluations: Vec<(Ix<Evaluation>, usize)>,
    /// Reviews, oldest first.
    pub reviews: Vec<Ix<Review>>,
    /// Periods in companies, oldest first.
    pub periods: Vec<Ix<Period>>,
    /// Portfolios, in the order of their periods.
    pub portfolios: Vec<Ix<Portfolio>>,
    /// Filled grids, by session then in the order of the référentiel.
    pub grids: Vec<Ix<FilledGrid>>,
    /// Attestations, oldest first.
    pub attestations: Vec<Ix<Attestation>>,
    /// Livrets, by year.
    pub livrets: Vec<Ix<Livret>>,
    /// Pages of the book, oldest first.
    pub book_pages: Vec<Ix<BookPage>>,
    /// What other schools sent, oldest first.
    pub received: Vec<Ix<Received>>,
}

/// A stay in a class.
#[derive(Clone, Debug)]
pub struct Stay {
    /// The class.
    pub class: Ix<Class>,
    /// Under which status.
    pub status: Status,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// Whether somebody born on a day is 18 on another.
fn is_of_age(born: Date, day: Date) -> bool {
    let parts = |date: Date, more: i16| (date.0.year() + more, date.0.month(), date.0.day());
    parts(day, 0) >= parts(born, 18)
}

impl Pupil {
    /// "DUPONT Léa", as lists have it.
    pub fn list_name(&self) -> String {
        format!("{} {}", self.record.nom.to_uppercase(), self.record.prenom)
    }

    /// "Léa Dupont".
    pub fn full_name(&self) -> String {
        format!("{} {}", self.record.prenom, self.record.nom)
    }

    /// Family name and first name, for sorting.
    pub fn sort_name(&self) -> (&str, &str) {
        (&self.record.nom, &self.record.prenom)
    }

    /// Whether somebody in another school's file is this pupil: the same INE (NAT-21); where one of the two
    /// has none, the same names and day of birth.
    pub fn is_called(&self, ine: Option<&str>, nom: &str, prenom: &str, birth: Date) -> bool {
        if let (Some(own), Some(other)) = (&self.record.ine, ine) {
            return own.eq_ignore_ascii_case(other);
        }
        self.record.naissance == birth
            && slug(&self.record.nom) == slug(nom)
            && slug(&self.record.prenom) == slug(prenom)
    }

    /// Whether the pupil is of age on a day.
    pub fn is_of_age(&self, day: Date) -> bool {
        is_of_age(self.record.naissance, day)
    }

    /// The form that agrees with the pupil: feminine, masculine, or one for both when the sex is
    /// not recorded.
    pub fn agree(
        &self,
        feminine: &'static str,
        masculine: &'static str,
        both: &'static str,
    ) -> &'static str {
        match self.record.sexe {
            Some(Sex::Female) => feminine,
            Some(Sex::Male) => masculine,
            None => both,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minor_comes_of_age_on_the_day_of_the_birthday() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        let born = date("2009-02-05");
        assert!(!is_of_age(born, date("2027-02-04")));
        assert!(is_of_age(born, date("2027-02-05")));
        // Born on a leap day: of age on 1 March.
        assert!(!is_of_age(date("2008-02-29"), date("2026-02-28")));
        assert!(is_of_age(date("2008-02-29"), date("2026-03-01")));
    }
}
