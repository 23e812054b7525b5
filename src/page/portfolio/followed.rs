//! The learners whom a referent teacher follows in companies: seen or not, and whom to call (POR-14).

use serde::Serialize;

use super::{class_in, portfolio_href, span};
use crate::insight::{ReviewStage, follow_up_state};
use crate::page::{Day, Site};
use crate::school::{Ix, Period, Person, Pupil};

/// A period and the learners whom one person follows in it.
#[derive(Debug, Serialize)]
pub struct FollowedPeriod {
    /// "PFMP 3 – Conduire une vente simple".
    pub title: String,
    /// Acronym of the diploma.
    pub diploma: String,
    /// "du 11 janvier au 5 février 2027".
    pub dates: String,
    /// The learners.
    pub learners: Vec<FollowedLearner>,
    /// How many of them have been seen.
    pub seen: usize,
}

/// A learner, the company, and how to reach the tutor.
#[derive(Debug, Serialize)]
pub struct FollowedLearner {
    /// "DUPONT Léa".
    pub name: String,
    /// Way to the portfolio.
    pub href: Option<String>,
    /// Name of the class.
    pub class: Option<String>,
    /// "Librairie du Marché, Nancy".
    pub company: Option<String>,
    /// "Mme Claire Perrin".
    pub tutor: Option<String>,
    /// The tutor's telephone number, else the company's: as written, and as a link dials it.
    pub phone: Option<(String, String)>,
    /// Weeks of the log written, and expected.
    pub weeks: (usize, usize),
    /// Entries written after the end of the period.
    pub late: usize,
    /// "vue", "vu".
    pub seen_word: &'static str,
    /// The last visit or call.
    pub seen: Option<Day>,
    /// "none", "draft", "valid".
    pub review: &'static str,
}

/// The learners followed in the current year, by period.
pub(in crate::page) fn followed(
    site: &Site<'_>,
    person: Ix<Person>,
    at: &str,
) -> Vec<FollowedPeriod> {
    let periods = &site.involvement[person.get()].follows;
    let part = |(period, pupils): &(Ix<Period>, Vec<Ix<Pupil>>)| {
        let period_ix = *period;
        let period = &site.school.periods[period_ix];
        let record = &period.record;
        let learners: Vec<_> =
            pupils.iter().map(|pupil| learner(site, period_ix, *pupil, at)).collect();
        FollowedPeriod {
            title: record.titre.clone(),
            diploma: site.school.referentials[period.diploma].record.sigle.clone(),
            dates: span(record.debut, record.fin),
            seen: learners.iter().filter(|learner| learner.seen.is_some()).count(),
            learners,
        }
    };
    periods.iter().map(part).collect()
}

fn learner(site: &Site<'_>, period: Ix<Period>, pupil: Ix<Pupil>, at: &str) -> FollowedLearner {
    let school = site.school;
    let state = follow_up_state(school, period, pupil);
    let record = state.portfolio.map(|portfolio| &school.portfolios[portfolio].record);
    let company = record.and_then(|record| record.entreprise.as_ref());
    let tutor = record.and_then(|record| record.tuteur.as_ref());
    let phone = tutor
        .and_then(|tutor| tutor.telephone.as_ref())
        .or_else(|| company.and_then(|company| company.telephone.as_ref()));
    let visits = record.map_or(&[][..], |record| &record.visites);
    FollowedLearner {
        name: school.pupils[pupil].list_name(),
        href: portfolio_href(site, at, period, pupil),
        class: class_in(site, &school.periods[period], pupil)
            .map(|class| school.classes[class].record.nom.clone()),
        company: company.map(|company| match &company.ville {
            Some(town) => format!("{}, {town}", company.nom),
            None => company.nom.clone(),
        }),
        tutor: tutor.map(tutor_name),
        phone: phone.map(|phone| (phone.clone(), dialled(phone))),
        weeks: (state.weeks_written, state.weeks_expected),
        late: state.late_entries,
        seen_word: school.pupils[pupil].agree("vue", "vu", "vu"),
        seen: visits.iter().map(|visit| visit.date).max().map(Day::from),
        review: match state.review {
            ReviewStage::None => "none",
            ReviewStage::Draft => "draft",
            ReviewStage::Valid => "valid",
        },
    }
}

/// "Mme Claire Perrin".
pub(crate) fn tutor_name(tutor: &crate::record::Tutor) -> String {
    let civility = tutor.civilite.map(|civility| civility.as_str().to_owned());
    let parts = [civility, tutor.prenom.clone(), Some(tutor.nom.clone())];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" ")
}

/// A telephone number as a link dials it: digits and a leading plus.
pub(crate) fn dialled(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}
