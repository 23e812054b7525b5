//! An apprentice's booklet, for paper: contract, companies, activities, reviews, positions (SUI-04).

use serde::Serialize;

use super::followed::tutor_name;
use super::{portfolio_href, span};
use crate::insight::{follow_up_state, reviews_of};
use crate::page::apprentices::stay_line;
use crate::page::dashboard::path;
use crate::page::{D, Day, Document, Frame, Menu, Site, Subject, address, frame, link};
use crate::record::Status;
use crate::school::{Ix, Period, Pupil, Review, School};
use crate::text::long_date;

/// The context of a booklet.
#[derive(Debug, Serialize)]
pub struct BookletPage {
    /// Around the page.
    pub frame: Frame,
    /// "DUPONT Léa".
    pub name: String,
    /// "14 mars 2010".
    pub born: String,
    /// "née", "né".
    pub born_word: &'static str,
    /// Wording of the diploma.
    pub diploma: String,
    /// The last class, and the way to it.
    pub class: Option<(String, String)>,
    /// Classes gone through.
    pub path: String,
    /// Classes followed as an apprentice: "2026-2027, 1 MCV A 1, à partir du 01/10/2026".
    pub contracts: Vec<String>,
    /// Way to the dashboard.
    pub dashboard: String,
    /// Periods in companies, oldest first.
    pub periods: Vec<BookletPeriod>,
    /// Valid reviews, oldest first: date, way, who validated.
    pub reviews: Vec<(Day, String, String)>,
    /// Tasks of the diploma, and how many of them were met.
    pub tasks: (usize, usize),
    /// The apprentice.
    #[serde(skip)]
    pub pupil: Ix<Pupil>,
    /// The reviews shown as columns.
    #[serde(skip)]
    pub columns: Vec<Ix<Review>>,
}

/// A period in a company.
#[derive(Debug, Serialize)]
pub struct BookletPeriod {
    /// "Période employeur 1".
    pub title: String,
    /// "du 5 octobre au 18 décembre 2026".
    pub dates: String,
    /// Whether it is an employer period: apprentices only.
    pub employer: bool,
    /// Way to the portfolio.
    pub href: Option<String>,
    /// "Maison Keller, Toul".
    pub company: Option<String>,
    /// "Mme Claire Perrin".
    pub tutor: Option<String>,
    /// "M. Mercier".
    pub referent: Option<String>,
    /// Fiches written, and expected.
    pub sheets: (usize, usize),
    /// Weeks of the log written, and expected.
    pub weeks: (usize, usize),
    /// The fiches: title, day, text, codes of the tasks.
    pub activities: Vec<(String, Day, String, Vec<String>)>,
    /// The valid company review: day, names, appreciation.
    pub review: Option<(Day, String, Option<String>)>,
    /// The period.
    #[serde(skip)]
    pub period: Ix<Period>,
}

/// Whether a pupil was an apprentice in a class of a diploma.
pub fn was_apprentice(school: &School, d: D, pupil: Ix<Pupil>) -> bool {
    school.pupils[pupil]
        .stays
        .iter()
        .any(|stay| stay.status == Status::Apprentice && school.classes[stay.class].diploma == d)
}

/// Computes the booklet of an apprentice on a diploma.
pub fn booklet_page(site: &Site<'_>, d: D, ix: Ix<Pupil>, at: &str) -> BookletPage {
    let school = site.school;
    let pupil = &school.pupils[ix];
    let to = |subject| link(at, &address(site, subject));
    let name = pupil.list_name();
    let around = frame(
        site,
        at,
        format!("{name}, livret d’apprentissage"),
        Some(d),
        Some(Menu::Apprentices),
    )
    .crumb(site, at, "Livrets des apprentis", Subject::Apprentices(d))
    .papers(site, at, &[Document::Booklet(d, ix)]);
    let stays = pupil.stays.iter().filter(|stay| {
        stay.status == Status::Apprentice && school.classes[stay.class].diploma == d
    });
    let periods = super::periods_of(site, ix).into_iter();
    let periods = periods.filter(|period| school.periods[*period].diploma == d);
    let columns: Vec<_> = reviews_of(school, pupil, d)
        .into_iter()
        .filter(|review| school.reviews[*review].is_valid())
        .collect();
    let reviews = columns.iter().map(|review| {
        let shown = &school.reviews[*review];
        let by = shown.validated_by.map(|person| school.people[person].formal_name());
        let by = by.unwrap_or_default();
        (shown.key.date.into(), to(Subject::Review(*review)), by)
    });
    let all = school.referentials[d].tasks.len();
    BookletPage {
        frame: around,
        born: long_date(pupil.record.naissance),
        born_word: pupil.agree("née", "né", "né ou née"),
        diploma: school.referentials[d].record.intitule.clone(),
        class: site
            .last_class(d, ix)
            .map(|class| (school.classes[class].record.nom.clone(), to(Subject::Class(class)))),
        path: path(school, pupil),
        contracts: stays.map(|stay| stay_line(school, pupil, stay).place).collect(),
        dashboard: to(Subject::Dashboard(d, ix)),
        periods: periods.map(|period| booklet_period(site, period, ix, at)).collect(),
        reviews: reviews.collect(),
        tasks: (all, all - crate::insight::tasks_never_met(school, ix, d).len()),
        pupil: ix,
        columns,
        name,
    }
}

fn booklet_period(site: &Site<'_>, ix: Ix<Period>, pupil: Ix<Pupil>, at: &str) -> BookletPeriod {
    let school = site.school;
    let period = &school.periods[ix];
    let referential = &school.referentials[period.diploma];
    let state = follow_up_state(school, ix, pupil);
    let portfolio = state.portfolio.map(|portfolio| &school.portfolios[portfolio]);
    let record = portfolio.map(|portfolio| &portfolio.record);
    let activities = portfolio.into_iter().flat_map(|portfolio| {
        portfolio.record.fiches.iter().zip(&portfolio.sheet_tasks).map(|(sheet, tasks)| {
            let codes = super::twin::task_codes(referential, tasks);
            let codes = codes.into_iter().map(str::to_owned).collect();
            (sheet.titre.clone(), sheet.saisi_le.into(), sheet.texte.0.clone(), codes)
        })
    });
    let review = portfolio.and_then(|portfolio| {
        let review = portfolio.valid_review()?;
        let names = super::reviewers(site, portfolio, review);
        let words = review.appreciation.as_ref().map(|prose| prose.0.clone());
        Some((review.date.into(), names, words))
    });
    BookletPeriod {
        title: period.record.titre.clone(),
        dates: span(period.record.debut, period.record.fin),
        employer: period.record.apprentis,
        href: portfolio_href(site, at, ix, pupil),
        company: record.and_then(|record| record.entreprise.as_ref()).map(|company| match &company
            .ville
        {
            Some(town) => format!("{}, {town}", company.nom),
            None => company.nom.clone(),
        }),
        tutor: record.and_then(|record| record.tuteur.as_ref()).map(tutor_name),
        referent: period.referent(pupil).map(|person| school.people[person].formal_name()),
        sheets: (state.sheets_written, state.sheets_expected),
        weeks: (state.weeks_written, state.weeks_expected),
        activities: activities.collect(),
        review,
        period: ix,
    }
}
