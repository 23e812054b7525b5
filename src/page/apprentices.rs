//! "Livrets des apprentis": apprentices of a diploma, their status year by year (SUI-04).

use serde::Serialize;

use crate::record::Status;
use crate::school::{Class, Ix, Pupil, School, Stay};
use crate::text::short_date;

use super::roll::{departure, status_word};
use super::{D, Frame, Menu, Site, Subject, address, frame, link};

/// The context of the page of apprentices.
#[derive(Debug, Serialize)]
pub struct ApprenticesPage {
    /// Around the page.
    pub frame: Frame,
    /// Those whose class is of the current year.
    pub current: Vec<ApprenticeLine>,
    /// Those of former years.
    pub former: Vec<ApprenticeLine>,
}

/// An apprentice.
#[derive(Debug, Serialize)]
pub struct ApprenticeLine {
    /// "DUPONT Léa".
    pub name: String,
    /// Way to the booklet.
    pub booklet: String,
    /// Way to the dashboard.
    pub dashboard: String,
    /// Way to the reviews.
    pub reviews: String,
    /// The last class on this diploma, and the way to it.
    pub class: (String, String),
    /// "partie le 15/01/2027".
    pub gone: Option<String>,
    /// Status in each class gone through, in time order.
    pub stays: Vec<StayLine>,
}

/// A status and where it held.
#[derive(Debug, Serialize)]
pub struct StayLine {
    /// "apprentie".
    pub status: &'static str,
    /// Whether it is an apprenticeship.
    pub apprentice: bool,
    /// "2026-2027, 1 MCV A 1, à partir du 01/10/2026".
    pub place: String,
}

/// Computes the page of apprentices of a diploma: those who were one in a class of it.
pub fn apprentices_page(site: &Site<'_>, d: D, at: &str) -> ApprenticesPage {
    let school = site.school;
    let mut pupils: Vec<Ix<Pupil>> = site
        .dashboards()
        .filter(|(diploma, _)| *diploma == d)
        .map(|(_, pupil)| pupil)
        .filter(|pupil| super::was_apprentice(school, d, *pupil))
        .collect();
    pupils.sort_by(|a, b| {
        let (a, b) = (&school.pupils[*a], &school.pupils[*b]);
        site.collation.compare_names(a.sort_name(), b.sort_name()).then_with(|| a.id.cmp(&b.id))
    });
    let (mut current, mut former) = (Vec::new(), Vec::new());
    for pupil in pupils {
        let Some(class) = site.last_class(d, pupil) else { continue };
        let of_this_year = school.classes[class].year == school.current_year();
        let list = if of_this_year { &mut current } else { &mut former };
        list.push(line(site, at, pupil, class));
    }
    let frame = frame(site, at, "Livrets des apprentis", Some(d), Some(Menu::Apprentices));
    ApprenticesPage { frame, current, former }
}

fn line(site: &Site<'_>, at: &str, ix: Ix<Pupil>, class: Ix<Class>) -> ApprenticeLine {
    let school = site.school;
    let pupil = &school.pupils[ix];
    let d = school.classes[class].diploma;
    let to = |subject| link(at, &address(site, subject));
    ApprenticeLine {
        name: pupil.list_name(),
        booklet: to(Subject::Booklet(d, ix)),
        dashboard: to(Subject::Dashboard(d, ix)),
        reviews: to(Subject::LastReview(d, ix)),
        class: (school.classes[class].record.nom.clone(), to(Subject::Class(class))),
        gone: departure(school, class, ix),
        stays: pupil.stays.iter().map(|stay| stay_line(school, pupil, stay)).collect(),
    }
}

/// A status, and the class and dates where it held.
pub(super) fn stay_line(school: &School, pupil: &Pupil, stay: &Stay) -> StayLine {
    let class = &school.classes[stay.class];
    let mut place = format!("{}, {}", class.year, class.record.nom);
    if stay.from > class.year.first_day() {
        place.push_str(&format!(", à partir du {}", short_date(stay.from)));
    }
    if stay.to < class.year.last_day() {
        place.push_str(&format!(", jusqu’au {}", short_date(stay.to)));
    }
    StayLine {
        status: status_word(pupil, stay.status),
        apprentice: stay.status == Status::Apprentice,
        place,
    }
}
