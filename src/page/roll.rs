//! Who a class counts, and how lists of classes show it.

use serde::Serialize;

use crate::record::{Status, StudyLevel};
use crate::school::{Class, Ix, Pupil, School};
use crate::text::short_date;

use super::{Site, Subject, address, link};

/// A class as lists show it.
#[derive(Debug, Serialize)]
pub struct ClassLine {
    /// Anchor within a page that tells of one year.
    pub anchor: String,
    /// Name.
    pub name: String,
    /// Way to its page.
    pub href: String,
    /// How many pupils it counts.
    pub pupils: usize,
    /// How many of them are apprentices.
    pub apprentices: usize,
    /// Form teacher, and way to that person's page.
    pub form_teacher: Option<(String, String)>,
    /// How many evaluations it had.
    pub evaluations: usize,
}

/// The classes of one level of study.
#[derive(Debug, Serialize)]
pub struct LevelGroup {
    /// "Première".
    pub level: &'static str,
    /// Its classes.
    pub classes: Vec<ClassLine>,
}

/// The pupils that a class counts, with their status: those for whom it is the last class of its
/// year, and who have not left when that year is the current one.
pub(super) fn counted(school: &School, class_ix: Ix<Class>) -> Vec<(Ix<Pupil>, Status)> {
    let class = &school.classes[class_ix];
    let current = class.year == school.current_year();
    let count = |ix: &Ix<Pupil>| {
        let pupil = &school.pupils[*ix];
        let (last, status) = last_of_year(school, pupil, class)?;
        let stays = last == class_ix && !(current && pupil.record.inactif_depuis.is_some());
        stays.then_some((*ix, status))
    };
    class.pupils.iter().filter_map(count).collect()
}

/// The last class of a pupil in the year of a class, and the status there.
fn last_of_year(school: &School, pupil: &Pupil, class: &Class) -> Option<(Ix<Class>, Status)> {
    let stays = pupil.stays.iter().rev();
    let mut of_year = stays.filter(|stay| school.classes[stay.class].year == class.year);
    of_year.next().map(|stay| (stay.class, stay.status))
}

/// Why a class does not count a pupil any more: "passée en 1 MCV A 2", "parti le 15/01/2027".
pub(super) fn departure(school: &School, class_ix: Ix<Class>, ix: Ix<Pupil>) -> Option<String> {
    let (class, pupil) = (&school.classes[class_ix], &school.pupils[ix]);
    match last_of_year(school, pupil, class) {
        Some((last, _)) if last != class_ix => {
            let word = pupil.agree("passée", "passé", "passé ou passée");
            Some(format!("{word} en {}", school.classes[last].record.nom))
        }
        _ => {
            let day =
                pupil.record.inactif_depuis.filter(|_| class.year == school.current_year())?;
            let word = pupil.agree("partie", "parti", "parti ou partie");
            Some(format!("{word} le {}", short_date(day)))
        }
    }
}

/// "scolaire", "apprentie".
pub(super) fn status_word(pupil: &Pupil, status: Status) -> &'static str {
    match status {
        Status::School => "scolaire",
        Status::Apprentice => pupil.agree("apprentie", "apprenti", "apprenti ou apprentie"),
    }
}

/// The status of a pupil in a class: that of the last stay in it.
pub(super) fn status_in(pupil: &Pupil, class: Ix<Class>) -> &'static str {
    let stay = pupil.stays.iter().rev().find(|stay| stay.class == class);
    stay.map_or("", |stay| status_word(pupil, stay.status))
}

/// A class as lists show it.
pub(super) fn class_line(site: &Site<'_>, at: &str, ix: Ix<Class>) -> ClassLine {
    let school = site.school;
    let class = &school.classes[ix];
    let pupils = counted(school, ix);
    let to = |subject| link(at, &address(site, subject));
    ClassLine {
        anchor: format!("c-{}", class.key),
        name: class.record.nom.clone(),
        href: to(Subject::Class(ix)),
        apprentices: pupils.iter().filter(|(_, status)| *status == Status::Apprentice).count(),
        pupils: pupils.len(),
        form_teacher: class
            .form_teacher
            .map(|person| (school.people[person].formal_name(), to(Subject::Person(person)))),
        evaluations: class.evaluations.len(),
    }
}

/// Classes by level of study, the first one first.
pub(super) fn by_level(site: &Site<'_>, at: &str, classes: &[Ix<Class>]) -> Vec<LevelGroup> {
    let of = |level: StudyLevel| LevelGroup {
        level: level.label(),
        classes: classes
            .iter()
            .filter(|ix| site.school.classes[**ix].record.niveau == level)
            .map(|ix| class_line(site, at, *ix))
            .collect(),
    };
    let groups = StudyLevel::ALL.iter().map(|level| of(*level));
    groups.filter(|group| !group.classes.is_empty()).collect()
}
