//! "Tableaux de bord apprenants": the pupils of a diploma by class, then those of former years.

use serde::Serialize;

use crate::insight::{company_reviews, visible_evaluations};
use crate::school::{Class, Ix, Pupil};

use super::roll::{ClassLine, class_line, counted, departure, status_in};
use super::{D, Day, Frame, Menu, Site, Subject, address, frame, link};

/// The context of the list of pupils.
#[derive(Debug, Serialize)]
pub struct PupilsPage {
    /// Around the page.
    pub frame: Frame,
    /// Classes of the current year with their pupils.
    pub classes: Vec<ClassPupils>,
    /// Pupils who do not follow this diploma any more, by the year and class they were last in.
    pub former: Vec<FormerYear>,
}

/// A class and its pupils.
#[derive(Debug, Serialize)]
pub struct ClassPupils {
    /// The class.
    pub class: ClassLine,
    /// Everybody who was in it this year, in the order of names.
    pub pupils: Vec<PupilLine>,
}

/// The former pupils whose last year was this one.
#[derive(Debug, Serialize)]
pub struct FormerYear {
    /// "2025-2026".
    pub year: String,
    /// How many pupils there are.
    pub pupils: usize,
    /// By class.
    pub classes: Vec<ClassPupils>,
}

/// A pupil in a list.
#[derive(Debug, Serialize)]
pub struct PupilLine {
    /// "DUPONT Léa".
    pub name: String,
    /// Birth date, where two pupils of the list have the same name.
    pub born: Option<Day>,
    /// "scolaire", "apprentie".
    pub status: &'static str,
    /// "partie le 15/01/2027", "passé en 1 MCV A 2".
    pub gone: Option<String>,
    /// Evaluations and company reviews that the dashboard shows.
    pub evaluations: usize,
    /// Date of the last review, and way to it.
    pub last_review: Option<(Day, String)>,
    /// Way to the full view.
    pub full: String,
    /// Way to the compact view.
    pub compact: String,
    /// Way to the reviews.
    pub reviews: String,
}

/// Computes the list of pupils of a diploma.
pub fn pupils_page(site: &Site<'_>, d: D, at: &str) -> PupilsPage {
    let school = site.school;
    let of = |class: Ix<Class>, pupils: &[Ix<Pupil>]| ClassPupils {
        class: class_line(site, at, class),
        pupils: lines(site, at, class, pupils),
    };
    let classes =
        site.current_classes(d).map(|class| of(class, &school.classes[class].pupils)).collect();
    let mut former: Vec<FormerYear> = Vec::new();
    for class in site.classes(d) {
        let year = school.classes[*class].year;
        let last = |pupil: &Ix<Pupil>| site.last_class(d, *pupil) == Some(*class);
        let counts = counted(school, *class);
        let pupils: Vec<_> = counts.into_iter().map(|(pupil, _)| pupil).filter(last).collect();
        if year == school.current_year() || pupils.is_empty() {
            continue;
        }
        let name = year.to_string();
        if former.last().is_none_or(|group| group.year != name) {
            former.push(FormerYear { year: name, pupils: 0, classes: Vec::new() });
        }
        if let Some(group) = former.last_mut() {
            group.pupils += pupils.len();
            group.classes.push(of(*class, &pupils));
        }
    }
    let frame = frame(site, at, "Tableaux de bord apprenants", Some(d), Some(Menu::Dashboards));
    PupilsPage { frame, classes, former }
}

fn lines(site: &Site<'_>, at: &str, class: Ix<Class>, pupils: &[Ix<Pupil>]) -> Vec<PupilLine> {
    let school = site.school;
    let d = school.classes[class].diploma;
    let to = |subject| link(at, &address(site, subject));
    let line = |ix: &Ix<Pupil>| {
        let pupil = &school.pupils[*ix];
        let name = pupil.list_name();
        let homonym = |other: &Ix<Pupil>| other != ix && school.pupils[*other].list_name() == name;
        let last = crate::insight::reviews_of(school, pupil, d).pop();
        PupilLine {
            born: pupils.iter().any(homonym).then(|| pupil.record.naissance.into()),
            status: status_in(pupil, class),
            gone: departure(school, class, *ix),
            evaluations: visible_evaluations(school, pupil, d).count()
                + company_reviews(school, pupil, d).len(),
            last_review: last.map(|review| {
                (school.reviews[review].key.date.into(), to(Subject::Review(review)))
            }),
            full: to(Subject::Dashboard(d, *ix)),
            compact: to(Subject::Compact(d, *ix)),
            reviews: to(Subject::LastReview(d, *ix)),
            name,
        }
    };
    pupils.iter().map(line).collect()
}
